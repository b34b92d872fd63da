import * as v from 'valibot';
import { PictorError, type ErrorKind } from '../errors';

const ERROR_OBJECT = v.looseObject({
  message: v.nullish(v.string()),
  code: v.nullish(v.union([v.string(), v.number()])),
});
const ERROR_BODY = v.looseObject({
  error: v.nullish(v.union([v.string(), ERROR_OBJECT])),
  message: v.nullish(v.string()),
});

/** Longest text of a service that goes into a sentence. */
const MAX_MESSAGE_CHARACTERS = 300;

/** Codes that mean an empty purse, whatever status they come with: waiting does not help. */
const NO_CREDIT = new Set([
  'insufficient_quota',
  'quota_exceeded',
  'insufficient_balance',
  'billing_hard_limit_reached',
]);

interface StatusMeaning {
  readonly kind: ErrorKind;
  readonly sentence: string;
  readonly retryable: boolean;
}

const BY_STATUS: Readonly<Record<number, StatusMeaning>> = {
  401: { kind: 'unauthorized', sentence: 'does not accept the API key', retryable: false },
  402: { kind: 'forbidden', sentence: 'says that there is no credit left', retryable: false },
  403: { kind: 'forbidden', sentence: 'does not allow this request', retryable: false },
  404: { kind: 'rejected', sentence: 'does not know this model or address', retryable: false },
  413: { kind: 'rejected', sentence: 'says that the request is too large', retryable: false },
  429: { kind: 'rateLimited', sentence: 'asks to slow down', retryable: true },
};
const SERVER_ERROR: StatusMeaning = {
  kind: 'unavailable',
  sentence: 'failed; the picture may have been made and billed all the same',
  retryable: true,
};
const CLIENT_ERROR: StatusMeaning = { kind: 'rejected', sentence: 'refused the request', retryable: false };

/** Whether an answer says that there is no credit: sending again cannot help. */
export function isOutOfCredit(body: unknown): boolean {
  return NO_CREDIT.has(readError(body).code);
}

/** Whether a body tells of an error, whatever its status: some gateways answer 200 to everything. */
export function isErrorBody(body: unknown): boolean {
  const parsed = v.safeParse(ERROR_BODY, body);
  return parsed.success && Boolean(parsed.output.error);
}

/** Whether a service says that it does not have a task any more. */
export function isTaskGone(body: unknown): boolean {
  return readError(body).code === 'async_task_not_found';
}

/** The error that an answer means, by its code, its status and its words. */
export function errorFromAnswer(label: string, status: number, body: unknown, requestId?: string): PictorError {
  const { message, code } = readError(body);
  const noCredit = NO_CREDIT.has(code);
  const meaning = (noCredit ? BY_STATUS[402] : BY_STATUS[status]) ?? (status >= 500 ? SERVER_ERROR : CLIENT_ERROR);
  const said = message ? `: ${shorten(message)}` : '.';
  return new PictorError(meaning.kind, `${label} ${meaning.sentence} (${code || status})${said}`, {
    status,
    requestId,
    retryable: meaning.retryable,
  });
}

function readError(body: unknown): { message: string; code: string } {
  if (typeof body === 'string') return { message: body.trimStart().startsWith('<') ? '' : body, code: '' };
  const parsed = v.safeParse(ERROR_BODY, body);
  if (!parsed.success) return { message: '', code: '' };
  const { error, message } = parsed.output;
  if (typeof error === 'string') return { message: error, code: '' };
  return { message: error?.message ?? message ?? '', code: String(error?.code ?? '') };
}

function shorten(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim();
  return line.length > MAX_MESSAGE_CHARACTERS ? `${line.slice(0, MAX_MESSAGE_CHARACTERS - 1)}…` : line;
}
