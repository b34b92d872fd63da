import type { Skipped } from './tally';

const skipped: Skipped[] = [];

/**
 * Mocha's `it`, for what a machine may lack. A test that cannot run is counted as skipped with its reason, and is no
 * test of Mocha's: every other one that is pending fails the run.
 * @param reason why it cannot run here; undefined where it can
 */
export function itUnless(reason: string | undefined, title: string, test: Mocha.AsyncFunc | Mocha.Func): void {
  if (reason === undefined) it(title, test);
  else if (title.includes(process.env.PICTOR_GREP ?? '')) skipped.push({ title, reason });
}

/** What was skipped since the last call. */
export function takeSkipped(): Skipped[] {
  return skipped.splice(0);
}
