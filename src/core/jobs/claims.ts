import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isCode } from './journalDisk';
import type { Presence } from './presence';

/** Something that this process alone works on. */
export interface Claim {
  /** False once another process has taken this one for dead: nothing may be sent or written then. */
  isMine(): Promise<boolean>;
  release(): Promise<void>;
}

/**
 * Names that at most one living process holds. A name is a folder, and each holder adds a file with the next number to it: of two
 * that add the same one, the file system lets one win. Who holds the largest number holds the name.
 */
export class Claims {
  constructor(
    private readonly directory: string,
    private readonly presence: Presence,
  ) {}

  /** @returns undefined where the name is held, by another process or by this one */
  async claim(name: string): Promise<Claim | undefined> {
    await this.presence.start();
    const folder = join(this.directory, name);
    const last = await newest(folder);
    if (last > 0 && (await this.isHeld(join(folder, String(last))))) return undefined;
    const number = last + 1;
    const file = join(folder, String(number));
    const content = `${this.presence.id} ${randomUUID()}`;
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(file, content, { flag: 'wx' });
    } catch (error) {
      // Another one was quicker, or has just let go of it: the next try will tell.
      if (isCode(error, 'EEXIST', 'ENOENT')) return undefined;
      throw error;
    }
    return {
      isMine: async () => (await newest(folder)) === number && (await readFile(file, 'utf8').catch(() => '')) === content,
      release: async () => {
        if ((await readFile(file, 'utf8').catch(() => '')) !== content) return;
        for (const old of await numbers(folder)) if (old <= number) await rm(join(folder, String(old)), { force: true });
        // Another one may be there already.
        await rmdir(folder).catch(() => undefined);
      },
    };
  }

  private async isHeld(file: string): Promise<boolean> {
    try {
      const [owner = ''] = (await readFile(file, 'utf8')).split(' ');
      return await this.presence.isAlive(owner);
    } catch (error) {
      if (isCode(error, 'ENOENT')) return false;
      throw error;
    }
  }
}

/** The largest number in a folder; 0 for none. */
async function newest(folder: string): Promise<number> {
  return Math.max(0, ...(await numbers(folder)));
}

async function numbers(folder: string): Promise<number[]> {
  try {
    return (await readdir(folder)).map(Number).filter(Number.isSafeInteger);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  }
}
