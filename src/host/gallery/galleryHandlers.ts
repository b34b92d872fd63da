import * as vscode from 'vscode';
import { parseRecipe } from '../../core/recipe/recipe';
import { statOf } from '../files/statOf';
import { actOnImage } from './actOnImage';
import type { GalleryImage } from './gallery';
import type { GalleryContext, GalleryMessage, Handlers } from './galleryContext';
import { imageDetails } from './imageDetails';
import { readRecipe, recipeByName, recipeOfFile } from './recipes';
import { showDetails } from './showDetails';

/** What the gallery asks for. */
export function galleryHandlers(view: GalleryContext): Handlers<GalleryMessage> {
  const { gallery, thumbnails, app } = view.dependencies;
  return {
    search: ({ text, model, document }) => {
      view.filter = { text, model, document };
      view.push('gallery');
    },
    thumbnails: async ({ ids }) => {
      for (const id of ids) await postThumbnail(view, id);
    },
    storeThumbnail: async ({ id, bytes }) => {
      // It is made again where it cannot be kept.
      if (gallery.find(id)) await thumbnails.store(id, bytes).catch((error: unknown) => app.log.error(error));
    },
    image: async ({ id }) => {
      const made = gallery.find(id);
      view.post({ type: 'image', id, bytes: made && (await read(made)), mediaType: made?.saved.mediaType ?? '' });
    },
    details: ({ id }) => showDetails(view, id),
    act: ({ id, action, count }) => actOnImage(view, id, action, count),
    compare: async ({ ids }) => {
      const [left, right] = ids.map((id) => gallery.find(id));
      if (left && right)
        view.post({ type: 'comparison', images: [await imageDetails(left, []), await imageDetails(right, [])] });
    },
    openDocument: ({ uri }) => vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(uri)),
    dropped: async ({ name, bytes, size, uri }) => {
      const content = Buffer.from(bytes ?? new Uint8Array());
      const recipe =
        uri === undefined
          ? (readRecipe(content) ?? recipeByName(gallery, name, size ?? content.length))
          : await recipeOfFile(gallery, vscode.Uri.parse(uri));
      view.post({ type: 'recipe', recipe, name });
    },
    useRecipe: ({ recipe }) => {
      const known = parseRecipe(JSON.stringify(recipe));
      if (known) view.fillForm(known);
      else app.log.error(new Error('The form sent a recipe that cannot be read.'));
    },
  };
}

/** The small image, or the whole one of which the page makes it. */
async function postThumbnail(view: GalleryContext, id: string): Promise<void> {
  const { dependencies } = view;
  const made = dependencies.gallery.find(id);
  const file = made && (await statOf(vscode.Uri.parse(made.saved.uri)));
  const small = file && (await dependencies.thumbnails.read(id, file.mtime));
  const bytes = small ?? (file && (await read(made)));
  view.post({
    type: 'thumbnail',
    id,
    bytes: bytes && new Uint8Array(bytes),
    mediaType: small ? 'image/webp' : (made?.saved.mediaType ?? ''),
    isWhole: !small && bytes !== undefined,
  });
}

async function read(made: GalleryImage): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await vscode.workspace.fs.readFile(vscode.Uri.parse(made.saved.uri)));
  } catch {
    return undefined;
  }
}
