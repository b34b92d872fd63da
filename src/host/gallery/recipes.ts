import { posix } from 'node:path';
import * as vscode from 'vscode';
import { readEmbeddedRecipe } from '../../core/recipe/pngRecipe';
import { recipeOf } from '../../core/jobs/recipeOf';
import { parseRecipe, type Recipe } from '../../core/recipe/recipe';
import type { Gallery } from './gallery';
import { sidecarOf } from '../files/imageSaver';

/** Larger images are accepted from no service by default. */
const MAX_BYTES = 64 * 1024 * 1024;

/** From the history, from the file beside it, or from the file itself. */
export async function recipeOfFile(gallery: Gallery, uri: vscode.Uri): Promise<Recipe | undefined> {
  await gallery.load();
  for (const { record, saved } of gallery.all()) if (saved.uri === uri.toString()) return recipeOf(record, saved);
  for (const candidate of [sidecarOf(uri), uri]) {
    const bytes = await readSmall(candidate);
    const recipe = bytes && readRecipe(bytes);
    if (recipe) return recipe;
  }
  return undefined;
}

/** Of a file that came without its place: one of the same name and size that was made here. */
export function recipeByName(gallery: Gallery, name: string, bytes: number): Recipe | undefined {
  for (const { record, saved } of gallery.all())
    if (saved.bytes === bytes && posix.basename(vscode.Uri.parse(saved.uri).path) === name)
      return recipeOf(record, saved);
  return undefined;
}

/** A sidecar file, or an image with a recipe in it. */
export function readRecipe(bytes: Buffer): Recipe | undefined {
  return readEmbeddedRecipe(bytes) ?? parseRecipe(bytes.toString('utf8'));
}

/** Undefined for what is not there, or larger than any image with a recipe. */
async function readSmall(uri: vscode.Uri): Promise<Buffer | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > MAX_BYTES ? undefined : Buffer.from(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
