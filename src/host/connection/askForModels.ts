import { HttpClient } from '../../core/http/httpClient';
import { listModels, type ListedModel } from '../../core/providers/listModels';
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
  const apiKey = await keys.get({ provider: address.provider.id, origin: address.baseUrl.origin });
  if (!apiKey && address.provider.key === 'required') return [];
  const http = new HttpClient(readNetworkSettings(), process.env);
  const models = await listModels(address.provider, { http, baseUrl: address.baseUrl, apiKey }, signal);
  if (models) await lists.set(sourceOf(address), models);
  return models;
}
