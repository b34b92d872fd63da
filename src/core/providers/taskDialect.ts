import * as v from 'valibot';
import type { ProviderId } from '../catalog/providers';
import { PictorError } from '../errors';
import { parseAnswer } from './parseAnswer';
import type { ImageTask, TaskState } from './provider';

/** How a service is asked about a task. */
export interface TaskQuestion {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly body?: object;
}

/** What differs between services that answer with tasks. */
export interface TaskDialect {
  /** @throws PictorError `redirected` for an address that is not the service's own */
  ask(task: ImageTask, baseUrl: URL): TaskQuestion;
  read(body: unknown): TaskState;
}

const optionalString = v.nullish(v.string());
const errorText = v.union([v.string(), v.pipe(v.looseObject({ message: v.string() }), v.transform(({ message }) => message))]);

const STATUS_BODY = v.looseObject({
  status: optionalString,
  progress: v.nullish(v.number()),
  cancelled: v.nullish(v.boolean()),
  error: v.nullish(errorText),
});

/** States of a task that runs; any other that is not final is taken for running too, but named. */
const RUNNING = new Set(['pending', 'queued', 'processing', 'in_progress', 'running']);
const DONE = new Set(['completed', 'succeeded', 'success']);
const FAILED = new Set(['failed', 'error', 'cancelled', 'canceled']);

/** LemonData, and whoever speaks like it: the same shape as the answer, with a `status`. */
const statusDialect: TaskDialect = {
  ask: ({ taskId, pollUrl }, baseUrl) => ({
    method: 'GET',
    url: sameOrigin(pollUrl || `images/generations/${encodeURIComponent(taskId)}`, baseUrl),
  }),
  read(body) {
    const parsed = v.safeParse(STATUS_BODY, body);
    if (!parsed.success) return { state: 'running', unknownStatus: 'an answer of another shape' };
    const { status, progress, cancelled, error } = parsed.output;
    const name = status?.toLowerCase() ?? '';
    if (FAILED.has(name)) return { state: 'failed', reason: cancelled ? 'it was cancelled' : (error ?? 'no reason was given') };
    if (DONE.has(name)) return delivered(body);
    const percent = typeof progress === 'number' && progress > 0 && progress <= 100 ? progress : undefined;
    return RUNNING.has(name) ? { state: 'running', percent } : { state: 'running', percent, unknownStatus: name || 'none' };
  },
};

const ACE_BODY = v.looseObject({
  response: v.nullish(
    v.looseObject({ success: v.nullish(v.boolean()), error: v.nullish(v.looseObject({ code: optionalString, message: optionalString })) }),
  ),
});

/** Ace Data Cloud: a question of its own, free of charge; `{}` means not known yet, `response` that it is over. */
const aceDialect: TaskDialect = {
  ask: ({ taskId }, baseUrl) => ({ method: 'POST', url: new URL('tasks', baseUrl), body: { action: 'retrieve', id: taskId } }),
  read(body) {
    const parsed = v.safeParse(ACE_BODY, body);
    if (!parsed.success) return { state: 'running', unknownStatus: 'an answer of another shape' };
    const { response } = parsed.output;
    if (!response) return { state: 'running' };
    if (response.success === false) {
      return { state: 'failed', reason: response.error?.message || response.error?.code || 'no reason was given' };
    }
    return delivered(response);
  },
};

/** How a provider's tasks are asked about. */
export function taskDialectOf(provider: ProviderId): TaskDialect {
  return provider === 'acedata' ? aceDialect : statusDialect;
}

function delivered(body: unknown): TaskState {
  const answer = parseAnswer(body);
  return answer?.state === 'images' ? answer : { state: 'failed', reason: 'it ended without a picture' };
}

/** The key goes along with the question, so the question goes nowhere else. */
function sameOrigin(address: string, baseUrl: URL): URL {
  const url = new URL(address, baseUrl);
  if (url.origin === baseUrl.origin) return url;
  throw new PictorError('redirected', `The service wants its task asked about at ${url.origin}. That was not done, since your key would go there too.`);
}
