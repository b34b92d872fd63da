/** A test that could not run, and why. */
export interface Skipped {
  readonly title: string;
  readonly reason: string;
}

/** What a part of the tests brought. */
export interface Tally {
  readonly passed: number;
  /** What failed, and why: told again at the end, where a long log is cut. */
  readonly failures: readonly string[];
  /** What could not run on this machine. */
  readonly skipped: readonly Skipped[];
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
    skipped: tallies.flatMap(({ skipped }) => skipped),
  };
}
