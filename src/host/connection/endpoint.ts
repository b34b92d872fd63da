import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ProviderDefinition } from '../../core/catalog/providers';
import { PictorError } from '../../core/errors';
import { parseBaseUrl } from '../../core/http/baseUrl';
import { providerFor } from '../../core/settings/providerFor';
import type { Settings } from '../../core/settings/settings';
import { askApiKey } from './askApiKey';
import type { KeyStore } from './keyStore';
import type { ModelSource } from './modelLists';

/** A service and where it is. */
export interface Endpoint {
  readonly definition: ProviderDefinition;
  readonly baseUrl: URL;
}

/**
 * The service that the settings name; undefined for a provider that has no address.
 * @throws PictorError `invalidSetting` for a missing or unusable base URL
 */
export function resolveEndpoint(settings: Settings): Endpoint | undefined {
  const definition = providerFor(settings);
  if (definition.id === 'placeholder') return undefined;
  // A gateway of the user's has its address in its own entry.
  const isNamed = definition.id === 'custom' && definition.baseUrl !== undefined;
  const address = (isNamed ? undefined : settings.baseUrl) ?? definition.baseUrl;
  if (address) return { definition, baseUrl: parseBaseUrl(address, isNamed ? 'pictor.customProviders' : undefined) };
  throw new PictorError(
    'invalidSetting',
    t('{label} needs an address. Set pictor.baseUrl.', { label: definition.label }),
    {
      setting: 'pictor.baseUrl',
    },
  );
}

/** Whose list of models it is. */
export function sourceOf({ definition, baseUrl }: Endpoint): ModelSource {
  return { provider: definition.id, baseUrl: baseUrl.href };
}

/**
 * The key for an endpoint, asked for where it is missing.
 * @throws vscode.CancellationError when the user does not give one
 */
export async function requireKey({ definition, baseUrl }: Endpoint, keys: KeyStore): Promise<string | undefined> {
  const owner = { provider: definition.id, origin: baseUrl.origin };
  const stored = await keys.get(owner);
  if (stored || definition.key !== 'required') return stored;
  const entered = await askApiKey(definition, baseUrl.origin);
  if (!entered) throw new vscode.CancellationError();
  await keys.set(owner, entered);
  return entered;
}
