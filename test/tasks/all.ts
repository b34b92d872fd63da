import { spawnSync } from 'node:child_process';
import { OLDEST } from '../vscode/codeOss';
import { finish } from '../vscode/finish';
import { runMocha, type Tally } from '../vscode/mochaRun';
import { ROOT } from '../vscode/paths';
import { runHostSuite } from '../vscode/runHostSuite';

/** A check that counts as one test. */
function check(title: string, ...args: string[]): Tally {
  console.log(`\n${title}`);
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  return status === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [title] };
}

async function suite(title: string, run: () => Promise<Tally>): Promise<Tally> {
  console.log(`\n${title}`);
  return run();
}

/** `npm test`: everything, fastest first. */
async function all(): Promise<Tally> {
  const tallies = [
    check('Types', 'node_modules/typescript/bin/tsc', '--noEmit'),
    check('Types of the form', 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'media'),
    check('Lint', 'node_modules/eslint/bin/eslint.js', '.'),
    check('Package', 'out/test/tasks/package.js'),
    await suite('Core', () => runMocha('core', 5_000)),
    await suite('Emulator', () => runMocha('emulator', 20_000)),
    await suite('In VS Code', () => runHostSuite()),
    await suite('In the oldest VS Code', () => runHostSuite(OLDEST)),
    await suite('Through the browser', () => runMocha('ui', 120_000)),
    await suite('Whatever happens', () => runMocha('faults', 120_000)),
  ];
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
  };
}

void finish(all());
