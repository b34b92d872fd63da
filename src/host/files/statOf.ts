import * as vscode from 'vscode';

/** What is known of a file; undefined where there is none. */
export function statOf(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  return Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    (found) => found,
    () => undefined,
  );
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return (await statOf(uri)) !== undefined;
}
