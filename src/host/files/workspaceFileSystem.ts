import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { localFileSystem } from '../../core/files/localFileSystem';
import type { FileSystem } from '../../core/files/saveFile';

/** The files of one workspace, wherever it is: paths are those of `root`'s scheme and authority. */
export function workspaceFileSystem(root: vscode.Uri): FileSystem {
  const { fs } = vscode.workspace;
  const uriOf = (path: string): vscode.Uri => root.with({ path });
  if (root.scheme === 'file') return localFileSystem((path) => uriOf(path).fsPath);
  return {
    createDirectory: async (path) => fs.createDirectory(uriOf(path)),
    copyStaged: async (file, path) => fs.copy(vscode.Uri.file(file.path), uriOf(path)),
    rename: async (from, to) => fs.rename(uriOf(from), uriOf(to), { overwrite: false }),
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
