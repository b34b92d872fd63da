import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { PROVIDERS, providerOf, type Provider } from '../../core/catalog/providers';

/** A provider to choose: one of the catalog, or one of the user's own by its name. */
export interface ProviderChoice {
  readonly provider: Provider;
  readonly name?: string;
}

/** Every service of the catalog, and the user's own. */
export function providerChoices(customProviders: unknown): ProviderChoice[] {
  const custom = providerOf('custom');
  const names = typeof customProviders === 'object' && customProviders !== null ? Object.keys(customProviders) : [];
  return [
    ...[...PROVIDERS.values()].map((provider) => ({ provider })),
    ...names.map((name) => ({
      provider: { ...custom, label: name, description: t('From pictor.customProviders') },
      name,
    })),
  ];
}

/**
 * Lets the user choose one of some providers; nothing is changed by it.
 * @param isCurrent whether it is the one that is selected now
 * @throws vscode.CancellationError
 */
export async function chooseProvider(
  choices: readonly ProviderChoice[],
  placeHolder: string,
  isCurrent: (choice: ProviderChoice) => boolean = () => false,
): Promise<ProviderChoice> {
  // The first one is what Enter takes: nothing changes by it.
  const ordered = [...choices].sort((a, b) => Number(isCurrent(b)) - Number(isCurrent(a)));
  const items = ordered.map((choice) => ({
    label: choice.provider.label,
    description: isCurrent(choice) ? t('selected') : '',
    detail: choice.provider.description,
    choice,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: t('Select Provider'), placeHolder });
  if (!picked) throw new vscode.CancellationError();
  return picked.choice;
}
