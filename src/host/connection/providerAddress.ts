import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Provider } from '../../core/catalog/providers';
import { PictorError } from '../../core/errors';
import { parseBaseUrl } from '../../core/http/baseUrl';
import { providerFor } from '../../core/settings/providerFor';
import type { Settings } from '../../core/settings/settings';
import { askApiKey } from './askApiKey';
import type { KeyStore } from './keyStore';
import type { ModelSource } from './modelLists';

/** A service and where it is. */
export interface ProviderAddress {
  readonly provider: Provider;
  readonly baseUrl: URL;
}

/**
 * The service that the settings name; undefined for a provider that has no address.
 * @throws PictorError `invalidSetting` for a missing or unusable base URL
 */
export function resolveAddress(settings: Settings): ProviderAddress | undefined {
  const provider = providerFor(settings);
  if (provider.id === 'placeholder') return undefined;
  // A gateway of the user's has its address in its own entry.
  const isNamed = provider.id === 'custom' && provider.baseUrl !== undefined;
  const address = (isNamed ? undefined : settings.baseUrl) ?? provider.baseUrl;
  if (address) return { provider, baseUrl: parseBaseUrl(address, isNamed ? 'pictor.customProviders' : undefined) };
  throw new PictorError(
    'invalidSetting',
    t('{label} needs an address. Set pictor.baseUrl.', { label: provider.label }),
    {
      setting: 'pictor.baseUrl',
    },
  );
}

/** Whose list of models it is. */
export function sourceOf({ provider, baseUrl }: ProviderAddress): ModelSource {
  return { provider: provider.id, baseUrl: baseUrl.href };
}

/**
 * The key for an address, asked for where it is missing.
 * @throws vscode.CancellationError when the user does not give one
 */
export async function requireKey({ provider, baseUrl }: ProviderAddress, keys: KeyStore): Promise<string | undefined> {
  const owner = { provider: provider.id, origin: baseUrl.origin };
  const stored = await keys.get(owner);
  if (stored || provider.key !== 'required') return stored;
  const entered = await askApiKey(provider, baseUrl.origin);
  if (!entered) throw new vscode.CancellationError();
  await keys.set(owner, entered);
  return entered;
}
