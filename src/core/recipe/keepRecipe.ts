import { readFile } from 'node:fs/promises';
import type { StagedFile, StagingArea } from '../files/staging';
import { embedRecipe, type NotEmbedded } from './pngRecipe';
import type { Recipe } from './recipe';

/** An image with its recipe in it, or why that cannot be. */
export type WithRecipe = { readonly file: StagedFile } | { readonly reason: NotEmbedded };

/** Another file with the recipe in it; the caller discards it. */
export async function withEmbeddedRecipe(file: StagedFile, recipe: Recipe, staging: StagingArea): Promise<WithRecipe> {
  const embedded = embedRecipe(await readFile(file.path), recipe);
  return typeof embedded === 'string' ? { reason: embedded } : { file: await staging.add(embedded) };
}
