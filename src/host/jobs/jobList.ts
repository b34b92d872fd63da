import type { JobRecord } from '../../core/jobs/jobRecord';
import type { Step } from '../../core/jobs/step';
import type { JobStore } from './jobStore';

/** A job with what is being done for it now. */
export interface JobRow {
  readonly record: JobRecord;
  /** Known only of the jobs of this window. */
  readonly step?: Step;
  /** Whether this window works on it. */
  readonly isRunning: boolean;
}

/** All jobs there are, the newest first, kept up to date without reading the finished ones again. */
export class JobList {
  readonly #records = new Map<string, JobRecord>();
  #open: readonly string[] = [];

  constructor(private readonly jobs: JobStore) {}

  async load(): Promise<void> {
    for (const record of (await this.jobs.journal.readDone()).records) this.#records.set(record.id, record);
    await this.refresh();
  }

  async refresh(): Promise<void> {
    const { records } = await this.jobs.journal.readOpen();
    const open = records.map(({ id }) => id);
    for (const id of this.#open.filter((one) => !open.includes(one))) {
      const record = await this.jobs.journal.read(id);
      if (record) this.#records.set(id, record);
      else this.#records.delete(id);
    }
    for (const record of records) this.#records.set(record.id, record);
    this.#open = open;
  }

  get rows(): JobRow[] {
    const running = new Map(this.jobs.running.map((live) => [live.job.record.id, live]));
    return [...this.#records.values()]
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .map((record) => {
        const live = running.get(record.id);
        return { record: live?.job.record ?? record, step: live?.step, isRunning: live !== undefined };
      });
  }
}
