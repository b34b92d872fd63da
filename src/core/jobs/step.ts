/** What is being done now, for a person. */
export interface Step {
  readonly text: string;
  /** When a pause ends, in milliseconds of the clock: it is counted down. */
  readonly untilMs?: number;
  readonly percent?: number;
}
