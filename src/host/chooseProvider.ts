import * as vscode from 'vscode';
import type { ProviderDefinition } from '../core/catalog/providers';

/**
 * Lets the user choose one of some providers; nothing is changed by it.
 * @param current the id of the one that is selected now
 * @throws vscode.CancellationError
 */
export async function chooseProvider(definitions: readonly ProviderDefinition[], placeHolder: string, current?: unknown): Promise<ProviderDefinition> {
  const items = definitions.map((definition) => ({
    label: definition.label,
    description: definition.id === current ? 'selected' : '',
    detail: definition.description,
    definition,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: 'Select Provider', placeHolder });
  if (!picked) throw new vscode.CancellationError();
  return picked.definition;
}
