import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { countAssertions, takeAssertions } from './assertions';
import { keepEvidence, nowRunning } from './evidence';
import { takeSkipped } from './itUnless';
import { ROOT } from './paths';
import type { Tally } from './tally';

/** Compiled test files of a folder below out/test. */
export function testFiles(suite: string): string[] {
  const directory = path.join(ROOT, 'out', 'test', suite);
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js'))
    .sort()
    .map((file) => path.join(directory, file));
}

/**
 * Runs test files in this process. `PICTOR_GREP` picks some of their tests, `PICTOR_ORDER=reverse` runs each suite from
 * its end: a test that needs an earlier one fails then. A test that asserts nothing fails.
 */
export function runMocha(
  files: readonly string[],
  timeoutMs: number,
  options: Mocha.MochaOptions = {},
): Promise<Tally> {
  countAssertions();
  const mocha = new LoadedMocha(files, {
    timeout: timeoutMs,
    slow: 2000,
    grep: process.env.PICTOR_GREP,
    forbidOnly: true,
    forbidPending: true,
    ...options,
  });
  const failures: string[] = [];
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      resolve({ passed: runner.stats?.passes ?? 0, failures, skipped: takeSkipped() });
      // Its listeners on the process would stay for all further files of a lane.
      mocha.dispose();
    });
    runner.on('fail', (test, error: Error) => failures.push(`${test.fullTitle()}\n${error.stack ?? String(error)}`));
  });
}

/** Loads its files at once, so that their tests can be looked at before they run. */
class LoadedMocha extends Mocha {
  constructor(files: readonly string[], options: Mocha.MochaOptions) {
    super(options);
    for (const file of files) this.addFile(file);
    this.loadFiles();
    this.files = [];
    prepare(this.suite, process.env.PICTOR_ORDER === 'reverse');
  }
}

/** Mocha's own lists of hooks, which its types do not tell. */
interface Hooks {
  readonly _beforeAll: readonly Mocha.Hook[];
  readonly _beforeEach: readonly Mocha.Hook[];
  readonly _afterEach: readonly Mocha.Hook[];
}

function prepare(suite: Mocha.Suite, isReversed: boolean): void {
  if (isReversed) {
    suite.tests.reverse();
    suite.suites.reverse();
  }
  const { _beforeAll, _beforeEach, _afterEach } = suite as unknown as Hooks;
  for (const runnable of [...suite.tests, ..._beforeAll, ..._beforeEach, ..._afterEach]) wrap(runnable);
  for (const inner of suite.suites) prepare(inner, isReversed);
}

/** Of what fails, the evidence is kept; and a test that asserts nothing fails. */
function wrap(runnable: Mocha.Test | Mocha.Hook): void {
  const original = runnable.fn as Mocha.AsyncFunc | undefined;
  if (!original || original.length > 0) return;
  runnable.fn = async function (this: Mocha.Context | Mocha.Hook) {
    try {
      nowRunning(runnable.fullTitle());
      takeAssertions();
      await original.call(this as Mocha.Context);
      if (runnable.type === 'test' && takeAssertions() === 0) throw new Error('this test asserts nothing');
    } catch (error) {
      await keepEvidence();
      throw error;
    }
  };
}
