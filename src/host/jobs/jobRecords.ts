import * as vscode from 'vscode';
import type { Job } from '../../core/jobs/job';
import type { JobRecord } from '../../core/jobs/jobRecord';
import type { Journal } from '../../core/jobs/journal';

/** Records of all jobs, of this and of other windows: read once, and kept up to date for whatever shows them. */
export class JobRecords {
  readonly #records = new Map<string, JobRecord>();
  #open = new Set<string>();
  /** Since the last look at the open ones began. */
  readonly #written = new Set<string>();
  #loading: Promise<void> | undefined;
  #sorted: readonly JobRecord[] | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  /** @param onSetAside told of files that could not be read, and were put aside */
  constructor(
    private readonly journal: Pick<Journal, 'readDone' | 'readOpen' | 'read'>,
    private readonly onSetAside: (files: readonly string[]) => void,
  ) {}

  /** Reads the finished ones, once. */
  load(): Promise<void> {
    return (this.#loading ??= this.readDone().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    }));
  }

  /** Looks for what other windows have begun, or brought to an end. */
  async refresh(): Promise<void> {
    this.#written.clear();
    const { records: read, setAside } = await this.journal.readOpen();
    if (setAside.length > 0) this.onSetAside(setAside);
    // What this window has written meanwhile is newer.
    const records = read.filter(({ id }) => !this.#written.has(id));
    const own = [...this.#written].filter((id) => this.#open.has(id));
    const open = new Set([...records.map(({ id }) => id), ...own]);
    const ended = [...this.#open].filter((id) => !open.has(id) && !this.#written.has(id));
    const changed = records.filter((record) => !this.#open.has(record.id) || this.isNews(record));
    for (const record of changed) this.#records.set(record.id, record);
    this.#open = open;
    for (const id of ended) {
      const record = await this.journal.read(id);
      if (record) this.#records.set(id, record);
      else this.#records.delete(id);
    }
    if (changed.length > 0 || ended.length > 0) this.changed();
  }

  /** What this window has done with a job. */
  follow({ record, kept }: Pick<Job, 'record' | 'kept'>): void {
    if (kept === 'none') this.forget(record.id);
    else if (kept) this.take(record, kept === 'open');
  }

  /** The newest version of a record that this window has written. */
  take(record: JobRecord, isOpen: boolean): void {
    this.#written.add(record.id);
    this.#records.set(record.id, record);
    if (isOpen) this.#open.add(record.id);
    else this.#open.delete(record.id);
    this.changed();
  }

  forget(id: string): void {
    this.#written.add(id);
    this.#records.delete(id);
    this.#open.delete(id);
    this.changed();
  }

  find(id: string): JobRecord | undefined {
    return this.#records.get(id);
  }

  /** Whether a job had something left to do or to decide when it was last looked at. */
  isOpen(id: string): boolean {
    return this.#open.has(id);
  }

  /** Those with something left to do or to decide, the oldest first. */
  get open(): JobRecord[] {
    return [...this.#open].sort().flatMap((id) => this.#records.get(id) ?? []);
  }

  /** All, the newest first: ids begin with their time. */
  get newestFirst(): readonly JobRecord[] {
    return (this.#sorted ??= [...this.#records.values()].sort((a, b) => (a.id < b.id ? 1 : -1)));
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** There are few of them: most jobs are finished. */
  private isNews(record: JobRecord): boolean {
    return JSON.stringify(this.#records.get(record.id)) !== JSON.stringify(record);
  }

  private async readDone(): Promise<void> {
    const { records, setAside } = await this.journal.readDone();
    if (setAside.length > 0) this.onSetAside(setAside);
    // What was told meanwhile is newer.
    for (const record of records) if (!this.#records.has(record.id)) this.#records.set(record.id, record);
    this.changed();
  }

  private changed(): void {
    this.#sorted = undefined;
    this.#changed.fire();
  }
}
