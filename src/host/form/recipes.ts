import * as vscode from 'vscode';
import type { FieldValue } from '../../core/catalog/fields';
import { readEmbeddedRecipe } from '../../core/recipe/pngRecipe';
import { parseRecipe, recipeOf, type Recipe } from '../../core/recipe/recipe';
import type { Gallery } from '../gallery/gallery';
import { sidecarOf } from '../savePictures';
import type { FormContext } from './formContext';
import { providerValue } from './formSession';

/** Fills the form with all that a recipe says. */
export function useEverything(view: Pick<FormContext, 'session' | 'setPrompt'>, { prompt, style, provider, model, values, service }: Recipe, customProvider?: string): void {
  const gateways: unknown = vscode.workspace.getConfiguration('pictor').get('customProviders');
  const isGateway = provider === 'custom' && typeof gateways === 'object' && gateways !== null && Object.hasOwn(gateways, service);
  view.session.reset();
  view.session.set('provider', providerValue(provider, customProvider ?? (isGateway ? service : undefined)));
  view.session.set('model', model);
  view.session.set('promptStyle', style ?? null);
  for (const [name, value] of Object.entries(values) as [string, FieldValue][]) view.session.set(name, value);
  if (values.n === undefined) view.session.set('n', null);
  view.setPrompt(prompt, true);
}

/** From the history, from the file beside it, or from the file itself. */
export async function recipeOfFile(gallery: Gallery, uri: vscode.Uri): Promise<Recipe | undefined> {
  await gallery.load();
  for (const { record, saved } of gallery.all()) if (saved.uri === uri.toString()) return recipeOf(record, saved);
  for (const candidate of [sidecarOf(uri), uri]) {
    const bytes = await Promise.resolve(vscode.workspace.fs.readFile(candidate)).catch(() => undefined);
    const recipe = bytes && readRecipe(Buffer.from(bytes));
    if (recipe) return recipe;
  }
  return undefined;
}

/** A sidecar file, or a picture with a recipe in it. */
export function readRecipe(bytes: Buffer): Recipe | undefined {
  return readEmbeddedRecipe(bytes) ?? parseRecipe(bytes.toString('utf8'));
}
