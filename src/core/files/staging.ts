import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { t } from '@vscode/l10n';
import { PictorError, errorText } from '../errors';

/** A delivered image on this machine's disk, on its way to its place. */
export interface StagedFile {
  /** In the style of this machine. */
  readonly path: string;
  /** Its size. */
  readonly bytes: number;
}

/** Small pieces are gathered before they are written: each write is a trip to the disk. */
const GATHERED_BYTES = 256 * 1024;

/**
 * A folder of our own for what has arrived and has no place yet: however large it is, it is not held in memory. What
 * cannot be written is a PictorError `notSaved`.
 */
export class StagingArea {
  constructor(
    private readonly directory: string,
    /** For what is no image. */
    private readonly refused = join(directory, '..', 'refused'),
  ) {}

  /** A part of it, for one job. */
  within(name: string): StagingArea {
    return new StagingArea(join(this.directory, name), this.refused);
  }

  /** The names of the folders within. */
  async folders(): Promise<string[]> {
    return (await unlessMissing(readdir(this.directory))) ?? [];
  }

  /** A file of this folder, by its name there; undefined where there is none. @throws where that cannot be told */
  async find(name: string): Promise<StagedFile | undefined> {
    const path = join(this.directory, basename(name));
    const found = await unlessMissing(stat(path));
    return found && { path, bytes: found.size };
  }

  /** Every file that is there, the newest first. */
  async list(): Promise<StagedFile[]> {
    const names = (await unlessMissing(readdir(this.directory))) ?? [];
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(this.directory, name);
        const found = await unlessMissing(stat(path));
        return found ? [{ path, bytes: found.size, mtimeMs: found.mtimeMs }] : [];
      }),
    );
    return files
      .flat()
      .sort((a, b) => b.mtimeMs - a.mtimeMs)
      .map(({ path, bytes }) => ({ path, bytes }));
  }

  /** Whether a file is in this folder itself. */
  holds({ path }: StagedFile): boolean {
    return dirname(path) === this.directory;
  }

  /** Makes a file of another part one of this one. */
  async adopt(file: StagedFile): Promise<StagedFile> {
    if (this.holds(file)) return file;
    const path = join(this.directory, basename(file.path));
    await refusing(this.directory, async () => {
      await mkdir(this.directory, { recursive: true });
      await rename(file.path, path);
    });
    return { path, bytes: file.bytes };
  }

  /** Removes the folder with all that is left in it. Never fails, see `discard`. */
  async clear(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true }).catch(() => undefined);
  }

  /** A new file to write to. */
  async create(): Promise<StagingFile> {
    const path = join(this.directory, randomUUID());
    return refusing(this.directory, async () => {
      await mkdir(this.directory, { recursive: true });
      return new StagingFile(path, await open(path, 'wx'));
    });
  }

  async add(bytes: Uint8Array): Promise<StagedFile> {
    const file = await this.create();
    await file.write(bytes);
    return file.finish();
  }

  /** Never fails: a file that cannot be removed now, since a scanner reads it, costs nothing but room. */
  async discard({ path }: StagedFile): Promise<void> {
    await rm(path, { force: true }).catch(() => undefined);
  }

  /** Puts a file that is no image aside, where a person can look at it. @returns its path */
  async setAside({ path }: StagedFile): Promise<string> {
    await mkdir(this.refused, { recursive: true });
    const target = join(this.refused, randomUUID());
    await rename(path, target);
    return target;
  }
}

/** A file that is being written. */
export class StagingFile {
  /** One for the whole file: buffers that come and go would fill the memory until they are collected. */
  #gathered: Buffer | undefined;
  #gatheredBytes = 0;
  #bytes = 0;

  constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  /** So far. */
  get bytes(): number {
    return this.#bytes;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#bytes += chunk.length;
    for (let at = 0; at < chunk.length;) {
      const buffer = (this.#gathered ??= Buffer.allocUnsafeSlow(GATHERED_BYTES));
      const part = chunk.subarray(at, at + GATHERED_BYTES - this.#gatheredBytes);
      buffer.set(part, this.#gatheredBytes);
      this.#gatheredBytes += part.length;
      at += part.length;
      if (this.#gatheredBytes === GATHERED_BYTES) await this.flush();
    }
  }

  /**
   * Lets a decoder write where the bytes are gathered: a buffer of its own for each piece would only be garbage.
   * @param room at most as many bytes as are gathered
   * @param put writes to the buffer from the given place on, and tells how many bytes
   */
  async fill(room: number, put: (buffer: Buffer, at: number) => number): Promise<void> {
    if (this.#gatheredBytes + room > GATHERED_BYTES) await this.flush();
    const buffer = (this.#gathered ??= Buffer.allocUnsafeSlow(GATHERED_BYTES));
    const written = put(buffer, this.#gatheredBytes);
    this.#gatheredBytes += written;
    this.#bytes += written;
  }

  async finish(): Promise<StagedFile> {
    try {
      await this.flush();
      // It is paid for: a power cut must not take it.
      await refusing(this.path, () => this.handle.datasync());
    } finally {
      await this.handle.close();
    }
    return { path: this.path, bytes: this.#bytes };
  }

  async discard(): Promise<void> {
    await this.handle.close();
    await rm(this.path, { force: true }).catch(() => undefined);
  }

  private async flush(): Promise<void> {
    await refusing(this.path, async () => {
      let written = 0;
      while (this.#gathered && written < this.#gatheredBytes) {
        written += (await this.handle.write(this.#gathered, written, this.#gatheredBytes - written)).bytesWritten;
      }
    });
    this.#gatheredBytes = 0;
  }
}

/** Undefined for a file or folder that is not there (any more). */
async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  return work.catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
}

/** Without this, a full disk would look like a broken connection. */
async function refusing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new PictorError(
      'notSaved',
      t(
        'The picture is arriving, and this machine does not take it ({reason}). Make room for {path} before you try again: it may be billed.',
        { reason: errorText(cause), path },
      ),
      { cause },
    );
  }
}
