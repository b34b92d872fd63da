import * as vscode from 'vscode';
import { markupLanguage } from '../core/markup/language';

/** The language of a document, for links and prompts. */
export function languageOf(document: vscode.TextDocument): string {
  return markupLanguage(document.languageId, document.uri.path);
}

/** The file that a document belongs to: for a notebook cell its notebook; undefined for one that was never saved. */
export function fileUriOf(document: vscode.TextDocument): vscode.Uri | undefined {
  const notebook = vscode.workspace.notebookDocuments.find((candidate) =>
    candidate.getCells().some((cell) => cell.document === document),
  );
  const uri = notebook?.uri ?? document.uri;
  return document.isUntitled || uri.scheme === 'untitled' ? undefined : uri;
}
