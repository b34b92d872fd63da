import type { Provider } from '../catalog/providers';
import { askFreely } from './askFreely';
import type { ListedModel } from '../catalog/listedModel';
import { listModels } from './listModels';
import { providerHeaders, type ProviderAccess } from './providerAccess';

/** What a free question to a service brought. */
export interface ConnectionReport {
  /** From the question to the answer, the way through proxy and TLS included. */
  readonly durationMs: number;
  /** Whether the service looked at the key; false where it has no free question that needs one. */
  readonly keyChecked: boolean;
  /** Undefined where the service has no list. */
  readonly models?: readonly ListedModel[];
}

type Access = Pick<ProviderAccess, 'http' | 'baseUrl' | 'apiKey'>;

/**
 * Reaches a service and lets it look at the key, with a question that costs nothing.
 * @throws PictorError for what is in the way
 */
export async function checkConnection(
  provider: Provider,
  access: Access,
  signal: AbortSignal,
  now: () => number,
): Promise<ConnectionReport> {
  const startMs = now();
  if (provider.freeQuestion === 'tasks') {
    await askForNoTask(provider, access, signal);
    return { durationMs: now() - startMs, keyChecked: true };
  }
  const models = await listModels(provider, access, signal);
  return { durationMs: now() - startMs, keyChecked: models !== undefined && access.apiKey !== undefined, models };
}

/** Ace Data Cloud has no list of models, but answers questions about tasks free of charge. */
async function askForNoTask(provider: Provider, { http, baseUrl, apiKey }: Access, signal: AbortSignal): Promise<void> {
  const question = {
    method: 'POST',
    url: new URL('tasks', baseUrl),
    headers: providerHeaders(provider, apiKey),
    body: JSON.stringify({ action: 'retrieve', id: 'connection-test' }),
  } as const;
  await askFreely(provider, http, question, signal);
}
