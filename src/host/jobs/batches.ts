import type { WrittenLink } from '../document/linkWriter';
import type { JobOutcome } from './jobOutcome';

/** Jobs that were asked for together: one card, one progress and one summary. */
export interface Batch {
  readonly id: string;
  readonly total: number;
  /** Of the jobs that have ended, in that order. */
  readonly outcomes: JobOutcome[];
  /** What was written into documents, to be taken back together. */
  readonly links: WrittenLink[];
}

/** Batches of this window. */
export class Batches {
  readonly #batches = new Map<string, Batch>();

  begin(id: string, total: number): Batch {
    const batch: Batch = { id, total, outcomes: [], links: [] };
    this.#batches.set(id, batch);
    return batch;
  }

  find(id: string | undefined): Batch | undefined {
    return id === undefined ? undefined : this.#batches.get(id);
  }

  /** Nothing more is shown or taken back of a batch. */
  close(id: string): void {
    for (const { anchor } of this.#batches.get(id)?.links ?? []) anchor.dispose();
    this.#batches.delete(id);
  }
}
