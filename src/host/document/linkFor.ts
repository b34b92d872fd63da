import * as vscode from 'vscode';
import type { SavedPicture } from '../../core/jobs/jobRecord';
import { imageLink, linkPath } from '../../core/markup/imageLink';
import { relativePath } from '../../core/markup/relativePath';
import { fileUriOf, languageOf } from './documents';

/** The link to a picture for a document, or for Markdown at the top of the workspace where there is none. */
export function linkFor(picture: SavedPicture, document: vscode.TextDocument | undefined): string {
  return imageLink(document ? languageOf(document) : 'markdown', {
    path: pathFrom(document, vscode.Uri.parse(picture.uri)),
    alt: picture.alt,
  });
}

/** The path to a picture as a document's links have it. */
export function imagePath(picture: SavedPicture, document: vscode.TextDocument): string {
  return linkPath(languageOf(document), pathFrom(document, vscode.Uri.parse(picture.uri)));
}

/** A document that was never saved is taken to lie at the top of the workspace folder. */
function pathFrom(document: vscode.TextDocument | undefined, picture: vscode.Uri): string {
  const file = document && fileUriOf(document);
  const folder = file
    ? vscode.Uri.joinPath(file, '..')
    : (vscode.workspace.getWorkspaceFolder(picture)?.uri ?? vscode.Uri.joinPath(picture, '..'));
  const reachable = folder.scheme === picture.scheme && folder.authority === picture.authority;
  return (reachable && relativePath(folder.path, picture.path)) || picture.toString();
}
