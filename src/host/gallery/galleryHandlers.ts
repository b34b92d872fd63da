import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { providerOf } from '../../core/catalog/providers';
import { promptOf } from '../../core/jobs/jobRecord';
import { recipeOf } from '../../core/jobs/recipeOf';
import { sameRequest } from '../../core/jobs/sameRequest';
import { parseRecipe } from '../../core/recipe/recipe';
import { splitCount } from '../../core/request/splitCount';
import type { GalleryAction } from '../../protocol';
import { activeEditor } from '../document/activeEditor';
import { deleteImages } from './deleteImages';
import type { GalleryImage } from './gallery';
import { imageDetails } from './imageDetails';
import { fileOf, findLinkedDocuments } from '../document/linkedDocuments';
import { renameImage } from './renameImage';
import { replaceInDocument } from './replaceInDocument';
import { statOf } from '../files/statOf';
import { generateImages } from '../jobs/generateImages';
import { IMAGE_ACTIONS } from '../ui/offerImages';
import type { GalleryContext, GalleryMessage, Handlers } from './galleryContext';
import { readRecipe, recipeByName, recipeOfFile } from './recipes';

/** What the gallery asks for. */
export function galleryHandlers(view: GalleryContext): Handlers<GalleryMessage> {
  const { gallery, thumbnails, app } = view.dependencies;
  const read = async (made: GalleryImage): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    try {
      return new Uint8Array(await vscode.workspace.fs.readFile(vscode.Uri.parse(made.saved.uri)));
    } catch {
      return undefined;
    }
  };
  return {
    search: ({ text, model, document }) => {
      view.filter = { text, model, document };
      view.push('gallery');
    },
    thumbnails: async ({ ids }) => {
      for (const id of ids) {
        const made = gallery.find(id);
        const file = made && (await statOf(vscode.Uri.parse(made.saved.uri)));
        const small = file && (await thumbnails.read(id, file.mtime));
        const bytes = small ?? (file && (await read(made)));
        view.post({
          type: 'thumbnail',
          id,
          bytes: bytes && new Uint8Array(bytes),
          mediaType: small ? 'image/webp' : (made?.saved.mediaType ?? ''),
          isWhole: !small && bytes !== undefined,
        });
      }
    },
    storeThumbnail: async ({ id, bytes }) => {
      // It is made again where it cannot be kept.
      if (gallery.find(id)) await thumbnails.store(id, bytes).catch((error: unknown) => app.log.error(error));
    },
    image: async ({ id }) => {
      const made = gallery.find(id);
      view.post({ type: 'image', id, bytes: made && (await read(made)), mediaType: made?.saved.mediaType ?? '' });
    },
    details: async ({ id }) => showDetails(view, id),
    act: async ({ id, action, count }) => {
      const made = gallery.find(id);
      if (made) await ACTIONS[action](view, made, count ?? 1);
      else view.post({ type: 'imageGone', id });
    },
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

type Act = (view: GalleryContext, made: GalleryImage, count: number) => unknown;

const ACTIONS: Readonly<Record<GalleryAction, Act>> = {
  insert: (_view, { saved }) => IMAGE_ACTIONS.insert.run([saved]),
  copyLink: async (view, { saved }) => {
    await IMAGE_ACTIONS.copyLink.run([saved]);
    view.post({ type: 'announce', text: t('The link is in the clipboard.') });
  },
  open: (_view, { saved }) => IMAGE_ACTIONS.open.run([saved]),
  reveal: (_view, { saved }) => IMAGE_ACTIONS.reveal.run([saved]),
  usePrompt: (view, { record }) => view.setPrompt(promptOf(record), true),
  useEverything: (view, { record, saved }) => view.fillForm(recipeOf(record, saved), record.connection.customProvider),
  generateAgain: async (view, { record }, count) => {
    const uri = vscode.Uri.parse(record.target.root);
    const root = { uri, folder: record.target.isChosen ? record.target.folder : undefined };
    const { prompt, overrides } = sameRequest(record);
    const requests = splitCount(providerOf(record.connection.provider), record.request.model, count).map((each) => ({
      prompt,
      count: each,
      root,
      overrides,
    }));
    await generateImages(view.dependencies.app, activeEditor()?.document, requests, 'gallery');
  },
  rename: async (view, made) => {
    if (await renameImage(view.dependencies.gallery, made)) await showDetails(view, made.id);
  },
  delete: async (view, made) => {
    if (await deleteImages(view.dependencies.gallery, view.dependencies.thumbnails, [made]))
      view.post({ type: 'imageGone', id: made.id });
  },
  replaceInDocument: async (view, made) => {
    const siblings = view.dependencies.gallery.ofJob(made.record.id);
    if (!(await replaceInDocument(made, siblings))) await IMAGE_ACTIONS.insert.run([made.saved]);
    view.cards.pick(made.record.id, made.id);
    view.push('jobs');
  },
  deleteOthers: async (view, made) => {
    const others = view.dependencies.gallery.ofJob(made.record.id).filter(({ id }) => id !== made.id);
    if (others.length === 0 || !(await deleteImages(view.dependencies.gallery, view.dependencies.thumbnails, others)))
      return;
    view.cards.close(made.record.id);
    view.push('jobs');
    await showDetails(view, made.id);
  },
};

async function showDetails(view: GalleryContext, id: string): Promise<void> {
  const { gallery } = view.dependencies;
  const made = gallery.find(id);
  if (!made) return view.post({ type: 'imageGone', id });
  const uri = vscode.Uri.parse(made.saved.uri);
  const details = await imageDetails(made, gallery.ofJob(made.record.id));
  view.post({ type: 'details', details });
  const found = (await findLinkedDocuments(uri)).map(fileOf);
  const documents = [...new Map(found.map((one) => [one.value, one])).values()];
  view.post({ type: 'details', details: { ...details, documents } });
}
