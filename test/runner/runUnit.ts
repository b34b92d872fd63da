import { spawnSync } from 'node:child_process';
import { OLDEST } from '../vscode/codeOss';
import { runHostSuite } from '../vscode/runHostSuite';
import { runMocha } from './mochaRun';
import { ROOT } from './paths';
import type { Tally } from './tally';
import type { Unit } from './units';

/** Runs a unit in this process. */
export async function runUnit({ title, work }: Unit): Promise<Tally> {
  switch (work.kind) {
    case 'check':
      return check(title, work.args);
    case 'mocha':
      return runMocha(work.files, work.timeoutMs);
    case 'host':
      return runHostSuite(work.isOldest ? OLDEST : undefined);
  }
}

/** A program that says by its exit code whether all is well; it counts as one test. */
function check(title: string, args: readonly string[]): Tally {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  const said = stdout + stderr;
  console.log(said.trim());
  return status === 0
    ? { passed: 1, failures: [], skipped: [] }
    : { passed: 0, failures: [`${title}\n${said}`], skipped: [] };
}
