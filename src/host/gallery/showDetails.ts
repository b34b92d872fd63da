import * as vscode from 'vscode';
import { fileOf, findLinkedDocuments } from '../document/linkedDocuments';
import type { GalleryContext } from './galleryContext';
import { imageDetails } from './imageDetails';

/** Tells the page all that is known of an image, and again when its documents are found. */
export async function showDetails(view: GalleryContext, id: string): Promise<void> {
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
