import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { providerOf } from '../../core/catalog/providers';
import type { ImageAction } from '../../core/jobs/action';
import { promptOf } from '../../core/jobs/jobRecord';
import { recipeOf } from '../../core/jobs/recipeOf';
import { sameRequest } from '../../core/jobs/sameRequest';
import { splitCount } from '../../core/request/splitCount';
import { activeEditor } from '../document/activeEditor';
import { generateImages } from '../jobs/generateImages';
import { withImages } from '../ui/offerImages';
import { deleteImages } from './deleteImages';
import type { GalleryImage } from './gallery';
import type { GalleryContext } from './galleryContext';
import { renameImage } from './renameImage';
import { replaceInDocument } from './replaceInDocument';
import { showDetails } from './showDetails';

/** @param count how many images are to be generated */
type Act = (view: GalleryContext, made: GalleryImage, count: number) => unknown;

const generate: Act = async (view, { record }, count) => {
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
};

const replace: Act = async (view, made) => {
  const siblings = view.dependencies.gallery.ofJob(made.record.id);
  if (!(await replaceInDocument(made, siblings))) await withImages.insert([made.saved]);
  view.cards.pick(made.record.id, made.id);
  view.push('jobs');
};

const DEEDS: Readonly<Record<ImageAction, Act>> = {
  insert: async (view, { id, record, saved }) => {
    await withImages.insert([saved]);
    if (!view.cards.isUndecided(record.id)) return;
    view.cards.pick(record.id, id);
    view.push('jobs');
  },
  copyLink: async (view, { saved }) => {
    await withImages.copyLink([saved]);
    view.post({ type: 'announce', text: t('The link is in the clipboard.') });
  },
  open: (_view, { saved }) => withImages.open([saved]),
  reveal: (_view, { saved }) => withImages.reveal([saved]),
  usePrompt: (view, { record }) => view.setPrompt(promptOf(record), true),
  useEverything: (view, { record, saved }) => view.fillForm(recipeOf(record, saved), record.connection.customProvider),
  generateAgain: generate,
  generateVariations: generate,
  rename: async (view, made) => {
    if (await renameImage(view.dependencies.gallery, made)) await showDetails(view, made.id);
  },
  delete: async (view, made) => {
    if (await deleteImages(view.dependencies.gallery, view.dependencies.thumbnails, [made]))
      view.post({ type: 'imageGone', id: made.id });
  },
  replaceInDocument: replace,
  keepOnly: replace,
  deleteOthers: async (view, made) => {
    const others = view.dependencies.gallery.ofJob(made.record.id).filter(({ id }) => id !== made.id);
    if (others.length === 0 || !(await deleteImages(view.dependencies.gallery, view.dependencies.thumbnails, others)))
      return;
    view.cards.close(made.record.id);
    view.push('jobs');
    await showDetails(view, made.id);
  },
};

/** Does what a button of an image says. @param count how many images are to be generated */
export async function actOnImage(view: GalleryContext, id: string, action: ImageAction, count = 1): Promise<void> {
  const made = view.dependencies.gallery.find(id);
  if (made) await DEEDS[action](view, made, count);
  else view.post({ type: 'imageGone', id });
}
