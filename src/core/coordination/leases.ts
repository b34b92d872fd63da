import { readdirSync, readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isCode } from '../files/isCode';
import type { Heartbeat } from './heartbeat';

/** Something that this process alone works on. */
export interface Lease {
  /** False once another process has taken this one for dead: nothing more may be sent or written down then. */
  isMine(): Promise<boolean>;
  /** Never fails: what cannot be removed is free when this process ends. */
  release(): Promise<void>;
}

/**
 * Names that at most one living process holds. A name is a folder, and each holder adds a file with the next number to
 * it: of two that add the same one, the file system lets one win. Who holds the largest number holds the name.
 */
export class Leases {
  constructor(
    private readonly directory: string,
    private readonly heartbeat: Heartbeat,
  ) {}

  /** @returns undefined where the name is held, by another process or by this one */
  async acquire(name: string): Promise<Lease | undefined> {
    await this.heartbeat.enter();
    const lease = await this.tryAcquire(name).catch((error: unknown) => {
      this.heartbeat.leave();
      throw error;
    });
    if (!lease) this.heartbeat.leave();
    return lease;
  }

  private async tryAcquire(name: string): Promise<Lease | undefined> {
    const folder = join(this.directory, name);
    const last = Math.max(0, ...(await numbers(folder)));
    if (last > 0 && (await this.isHeld(join(folder, String(last))))) return undefined;
    const number = last + 1;
    const file = join(folder, String(number));
    const content = `${this.heartbeat.id} ${randomUUID()}`;
    if (!(await createWhole(folder, file, content))) return undefined;
    // Numbers begin anew when a folder is removed; one that came in between has the right of way.
    for (const lower of await numbers(folder)) {
      if (lower >= number || !(await this.isHeld(join(folder, String(lower))))) continue;
      await rm(file, { force: true });
      return undefined;
    }
    return {
      isMine: async () => Promise.resolve(isCurrent(folder, number, content)),
      release: async () => {
        try {
          if ((await readOrNothing(file)) !== content) return;
          for (const old of await numbers(folder))
            if (old <= number) await rm(join(folder, String(old)), { force: true, maxRetries: 3 });
          await rmdir(folder);
        } catch {
          // Another one may be in the folder already, or a scanner: the next holder counts on from here.
        } finally {
          this.heartbeat.leave();
        }
      },
    };
  }

  private async isHeld(file: string): Promise<boolean> {
    const [owner = ''] = (await readOrNothing(file)).split(' ');
    return owner !== '' && this.heartbeat.isAlive(owner);
  }
}

/**
 * Creates a file that no reader sees half written.
 * @returns false where it is there already, or its folder has just gone
 */
async function createWhole(folder: string, file: string, content: string): Promise<boolean> {
  const temporary = join(folder, `${randomUUID()}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(temporary, content);
    try {
      await link(temporary, file);
    } catch (error) {
      // Not every file system has hard links.
      if (!isCode(error, 'EPERM', 'ENOTSUP', 'ENOSYS', 'EXDEV', 'EMLINK')) throw error;
      await writeFile(file, content, { flag: 'wx' });
    }
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST', 'ENOENT')) return false;
    throw error;
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** Asked before each write of a record: two small reads take less time than waiting for them. */
function isCurrent(folder: string, number: number, content: string): boolean {
  try {
    const isHighest = !readdirSync(folder).some((name) => Number(name) > number);
    return isHighest && readFileSync(join(folder, String(number)), 'utf8') === content;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function readOrNothing(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return '';
    throw error;
  }
}

async function numbers(folder: string): Promise<number[]> {
  try {
    return (await readdir(folder)).map(Number).filter(Number.isSafeInteger);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  }
}
