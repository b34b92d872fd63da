import { posix } from 'node:path';
import pLimit from 'p-limit';
import * as vscode from 'vscode';
import { findLinks, nameForms } from '../../core/markup/findLinks';
import type { Span } from '../../core/markup/paragraph';
import { fileUriOf } from './documents';

/** Texts that have images in them. */
const DOCUMENTS =
  '**/*.{md,markdown,mdx,rmd,qmd,html,htm,vue,svelte,astro,jsx,tsx,js,ts,php,hbs,rst,adoc,asciidoc,tex,typ,css,scss,less,xml,json,yml,yaml,txt,ipynb}';
const ELSEWHERE = '**/{node_modules,.git}/**';
/** A workspace of more documents is searched in part. */
const MAX_DOCUMENTS = 5000;
/** What is larger was hardly written by a person. */
const MAX_BYTES = 4 * 1024 * 1024;

const reads = pLimit(16);

/**
 * Where the text of a document links to an image. One that was never saved lies at the top of the workspace folder.
 */
export function linksIn(text: string, document: vscode.Uri, image: vscode.Uri): Span[] {
  const file = fileUriOf({ uri: document });
  const folder = file
    ? posix.dirname(file.path)
    : (vscode.workspace.getWorkspaceFolder(image)?.uri.path ?? posix.dirname(image.path));
  return findLinks(text, {
    folder,
    file: image.path,
    root: vscode.workspace.getWorkspaceFolder(file ?? image)?.uri.path,
  });
}

/** The documents of the workspace that link to an image, as they are in their editors or on disk. */
export async function findLinkedDocuments(image: vscode.Uri): Promise<vscode.Uri[]> {
  const uris = await vscode.workspace.findFiles(DOCUMENTS, ELSEWHERE, MAX_DOCUMENTS);
  const open = new Map(
    vscode.workspace.textDocuments
      .filter(({ isClosed }) => !isClosed)
      .map((document) => [document.uri.toString(), document]),
  );
  // One that was never saved may link to it too; of a notebook that is open, its cells count.
  const others = [...open.values()]
    .filter(({ uri }) => uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell')
    .map(({ uri }) => uri);
  const notebooks = new Set(vscode.workspace.notebookDocuments.map(({ uri }) => uri.toString()));
  const closed = uris.filter((uri) => !notebooks.has(uri.toString()));
  const marks = nameForms(posix.basename(image.path));
  const found = await Promise.all(
    [...closed, ...others].map((uri) =>
      reads(async (): Promise<vscode.Uri[]> => {
        const text = open.get(uri.toString())?.getText() ?? (await readText(uri, marks));
        if (!text || !marks.some((mark) => text.includes(mark))) return [];
        return linksIn(text, uri, image).length > 0 ? [uri] : [];
      }),
    ),
  );
  return found.flat();
}

/** A document as a person knows it: of a cell, its notebook. */
export function fileOf(document: vscode.Uri): { readonly value: string; readonly label: string } {
  const file = fileUriOf({ uri: document }) ?? document;
  return { value: file.toString(), label: vscode.workspace.asRelativePath(file) };
}

async function readText(uri: vscode.Uri, marks: readonly string[]): Promise<string | undefined> {
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > MAX_BYTES) return undefined;
    const bytes = Buffer.from(await vscode.workspace.fs.readFile(uri));
    // Most documents do not name the image, and need not be decoded.
    return marks.some((mark) => bytes.includes(mark)) ? bytes.toString('utf8') : undefined;
  } catch {
    return undefined;
  }
}
