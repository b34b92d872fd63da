import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { isCode } from '../files/isCode';
import type { JournalDisk } from './journalDisk';
import type { JobRecord } from './jobRecord';
import { parseJobRecord } from './parseJobRecord';

/** What was found in a journal. */
export interface JournalContent {
  /** The oldest first. */
  readonly records: readonly JobRecord[];
  /** Files that are none of ours, or torn: they were put aside, here. */
  readonly setAside: readonly string[];
}

/** As many files are read at once. */
const PARALLEL_READS = 64;
const EXTENSION = '.json';
const DAY_MS = 86_400_000;

/** How long finished records without an image are kept, and how many in all. */
export interface HistoryLimits {
  readonly days: number;
  readonly records: number;
}

/**
 * The jobs on disk: a file for each, of which there is always a whole version. `open` holds those with something left
 * to do or to decide, `done` the others.
 */
export class Journal {
  #isClosed = false;
  /** Records that this process has put among the open ones: nothing of them is among the others. */
  readonly #open = new Set<string>();

  constructor(
    private readonly directory: string,
    private readonly disk: JournalDisk,
  ) {}

  /** Nothing is written any more: another process may go on with the jobs. */
  close(): void {
    this.#isClosed = true;
  }

  /** Writes the newest version of a record with something left to do. When it resolves, no crash can lose it. */
  async write(record: JobRecord): Promise<void> {
    await this.put('open', record);
    if (this.#open.has(record.id)) return;
    // A job that goes on is not finished any more.
    await this.disk.remove(this.fileOf('done', record.id));
    this.#open.add(record.id);
  }

  /** Writes the last version of a record. */
  async finish(record: JobRecord): Promise<void> {
    this.#open.delete(record.id);
    await this.put('open', record);
    await this.intoFolder('done', () =>
      this.disk.rename(this.fileOf('open', record.id), this.fileOf('done', record.id)),
    );
    await this.flush('done', 'open');
  }

  /** Writes a new version of a finished record, whose images have moved or gone. */
  async amend(record: JobRecord): Promise<void> {
    await this.put('done', record);
  }

  async remove({ id }: Pick<JobRecord, 'id'>): Promise<void> {
    this.assertOpen();
    await this.disk.remove(this.fileOf('open', id));
    await this.disk.remove(this.fileOf('done', id));
  }

  /** The newest version of one record, wherever it is. */
  async read(id: string): Promise<JobRecord | undefined> {
    for (const folder of ['open', 'done'] as const) {
      const content = await this.disk.read(this.fileOf(folder, id)).catch(() => undefined);
      const parsed = content === undefined ? undefined : parseJobRecord(content);
      if (parsed?.state === 'record') return parsed.record;
    }
    return undefined;
  }

  /** Whether a job has something left to do or to decide. */
  async isOpen(id: string): Promise<boolean> {
    return (await this.names('open')).includes(id + EXTENSION);
  }

  /** The ids of all records that there are, also of those that cannot be read. @throws where that cannot be told */
  async ids(): Promise<Set<string>> {
    // One that moves meanwhile moves in this order.
    const names = [
      ...(await this.disk.list(join(this.directory, 'done'))),
      ...(await this.disk.list(join(this.directory, 'open'))),
      ...(await this.disk.list(join(this.directory, 'broken'))),
      ...(await this.disk.list(join(this.directory, 'done'))),
    ];
    return new Set(names.map((name) => name.slice(0, -EXTENSION.length)));
  }

  async readOpen(): Promise<JournalContent> {
    return this.readFolder('open');
  }

  async readDone(): Promise<JournalContent> {
    return this.readFolder('done');
  }

  /**
   * Removes the finished records that are too many, or too old and without an image, and what interrupted writes have
   * left.
   */
  async prune({ days, records }: HistoryLimits, nowMs: number): Promise<void> {
    const names = (await this.names('done')).reverse();
    const oldestMs = nowMs - days * DAY_MS;
    for (const [index, name] of names.entries()) {
      const isOld = createdMsOf(name) < oldestMs;
      if (index < records && !(isOld && !(await this.hasImage(name)))) continue;
      await this.disk.remove(join(this.directory, 'done', name));
    }
    const left = (await this.disk.list(join(this.directory, 'open'))).filter(
      (name) => name.endsWith('.tmp') && createdMsOf(name) < nowMs - DAY_MS,
    );
    for (const name of left) await this.disk.remove(join(this.directory, 'open', name));
  }

  /** Whether a finished record has a saved image; one of a newer version may. */
  private async hasImage(name: string): Promise<boolean> {
    const parsed = parseJobRecord((await this.readFile('done', name)) ?? '');
    return parsed.state === 'newer' || (parsed.state === 'record' && parsed.record.images.some(({ saved }) => saved));
  }

  private async readFolder(folder: 'open' | 'done'): Promise<JournalContent> {
    const records: JobRecord[] = [];
    const setAside: string[] = [];
    const names = await this.names(folder);
    for (let at = 0; at < names.length; at += PARALLEL_READS) {
      const contents = await Promise.all(
        names
          .slice(at, at + PARALLEL_READS)
          .map(async (name) => ({ name, content: await this.readFile(folder, name) })),
      );
      for (const { name, content } of contents) {
        if (content === undefined) continue;
        const parsed = parseJobRecord(content);
        if (parsed.state === 'record' && name === parsed.record.id + EXTENSION) records.push(parsed.record);
        else if (parsed.state !== 'newer') setAside.push(...(await this.setAside(folder, name).catch(() => [])));
      }
    }
    return { records, setAside };
  }

  /** Undefined for one that another process has moved or removed meanwhile. */
  private async readFile(folder: 'open' | 'done', name: string): Promise<string | undefined> {
    return this.disk.read(join(this.directory, folder, name)).catch(() => undefined);
  }

  /** Fails where another process was quicker. */
  private async setAside(folder: 'open' | 'done', name: string): Promise<string[]> {
    const directory = join(this.directory, 'broken');
    const target = join(directory, name);
    await this.disk.createDirectory(directory);
    await this.disk.rename(join(this.directory, folder, name), target);
    return [target];
  }

  /** Ids begin with their time, so the order of names is that of jobs. */
  private async names(folder: 'open' | 'done'): Promise<string[]> {
    return (await this.disk.list(join(this.directory, folder))).filter((name) => name.endsWith(EXTENSION)).sort();
  }

  private async put(folder: 'open' | 'done', record: JobRecord): Promise<void> {
    this.assertOpen();
    const directory = join(this.directory, folder);
    const temporary = join(directory, `${record.id}.${randomUUID()}.tmp`);
    try {
      await this.intoFolder(folder, () => this.disk.create(temporary, JSON.stringify(record)));
      await this.disk.rename(temporary, this.fileOf(folder, record.id));
    } catch (error) {
      await this.disk.remove(temporary).catch(() => undefined);
      throw error;
    }
    await this.flush(folder);
  }

  /** Does what needs a folder, which is made where it is missing. */
  private async intoFolder(folder: 'open' | 'done', work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isCode(error, 'ENOENT')) throw error;
      await this.disk.createDirectory(join(this.directory, folder));
      await work();
    }
  }

  private async flush(...folders: readonly ('open' | 'done')[]): Promise<void> {
    for (const folder of folders) await this.disk.flushDirectory(join(this.directory, folder));
  }

  private fileOf(folder: 'open' | 'done', id: string): string {
    return join(this.directory, folder, id + EXTENSION);
  }

  private assertOpen(): void {
    if (this.#isClosed) throw new JournalClosedError();
  }
}

/** A write came too late: this process is ending. */
export class JournalClosedError extends Error {
  override readonly name = 'JournalClosedError';

  constructor() {
    super('The window is closing');
  }
}

/** The first 48 bits of a version 7 UUID. */
function createdMsOf(name: string): number {
  return Number.parseInt(name.slice(0, 13).replace('-', ''), 16);
}

/** An id that sorts by its time: a UUID of version 7 (RFC 9562). */
export function newJobId(nowMs: number): string {
  const time = nowMs.toString(16).padStart(12, '0');
  const random = randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}
