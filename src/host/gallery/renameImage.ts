import { posix } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { PictorError } from '../../core/errors';
import { safeName } from '../../core/files/fileName';
import { renamedPath } from '../../core/markup/renamedPath';
import { languageOf } from '../document/documents';
import { sidecarOf } from '../files/imageSaver';
import type { Gallery, GalleryImage } from './gallery';
import { findLinkedDocuments, linksIn } from '../document/linkedDocuments';
import { exists } from '../files/statOf';

/**
 * Asks for a new name and renames an image, its sidecar and every link to it, in one step that can be undone.
 * @returns whether it was renamed
 * @throws PictorError `notSaved` where the workspace refuses
 */
export async function renameImage(gallery: Gallery, made: GalleryImage): Promise<boolean> {
  const uri = vscode.Uri.parse(made.saved.uri);
  const { base, name, ext } = posix.parse(uri.path);
  const typed = await vscode.window.showInputBox({
    title: t('Rename Picture'),
    prompt: t('The new name of {base}. Links in the documents of this workspace follow.', { base }),
    value: name,
    validateInput: async (text) => problemWith(text, uri, ext),
  });
  const wanted = typed === undefined ? name : safeName(typed);
  if (wanted === name) return false;
  const target = uri.with({ path: posix.join(posix.dirname(uri.path), wanted + ext) });
  const edit = new vscode.WorkspaceEdit();
  for (const document of await findLinkedDocuments(uri)) {
    const opened = await vscode.workspace.openTextDocument(document);
    const text = opened.getText();
    for (const { start, end } of linksIn(text, document, uri)) {
      const range = new vscode.Range(opened.positionAt(start), opened.positionAt(end));
      edit.replace(
        document,
        range,
        renamedPath(languageOf(opened), text.slice(0, start), text.slice(start, end), { from: base, to: wanted + ext }),
      );
    }
  }
  edit.renameFile(uri, target, { overwrite: false });
  const sidecar = sidecarOf(uri);
  if (await exists(sidecar)) edit.renameFile(sidecar, sidecarOf(target), { ignoreIfExists: true });
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true })))
    throw new PictorError('notSaved', t('{base} could not be renamed. It is where it was.', { base }));
  await gallery.amend(made, { ...made.saved, uri: target.toString() });
  return true;
}

async function problemWith(text: string, uri: vscode.Uri, extension: string): Promise<string | undefined> {
  if (!text.trim()) return t('Type a name.');
  const target = uri.with({ path: posix.join(posix.dirname(uri.path), safeName(text) + extension) });
  return target.path !== uri.path && (await exists(target))
    ? t('{name} is there already.', { name: posix.basename(target.path) })
    : undefined;
}
