import * as vscode from 'vscode';
import { PROVIDERS, type ProviderDefinition } from '../../core/catalog/providers';
import { errorText } from '../../core/errors';
import { parseBaseUrl } from '../../core/http/baseUrl';
import { activeScope } from '../activeScope';
import type { AppParts } from '../appParts';
import { requireKey, resolveEndpoint, type Endpoint } from '../connection';
import { readSettings } from '../readSettings';
import { writeSettings } from '../writeSetting';

/** Lets the user choose a provider and connects it: the address where there is none, and the key where one is needed. */
export async function selectProvider(app: AppParts): Promise<void> {
  const endpoint = await pickProvider();
  if (endpoint) await requireKey(endpoint, app.keys);
}

/**
 * Lets the user choose a provider. A model and an address that were set for another provider are reset.
 * @returns its endpoint; undefined for the placeholder
 * @throws vscode.CancellationError
 */
export async function pickProvider(): Promise<Endpoint | undefined> {
  const scope = activeScope();
  const section = vscode.workspace.getConfiguration('pictor', scope);
  const current: unknown = section.get('provider');
  const items = [...PROVIDERS.values()].map((definition) => ({
    label: definition.label,
    description: definition.id === current ? 'selected' : '',
    detail: definition.description,
    definition,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: 'Select Provider', placeHolder: 'Who draws the pictures?' });
  if (!picked) throw new vscode.CancellationError();
  const { definition } = picked;
  const baseUrl = definition.id === 'custom' ? await askBaseUrl(definition, section.get('baseUrl')) : undefined;
  const changed = definition.id !== current;
  await writeSettings({ provider: definition.id, ...(changed && { model: undefined }), ...((changed || baseUrl) && { baseUrl }) }, scope);
  return resolveEndpoint(readSettings(scope));
}

async function askBaseUrl(definition: ProviderDefinition, current: unknown): Promise<string> {
  const address = await vscode.window.showInputBox({
    title: `${definition.label}: Base URL`,
    prompt: 'The address up to and without /images/generations',
    placeHolder: 'https://gateway.example/v1',
    value: typeof current === 'string' ? current : '',
    ignoreFocusOut: true,
    validateInput: (text) => {
      try {
        parseBaseUrl(text.trim());
        return undefined;
      } catch (error) {
        return errorText(error);
      }
    },
  });
  if (address === undefined) throw new vscode.CancellationError();
  return address.trim();
}
