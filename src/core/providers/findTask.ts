import * as v from 'valibot';
import type { ImageTask } from '../answers/answer';
import type { Provider } from '../catalog/providers';
import type { ImageRequest } from '../request/composeRequest';
import { askFreely } from './askFreely';
import { providerHeaders, type ProviderAccess } from './providerAccess';

const FOUND = v.looseObject({ id: v.pipe(v.string(), v.nonEmpty()) });

/**
 * Looks for a task by the `trace_id` that its request had: Ace Data Cloud keeps it with every task. Free of charge.
 * @returns undefined for a request that had none, and for a task that the service does not know (yet)
 * @throws PictorError
 */
export async function findTask(
  provider: Provider,
  { http, baseUrl, apiKey }: ProviderAccess,
  { extra }: ImageRequest,
  signal: AbortSignal,
): Promise<ImageTask | undefined> {
  if (typeof extra.trace_id !== 'string') return undefined;
  const body = JSON.stringify({ action: 'retrieve', trace_id: extra.trace_id });
  const question = {
    method: 'POST',
    url: new URL('tasks', baseUrl),
    headers: providerHeaders(provider, apiKey),
    body,
  } as const;
  const answer = await askFreely(provider, http, question, signal);
  const found = v.safeParse(FOUND, answer.body);
  return found.success ? { state: 'task', taskId: found.output.id } : undefined;
}
