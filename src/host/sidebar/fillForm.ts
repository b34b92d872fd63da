import * as vscode from 'vscode';
import { FIELD_NAMES, type FieldName } from '../../core/catalog/fields';
import type { Recipe } from '../../core/recipe/recipe';
import { BUILT_IN_STYLES } from '../../core/styles/promptStyles';
import { activeScope } from '../settings/activeScope';
import type { FormContext } from './formContext';
import { providerValue } from './formSession';

/** What a form does not show is not changed in it unseen. */
const UNSEEN: ReadonlySet<FieldName> = new Set<FieldName>(['user', 'responseFormat']);

/** Fills the form with all that a recipe says. */
export function fillForm(
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
