import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isCode } from './isCode';
import type { FileSystem } from './saveFile';

/**
 * Files of this machine, without the detour over VS Code's window, which takes ten times as long.
 * @param pathOf path in the style of this machine, of one with `/`
 */
export function localFileSystem(pathOf: (path: string) => string): FileSystem {
  return {
    createDirectory: async (path) => {
      await mkdir(pathOf(path), { recursive: true });
    },
    copyStaged: async (file, path) => {
      await copyFile(file.path, pathOf(path), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      await flush(pathOf(path));
    },
    rename: async (from, to) => {
      await moveToFreeName(pathOf(from), pathOf(to));
      await flush(dirname(pathOf(to)));
    },
    delete: (path) => rm(pathOf(path)),
    holdsSame: async (file, path) => (await readFile(pathOf(path))).equals(await readFile(file.path)),
    size: async (path) => {
      try {
        return (await stat(pathOf(path))).size;
      } catch (error) {
        if (isCode(error, 'ENOENT')) return undefined;
        throw error;
      }
    },
  };
}

/** `rename` of Node takes the place of what stands there; a link cannot. */
async function moveToFreeName(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (isCode(error, 'EEXIST')) throw error;
    // Not every file system has hard links. What stands there is never touched: the empty file is ours, or it fails.
    await (await open(to, 'wx')).close();
    return rename(from, to);
  }
  await rm(from, { force: true });
}

/** A power cut must not take what is paid for and believed to be safe. */
async function flush(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!isCode(error, 'EINVAL', 'ENOTSUP', 'EPERM')) throw error;
  } finally {
    await handle.close();
  }
}
