import * as vscode from 'vscode';
import { linkFor } from '../linkFor';
import type { MadePicture } from './gallery';
import { findLinkedDocuments } from './linkedDocuments';

/**
 * Lets a document show the chosen one of the pictures of a request: the first link to one of them leads to it, further ones go.
 * @returns whether a document was changed
 */
export async function replaceInDocument(chosen: MadePicture, siblings: readonly MadePicture[]): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  const linked = new Map<string, vscode.Uri>();
  for (const { saved } of siblings) for (const { uri } of await findLinkedDocuments(vscode.Uri.parse(saved.uri))) linked.set(uri.toString(), uri);
  for (const uri of linked.values()) {
    const document = await vscode.workspace.openTextDocument(uri);
    const text = document.getText();
    const found = siblings
      .map(({ saved }) => linkFor(saved, document))
      .flatMap((link) => (text.includes(link) ? [{ start: text.indexOf(link), end: text.indexOf(link) + link.length }] : []))
      .sort((a, b) => a.start - b.start);
    for (const [index, { start, end }] of found.entries()) {
      // With the space that kept it from the link before it.
      const from = index > 0 && /\s/.test(text[start - 1] ?? '') ? start - 1 : start;
      edit.replace(uri, new vscode.Range(document.positionAt(from), document.positionAt(end)), index === 0 ? linkFor(chosen.saved, document) : '');
    }
  }
  return edit.size > 0 && vscode.workspace.applyEdit(edit);
}
