import * as vscode from 'vscode';

/** Where settings are read from when nothing names a place: the active document, else the first workspace folder. */
export function activeScope(): vscode.Uri | undefined {
  return vscode.window.activeTextEditor?.document.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
}
