import * as vscode from 'vscode';
import { notify } from '../notify';
import { sidecarOf } from '../savePictures';
import type { Gallery, MadePicture } from './gallery';
import { findLinkedDocuments } from './linkedDocuments';
import { exists } from './renamePicture';
import type { Thumbnails } from './thumbnails';

/**
 * Moves pictures to the trash, once the user knows which documents link to them.
 * @returns whether they are gone
 */
export async function deletePictures(gallery: Gallery, thumbnails: Thumbnails, pictures: readonly MadePicture[]): Promise<boolean> {
  const uris = pictures.map(({ saved }) => vscode.Uri.parse(saved.uri));
  const names = uris.map((uri) => vscode.workspace.asRelativePath(uri));
  const linked = new Set<string>();
  for (const uri of uris) for (const document of await findLinkedDocuments(uri)) linked.add(vscode.workspace.asRelativePath(document.uri));
  const what = names.length === 1 ? String(names[0]) : `${names.length} pictures`;
  const links = linked.size > 0 ? `Linked from: ${[...linked].join(', ')}. These links will lead nowhere.` : 'No document of this workspace links to it.';
  if (!(await notify.ask(`Delete ${what}?`, links, 'Move to Trash'))) return false;
  let isForGood = false;
  for (const [index, made] of pictures.entries()) {
    const uri = uris[index];
    if (!uri) continue;
    for (const file of [uri, sidecarOf(uri)]) {
      if (!(await exists(file))) continue;
      const isTrashed = !isForGood && (await vscode.workspace.fs.delete(file, { useTrash: true }).then(() => true, () => false));
      if (isTrashed) continue;
      // Remote machines and some file systems have none.
      isForGood ||= await notify.ask('There is no trash here.', `${what} would be deleted for good.`, 'Delete Permanently');
      if (!isForGood) return false;
      await vscode.workspace.fs.delete(file);
    }
    await thumbnails.remove(made.id);
    await gallery.amend(made, undefined);
  }
  return true;
}
