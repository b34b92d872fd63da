import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { parseRecipe } from '../../core/recipe/recipe';
import { notify } from '../ui/notify';
import { sidecarOf } from '../files/imageSaver';
import type { Gallery, GalleryImage } from './gallery';
import { fileOf, findLinkedDocuments } from '../document/linkedDocuments';
import { exists } from '../files/statOf';
import type { Thumbnails } from './thumbnails';

/**
 * Moves images to the trash, once the user knows which documents link to them.
 * @returns whether they are gone
 */
export async function deleteImages(
  gallery: Gallery,
  thumbnails: Thumbnails,
  images: readonly GalleryImage[],
): Promise<boolean> {
  const uris = images.map(({ saved }) => vscode.Uri.parse(saved.uri));
  const names = uris.map((uri) => vscode.workspace.asRelativePath(uri));
  const linked = new Set<string>();
  for (const uri of uris) for (const document of await findLinkedDocuments(uri)) linked.add(fileOf(document).label);
  const what = names.length === 1 ? String(names[0]) : t('{count} pictures', { count: names.length });
  const links =
    linked.size > 0
      ? t('Linked from: {documents}. These links will break.', { documents: [...linked].join(', ') })
      : t('No document of this workspace links to it.');
  if (!(await notify.ask(t('Delete {what}?', { what }), links, t('Move to Trash')))) return false;
  let isForGood = false;
  for (const [index, made] of images.entries()) {
    const uri = uris[index];
    if (!uri) continue;
    const files = [uri, ...((await isRecipe(sidecarOf(uri))) ? [sidecarOf(uri)] : [])];
    for (const file of files) {
      if (!(await exists(file))) continue;
      const isTrashed =
        !isForGood &&
        (await vscode.workspace.fs.delete(file, { useTrash: true }).then(
          () => true,
          () => false,
        ));
      if (isTrashed) continue;
      // Remote machines and some file systems have none.
      isForGood ||= await notify.ask(
        t('There is no trash here.'),
        t('{what} would be deleted for good.', { what }),
        t('Delete Permanently'),
      );
      if (!isForGood) return false;
      await vscode.workspace.fs.delete(file);
    }
    await thumbnails.remove(made.id);
    await gallery.amend(made, undefined);
  }
  return true;
}

/** A file beside an image may be anything. */
async function isRecipe(uri: vscode.Uri): Promise<boolean> {
  if (!(await exists(uri))) return false;
  return parseRecipe(Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8')) !== undefined;
}
