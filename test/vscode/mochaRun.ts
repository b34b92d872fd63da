import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { ROOT } from './paths';

/** What a suite brought. */
export interface Tally {
  passed: number;
  /** What failed, and why: told again at the end, where a long log is cut. */
  failures: readonly string[];
}

/** Compiled test files of a folder below out/test. */
export function testFiles(suite: string): string[] {
  const directory = path.join(ROOT, 'out', 'test', suite);
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js'))
    .sort()
    .map((file) => path.join(directory, file));
}

/** Runs the tests of a folder in this process. `PICTOR_GREP` picks some of them. */
export async function runMocha(suite: string, timeoutMs: number): Promise<Tally> {
  const mocha = new Mocha({ timeout: timeoutMs, grep: process.env.PICTOR_GREP, forbidOnly: true, forbidPending: true });
  for (const file of testFiles(suite)) mocha.addFile(file);
  return tallyOf(mocha);
}

/** Runs what a mocha has. */
export function tallyOf(mocha: Mocha): Promise<Tally> {
  const failures: string[] = [];
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve({ passed: runner.stats?.passes ?? 0, failures }));
    runner.on('fail', (test, error: Error) => failures.push(`${test.fullTitle()}\n${error.stack ?? String(error)}`));
  });
}
