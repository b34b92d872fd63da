import * as vscode from 'vscode';
import { markupLanguage } from '../../core/markup/language';

/** The language of a document, for links and prompts. */
export function languageOf(document: vscode.TextDocument): string {
  return markupLanguage(document.languageId, document.uri.path);
}

/** The file that a document belongs to: for a notebook cell its notebook; undefined for one that was never saved. */
export function fileUriOf({ uri: own }: Pick<vscode.TextDocument, 'uri'>): vscode.Uri | undefined {
  const notebook = vscode.workspace.notebookDocuments.find((candidate) =>
    candidate.getCells().some(({ document }) => document.uri.toString() === own.toString()),
  );
  const uri = notebook?.uri ?? own;
  return uri.scheme === 'untitled' ? undefined : uri;
}

/**
 * Whether a tab shows a document. VS Code keeps documents for a while after their editor is closed or their file is
 * deleted; to the user they are gone.
 */
export async function isShown(uri: vscode.Uri): Promise<boolean> {
  const file = fileUriOf({ uri });
  const uris = [uri.toString(), file?.toString()];
  const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: inGroup }) => inGroup);
  if (!tabs.some(({ input }) => tabUris(input).some((shown) => uris.includes(shown.toString())))) return false;
  if (!file) return true;
  return vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}

function tabUris(input: unknown): vscode.Uri[] {
  if (input instanceof vscode.TabInputTextDiff) return [input.original, input.modified];
  const single =
    input instanceof vscode.TabInputText ||
    input instanceof vscode.TabInputNotebook ||
    input instanceof vscode.TabInputCustom;
  return single ? [input.uri] : [];
}

export function eolOf(document: vscode.TextDocument): string {
  return document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
}
