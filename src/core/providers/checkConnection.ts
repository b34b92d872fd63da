import type { ProviderDefinition } from '../catalog/providers';
import { networkError } from '../http/networkErrors';
import { parseJson, readText } from '../http/readText';
import { errorFromAnswer } from './errors/errorFromAnswer';
import { listModels, type ListedModel } from './listModels';
import { serviceHeaders, type ServiceAccess } from './serviceAccess';

/** What a free question to a service brought. */
export interface ConnectionReport {
  /** From the question to the answer, the way through proxy and TLS included. */
  readonly durationMs: number;
  /** Whether the service looked at the key; false where it has no free question that needs one. */
  readonly keyChecked: boolean;
  /** Undefined where the service has no list. */
  readonly models?: readonly ListedModel[];
}

type Access = Pick<ServiceAccess, 'http' | 'baseUrl' | 'apiKey'>;

const QUESTION_TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * Reaches a service and lets it look at the key, with a question that costs nothing.
 * @throws PictorError for what is in the way
 */
export async function checkConnection(definition: ProviderDefinition, access: Access, signal: AbortSignal, now: () => number): Promise<ConnectionReport> {
  const startMs = now();
  if (definition.freeQuestion === 'tasks') {
    await askForNoTask(definition, access, signal);
    return { durationMs: now() - startMs, keyChecked: true };
  }
  const models = await listModels(definition, access, signal);
  return { durationMs: now() - startMs, keyChecked: models !== undefined && access.apiKey !== undefined, models };
}

/** Ace Data Cloud has no list of models, but answers questions about tasks free of charge. */
async function askForNoTask(definition: ProviderDefinition, { http, baseUrl, apiKey }: Access, signal: AbortSignal): Promise<void> {
  const deadline = AbortSignal.timeout(QUESTION_TIMEOUT_MS);
  const question = {
    method: 'POST',
    url: new URL('tasks', baseUrl),
    headers: serviceHeaders(definition, apiKey),
    body: JSON.stringify({ action: 'retrieve', id: 'connection-test' }),
    signal: AbortSignal.any([signal, deadline]),
  } as const;
  try {
    const { status, text } = await http.exchange(question, async ({ status: code, body }) => ({ status: code, text: await readText(body, MAX_ANSWER_BYTES) }));
    if (status >= 300) throw errorFromAnswer(definition, { status, body: parseJson(text), text });
  } catch (error) {
    signal.throwIfAborted();
    throw networkError(definition.label, deadline.aborted ? deadline.reason : error, QUESTION_TIMEOUT_MS);
  }
}
