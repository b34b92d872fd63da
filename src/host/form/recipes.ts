import { posix } from 'node:path';
import * as vscode from 'vscode';
import { FIELD_NAMES, type FieldName } from '../../core/catalog/fields';
import { readEmbeddedRecipe } from '../../core/recipe/pngRecipe';
import { parseRecipe, recipeOf, type Recipe } from '../../core/recipe/recipe';
import { BUILT_IN_STYLES } from '../../core/styles/promptStyles';
import { activeScope } from '../activeScope';
import type { Gallery } from '../gallery/gallery';
import { sidecarOf } from '../savePictures';
import type { FormContext } from './formContext';
import { providerValue } from './formSession';

/** Larger pictures are accepted from no service by default. */
const MAX_BYTES = 64 * 1024 * 1024;

/** What a form does not show is not changed in it unseen. */
const UNSEEN: ReadonlySet<FieldName> = new Set<FieldName>(['user', 'responseFormat']);

/** Fills the form with all that a recipe says. */
export function useEverything(
  view: Pick<FormContext, 'session' | 'setPrompt'>,
  recipe: Recipe,
  customProvider?: string,
): void {
  const { prompt, sentPrompt, style, provider, model, values, service } = recipe;
  const scope = activeScope();
  const section = vscode.workspace.getConfiguration('pictor', scope);
  const gateways: unknown = section.get('customProviders');
  const isGateway = provider === 'custom' && isObject(gateways) && Object.hasOwn(gateways, service);
  const styles: unknown = section.get('styles');
  const hasStyle =
    style !== undefined &&
    (Object.hasOwn(BUILT_IN_STYLES, style) || (isObject(styles) && Object.hasOwn(styles, style)));
  const { session } = view;
  session.reset();
  session.set('provider', providerValue(provider, customProvider ?? (isGateway ? service : undefined)), scope);
  session.set('model', model, scope);
  session.set('promptStyle', hasStyle ? style : null, scope);
  for (const name of FIELD_NAMES) if (!UNSEEN.has(name)) session.set(name, values[name] ?? null, scope);
  // Words of a style that is not here are part of the prompt.
  view.setPrompt(hasStyle ? prompt : (sentPrompt ?? prompt), true);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

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

/** A sidecar file, or a picture with a recipe in it. */
export function readRecipe(bytes: Buffer): Recipe | undefined {
  return readEmbeddedRecipe(bytes) ?? parseRecipe(bytes.toString('utf8'));
}

/** Undefined for what is not there, or larger than any picture with a recipe. */
async function readSmall(uri: vscode.Uri): Promise<Buffer | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > MAX_BYTES ? undefined : Buffer.from(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
