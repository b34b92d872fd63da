import * as v from 'valibot';
import { parseAnswer, type AnswerContext } from '../answers/parseAnswer';
import type { ProviderDefinition, TaskShape } from '../catalog/providers';
import { PictorError } from '../errors';
import { atPointer } from '../jsonPointer';
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
  /** One question about several tasks, where the service takes it. */
  readonly askAll?: (taskIds: readonly string[], baseUrl: URL) => TaskQuestion;
  /** What an answer to `askAll` says about each, by task id; what it says can be read with `read`. */
  readonly readAll?: (body: unknown) => ReadonlyMap<string, unknown>;
  read(body: unknown, context?: AnswerContext): TaskState;
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

const NO_REASON = 'no reason was given';
const OTHER_SHAPE: TaskState = { state: 'running', unknownStatus: 'an answer of another shape' };

/** LemonData, and whoever speaks like it: the same shape as the answer, with a `status`. */
const statusDialect: TaskDialect = {
  ask: ({ taskId, pollUrl }, baseUrl) => ({
    method: 'GET',
    url: sameOrigin(pollUrl || `images/generations/${encodeURIComponent(taskId)}`, baseUrl),
  }),
  read(body, context) {
    const parsed = v.safeParse(STATUS_BODY, body);
    if (!parsed.success) return OTHER_SHAPE;
    const { status, progress, cancelled, error } = parsed.output;
    const name = status?.toLowerCase() ?? '';
    if (FAILED.has(name)) return { state: 'failed', reason: cancelled ? 'it was cancelled' : (error ?? NO_REASON) };
    if (DONE.has(name)) return delivered(body, context);
    return running(name, RUNNING.has(name), progress);
  },
};

const ACE_BODY = v.looseObject({
  response: v.nullish(
    v.looseObject({ success: v.nullish(v.boolean()), error: v.nullish(v.looseObject({ code: optionalString, message: optionalString })) }),
  ),
});
const ACE_BATCH = v.looseObject({ items: v.fallback(v.array(v.fallback(v.nullable(v.looseObject({ id: v.string() })), null)), []) });

/** Ace Data Cloud: a question of its own, free of charge; `{}` means not known yet, `response` that it is over. */
const aceDialect: TaskDialect = {
  ask: ({ taskId }, baseUrl) => ({ method: 'POST', url: new URL('tasks', baseUrl), body: { action: 'retrieve', id: taskId } }),
  askAll: (ids, baseUrl) => ({ method: 'POST', url: new URL('tasks', baseUrl), body: { action: 'retrieve_batch', ids } }),
  readAll(body) {
    const parsed = v.safeParse(ACE_BATCH, body);
    return new Map(parsed.success ? parsed.output.items.flatMap((item) => (item ? [[item.id, item]] : [])) : []);
  },
  read(body, context) {
    const parsed = v.safeParse(ACE_BODY, body);
    if (!parsed.success) return OTHER_SHAPE;
    const { response } = parsed.output;
    if (!response) return { state: 'running' };
    if (response.success === false) return { state: 'failed', reason: response.error?.message || response.error?.code || NO_REASON };
    return delivered(response, context);
  },
};

/** A gateway whose shape the user describes. */
function describedDialect(shape: TaskShape, images: string | undefined): TaskDialect {
  return {
    ask: ({ taskId }, baseUrl) => ({ method: 'GET', url: sameOrigin(shape.poll.replaceAll('{id}', encodeURIComponent(taskId)), baseUrl) }),
    read(body, context) {
      const state = textAt(body, shape.state) ?? '';
      if (shape.failed.includes(state)) return { state: 'failed', reason: (shape.error && textAt(body, shape.error)) || NO_REASON };
      if (shape.done.includes(state)) return delivered(picturesAt(body, images), context);
      return running(state, true, shape.progress && atPointer(body, shape.progress));
    },
  };
}

/** How a provider's tasks are asked about. */
export function taskDialectOf({ id, profile }: Pick<ProviderDefinition, 'id' | 'profile'>): TaskDialect {
  if (profile?.task) return describedDialect(profile.task, profile.images);
  return id === 'acedata' ? aceDialect : statusDialect;
}

/** An answer with its pictures where all services but the user's have them. */
export function picturesAt(body: unknown, images: string | undefined): unknown {
  const found = images === undefined ? undefined : atPointer(body, images);
  return found === undefined ? body : { data: Array.isArray(found) ? found : [found] };
}

/** A text or a number at a pointer, as text. */
export function textAt(body: unknown, pointer: string): string | undefined {
  const value = atPointer(body, pointer);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function running(status: string, isKnown: boolean, progress: unknown): TaskState {
  const percent = typeof progress === 'number' && progress > 0 && progress <= 100 ? progress : undefined;
  return isKnown ? { state: 'running', percent } : { state: 'running', percent, unknownStatus: status || 'none' };
}

function delivered(body: unknown, context: AnswerContext | undefined): TaskState {
  const answer = parseAnswer(body, context);
  return answer?.state === 'images' ? answer : { state: 'failed', reason: 'it ended without a picture' };
}

/** The key goes along with the question, so the question goes nowhere else. */
function sameOrigin(address: string, baseUrl: URL): URL {
  const url = new URL(address, baseUrl);
  if (url.origin === baseUrl.origin) return url;
  throw new PictorError('redirected', `The service wants its task asked about at ${url.origin}. That was not done, since your key would go there too.`);
}
