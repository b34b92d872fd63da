import type { ProviderDefinition } from '../catalog/providers';
import { delay } from '../delay';
import { PictorError } from '../errors';
import type { HttpAnswer, HttpClient } from '../http/httpClient';
import { failureCode } from '../http/failure';
import { retryAfterMs } from '../http/retryAfter';
import { submit } from '../http/submit';
import { redact } from '../redact';
import { pictureCount } from '../request/composeRequest';
import { errorFromAnswer, isErrorBody, isOutOfCredit, isTaskGone } from './errorFromAnswer';
import { parseAnswer } from './parseAnswer';
import type { ImageProvider } from './provider';
import { requestBody } from './requestBody';
import { taskDialectOf } from './taskDialect';

export interface ServiceAccess {
  readonly http: HttpClient;
  /** With a trailing slash, as `parseBaseUrl` gives it. */
  readonly baseUrl: URL;
  /** Absent for a server that asks for none. */
  readonly apiKey?: string;
  readonly timeoutMs: number;
  readonly maxImageBytes: number;
}

/** Base64 takes four bytes for three; the rest of an answer is small. */
const JSON_OVERHEAD_BYTES = 1024 * 1024;

/** A task does not tell how many pictures were asked for; no service draws more at once. */
const MAX_PICTURES = 10;

/** An answer about a task is ready; one that does not come is asked for again. */
const POLL_TIMEOUT_MS = 30_000;

/** The dialect that OpenAI began and the other services share; what differs between them is in the catalog. */
export function openAiCompatible(definition: ProviderDefinition, access: ServiceAccess): ImageProvider {
  const { http, baseUrl, apiKey, timeoutMs, maxImageBytes } = access;
  const secrets = apiKey ? [apiKey] : [];
  const dialect = taskDialectOf(definition.id);
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    ...(apiKey && { authorization: `Bearer ${apiKey}` }),
  };
  return {
    async submit(request, { signal, onWait }) {
      try {
        const { answer, body } = await submit({
          label: definition.label,
          send: (sendSignal) =>
            http.send({
              method: 'POST',
              url: new URL('images/generations', baseUrl),
              headers,
              body: JSON.stringify(requestBody(request)),
              signal: sendSignal,
              maxBytes: answerBytes(maxImageBytes, pictureCount(request)),
            }),
          isFinal: isOutOfCredit,
          parseBody,
          onWait,
          signal,
          timeoutMs,
          delay,
          now: Date.now,
        });
        const requestId = answer.header('x-request-id');
        if (answer.status >= 400) throw errorFromAnswer(definition.label, answer.status, body, requestId);
        const parsed = parseAnswer(body, requestId);
        const hasFailed = isErrorBody(body);
        if (parsed?.state === 'images' || (parsed && !hasFailed)) return parsed;
        throw hasFailed
          ? errorFromAnswer(definition.label, answer.status, body, requestId)
          : new PictorError('badAnswer', `${definition.label} answered without a picture.`, { requestId });
      } catch (error) {
        throw withoutSecrets(error, secrets);
      }
    },

    async poll(task, signal) {
      try {
        const { method, url, body } = dialect.ask(task, baseUrl);
        const answer = await http.send({
          method,
          url,
          headers,
          body: body && JSON.stringify(body),
          signal: AbortSignal.any([signal, AbortSignal.timeout(POLL_TIMEOUT_MS)]),
          maxBytes: answerBytes(maxImageBytes, MAX_PICTURES),
        });
        return dialect.read(acceptPoll(definition.label, answer));
      } catch (error) {
        throw withoutSecrets(asPollError(definition.label, error), secrets);
      }
    },
  };
}

/** The largest answer that can be right: every picture within it, as large as is accepted. */
function answerBytes(maxImageBytes: number, pictures: number): number {
  return Math.ceil((maxImageBytes * pictures * 4) / 3) + JSON_OVERHEAD_BYTES;
}

/** The body of an answer about a task. @throws PictorError, `retryable` unless the service has no such task or does not let us ask */
function acceptPoll(label: string, answer: HttpAnswer): unknown {
  const body = parseBody(answer);
  if (answer.status < 300) return body;
  const error = errorFromAnswer(label, answer.status, body, answer.header('x-request-id'));
  const isFinal = answer.status === 401 || answer.status === 403 || isTaskGone(body);
  const retryAfter = isFinal ? undefined : retryAfterMs(answer, body, Date.now());
  throw new PictorError(error.kind, error.message, {
    status: error.status,
    requestId: error.requestId,
    retryable: !isFinal,
    retryAfterMs: retryAfter,
  });
}

/** A question that did not get through says nothing about the task. */
function asPollError(label: string, error: unknown): unknown {
  if (error instanceof PictorError) return error;
  return new PictorError('unreachable', `${label} cannot be asked about the task (${failureCode(error)}).`, { cause: error, retryable: true });
}

/** JSON where it is JSON, else the text itself: an HTML page of a gateway is an answer too. */
function parseBody(answer: HttpAnswer): unknown {
  const text = answer.body.toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Services like to repeat the key that they refuse. */
function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof PictorError)) return error;
  const message = redact(error.message, secrets);
  return message === error.message ? error : error.withMessage(message);
}
