import * as vscode from 'vscode';
import type { SavedImage } from '../../core/jobs/jobRecord';
import { imageLink, linkPath } from '../../core/markup/imageLink';
import { relativePath } from '../../core/markup/relativePath';
import type { TrackedAnchor } from './anchorTracker';
import { fileUriOf, languageOf } from './documents';

/** The link to an image for a document, or for Markdown at the top of the workspace where there is none. */
export function linkFor(image: SavedImage, document: vscode.TextDocument | undefined): string {
  return imageLink(document ? languageOf(document) : 'markdown', {
    path: pathFrom(document, vscode.Uri.parse(image.uri)),
    alt: image.alt,
  });
}

/** The path to an image as a document's links have it. */
export function imagePath(image: SavedImage, document: vscode.TextDocument): string {
  return linkPath(languageOf(document), pathFrom(document, vscode.Uri.parse(image.uri)));
}

/** A document that was never saved is taken to lie at the top of the workspace folder. */
function pathFrom(document: vscode.TextDocument | undefined, image: vscode.Uri): string {
  const file = document && fileUriOf(document);
  const folder = file
    ? vscode.Uri.joinPath(file, '..')
    : (vscode.workspace.getWorkspaceFolder(image)?.uri ?? vscode.Uri.joinPath(image, '..'));
  const reachable = folder.scheme === image.scheme && folder.authority === image.authority;
  return (reachable && relativePath(folder.path, image.path)) || image.toString();
}

/** Whether the document of an anchor has the link already. */
export function hasLink(anchor: TrackedAnchor, image: SavedImage): boolean {
  const document = anchor.locate()?.document;
  const text = document?.getText() ?? '';
  // A link of several lines may stand there indented.
  return linkFor(image, document)
    .split('\n')
    .every((line) => text.includes(line.trim()));
}
