import * as vscode from 'vscode';

/** What an editor may show that nobody writes. */
const NOT_WRITTEN: ReadonlySet<string> = new Set(['output', 'comment', 'debug']);

/** The editor in which a person writes, also while the form has the focus. */
export function activeEditor(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && NOT_WRITTEN.has(editor.document.uri.scheme) ? undefined : editor;
}
