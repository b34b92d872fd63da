import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

/** A small image of a few hundred pixels is far below that. */
const MAX_BYTES = 256 * 1024;

const EXTENSION = '.webp';

/** Small versions of the images, made by the webview, so that the gallery never loads the whole ones. */
export class Thumbnails {
  constructor(private readonly directory: string) {}

  /**
   * Undefined where none was made yet, or where the image is another one since.
   * @param changedMs when the image was written
   */
  async read(id: string, changedMs: number): Promise<Buffer<ArrayBuffer> | undefined> {
    try {
      const file = this.fileOf(id);
      return (await stat(file)).mtimeMs < changedMs ? undefined : await readFile(file);
    } catch {
      return undefined;
    }
  }

  /** @throws where it cannot be written: it is made again then */
  async store(id: string, bytes: Uint8Array): Promise<void> {
    if (bytes.length > MAX_BYTES) return;
    await mkdir(this.directory, { recursive: true });
    const temporary = join(this.directory, `${randomUUID()}.tmp`);
    await writeFile(temporary, bytes);
    await rename(temporary, this.fileOf(id));
  }

  async remove(id: string): Promise<void> {
    await rm(this.fileOf(id), { force: true });
  }

  /** Removes those of jobs that are gone. */
  async sweep(jobIds: ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.directory).catch(() => []);
    for (const name of names)
      if (!jobIds.has(name.slice(0, name.lastIndexOf('-')))) await rm(join(this.directory, name), { force: true });
  }

  private fileOf(id: string): string {
    return join(this.directory, id.replace(/[^\w-]/g, '-') + EXTENSION);
  }
}
