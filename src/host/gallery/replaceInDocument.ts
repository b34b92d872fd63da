import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { PictorError } from '../../core/errors';
import { chosenLinks, foundLinks } from '../../core/markup/chosenLinks';
import { imagePath, linkFor } from '../document/linkFor';
import { findLinkedDocuments, linksIn } from '../document/linkedDocuments';
import type { GalleryImage } from './gallery';

/**
 * Lets documents show the chosen one of the images of a request wherever they show one of them. The document that asked
 * for them comes before all others.
 * @returns whether there was such a link
 */
export async function replaceInDocument(chosen: GalleryImage, siblings: readonly GalleryImage[]): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  const linked = new Map<string, vscode.Uri>();
  for (const { saved } of siblings)
    for (const uri of await findLinkedDocuments(vscode.Uri.parse(saved.uri))) linked.set(uri.toString(), uri);
  const own = linked.get(chosen.record.target.anchor?.document ?? '');
  for (const uri of own ? [own] : linked.values()) {
    const document = await vscode.workspace.openTextDocument(uri);
    const text = document.getText();
    const found = siblings.flatMap(({ saved }) =>
      foundLinks(text, linksIn(text, uri, vscode.Uri.parse(saved.uri)), linkFor(saved, document)),
    );
    const written = { link: linkFor(chosen.saved, document), path: imagePath(chosen.saved, document) };
    for (const { start, end, text: put } of chosenLinks(text, found, written))
      edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), put);
  }
  if (edit.size === 0) return false;
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new PictorError('notSaved', t('The document takes no change now.'));
  return true;
}
