import { HttpClient } from '../../core/http/httpClient';
import type { ListedModel } from '../../core/catalog/listedModel';
import { listModels } from '../../core/providers/listModels';
import { sourceOf, type ProviderAddress } from './providerAddress';
import type { KeyStore } from './keyStore';
import type { ModelLists } from './modelLists';
import { readNetworkSettings } from '../settings/readSettings';

/**
 * Asks a service for its models and keeps the answer. Without a key, only a service that needs none is asked.
 * @throws PictorError
 */
export async function askForModels(
  { keys, models: lists }: { readonly keys: KeyStore; readonly models: ModelLists },
  address: ProviderAddress,
  signal: AbortSignal,
): Promise<readonly ListedModel[] | undefined> {
  const { provider, baseUrl } = address;
  // A list that is told to everybody is none of a key's business.
  const apiKey = provider.isListPublic ? undefined : await keys.get({ provider: provider.id, origin: baseUrl.origin });
  if (!apiKey && provider.key === 'required' && !provider.isListPublic) return [];
  const http = new HttpClient(readNetworkSettings(), process.env);
  const models = await listModels(provider, { http, baseUrl, apiKey }, signal, listPath(address));
  if (models) await lists.set(sourceOf(address), models);
  return models;
}

/** OpenRouter lists models that write unless it is asked for others. */
const LISTED_BY_QUERY: ReadonlyMap<string, string> = new Map([['openrouter.ai', 'models?output_modalities=image']]);

function listPath({ provider, baseUrl }: ProviderAddress): string | undefined {
  return provider.modelsPath ?? LISTED_BY_QUERY.get(baseUrl.hostname);
}
