import { readFileSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { isCode } from '../files/isCode';

/** The file operations that a journal needs; paths are in the style of this machine. */
export interface JournalDisk {
  createDirectory(path: string): Promise<void>;
  /** Names in a directory; none where there is no such directory. */
  list(path: string): Promise<string[]>;
  read(path: string): Promise<string>;
  /** Writes a new file whole, and flushes it. */
  create(path: string, content: string): Promise<void>;
  /** Takes the place of what stands at the target, at once. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Flushes what was created, renamed and removed in a directory. */
  flushDirectory(path: string): Promise<void>;
}

/** The disk of this machine. */
export const nodeDisk: JournalDisk = {
  createDirectory: async (path) => {
    await mkdir(path, { recursive: true });
  },
  list: async (path) => {
    try {
      return await readdir(path);
    } catch (error) {
      if (isCode(error, 'ENOENT')) return [];
      throw error;
    }
  },
  // A record is small, and there are a thousand of them: waiting for each costs more than reading it.
  read: async (path) => Promise.resolve(readFileSync(path, 'utf8')),
  create: async (path, content) => {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { force: true }),
  flushDirectory: async (path) => {
    // Windows has no such thing, and needs none.
    if (process.platform === 'win32') return;
    const directory = await open(path, 'r');
    try {
      await directory.sync();
    } catch (error) {
      // Some file systems cannot, such as those of other machines; they keep their names in their own way.
      if (!isCode(error, 'EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR')) throw error;
    } finally {
      await directory.close();
    }
  },
};
