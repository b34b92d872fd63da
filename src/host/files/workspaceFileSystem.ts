import { open, readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { FileSystem } from '../../core/files/saveFile';
import { isCode } from '../../core/files/isCode';

/** The files of one workspace, wherever it is: paths are those of `root`'s scheme and authority. */
export function workspaceFileSystem(root: vscode.Uri): FileSystem {
  const { fs } = vscode.workspace;
  const uriOf = (path: string): vscode.Uri => root.with({ path });
  return {
    createDirectory: async (path) => fs.createDirectory(uriOf(path)),
    copyStaged: async (file, path) => {
      await fs.copy(vscode.Uri.file(file.path), uriOf(path));
      await flush(uriOf(path));
    },
    rename: async (from, to) => {
      await fs.rename(uriOf(from), uriOf(to), { overwrite: false });
      await flush(vscode.Uri.joinPath(uriOf(to), '..'));
    },
    delete: async (path) => fs.delete(uriOf(path)),
    holdsSame: async (file, path) => Buffer.from(await fs.readFile(uriOf(path))).equals(await readFile(file.path)),
    size: async (path) => {
      try {
        return (await fs.stat(uriOf(path))).size;
      } catch (error) {
        if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
        throw error;
      }
    },
  };
}

/** A power cut must not take what is paid for and believed to be safe. Only files of this machine can be flushed. */
async function flush(uri: vscode.Uri): Promise<void> {
  if (uri.scheme !== 'file' || process.platform === 'win32') return;
  const handle = await open(uri.fsPath, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!isCode(error, 'EINVAL', 'ENOTSUP', 'EPERM')) throw error;
  } finally {
    await handle.close();
  }
}
