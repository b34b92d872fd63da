import { t } from '@vscode/l10n';
import * as v from 'valibot';
import { isErrorBody } from '../answers/errorFacts';
import { parseAnswer, type AnswerContext } from '../answers/parseAnswer';
import { asImages } from '../answers/readAnswer';
import { taskStatus } from '../answers/taskStatus';
import type { Provider, TaskShape } from '../catalog/providers';
import { PictorError } from '../errors';
import { sameOrigin } from '../http/sameOrigin';
import { atPointer } from '../jsonPointer';
import type { ImageTask } from '../answers/answer';
import type { TaskState } from './provider';

/** How a service is asked about a task. */
export interface TaskQuestion {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly body?: object;
}

/** What differs between services that answer with tasks. */
export interface TaskDialect {
  /** @throws PictorError `invalidSetting` for an address that is not the service's own */
  ask(task: ImageTask, baseUrl: URL): TaskQuestion;
  /** One question about several tasks, where the service takes it. */
  readonly askAll?: (taskIds: readonly string[], baseUrl: URL) => TaskQuestion;
  /** What an answer to `askAll` says about each, by task id; what it says can be read with `read`. */
  readonly readAll?: (body: unknown) => ReadonlyMap<string, unknown>;
  read(body: unknown, context?: AnswerContext): TaskState;
}

/** What is odd in one field must not hide what the others say. */
const STATUS_BODY = v.looseObject({
  progress: v.optional(v.unknown()),
  percent: v.optional(v.unknown()),
  cancelled: v.fallback(v.optional(v.boolean()), undefined),
});

const OTHER_SHAPE: TaskState = { state: 'running', unknownStatus: 'an answer of another shape' };

/** Where LemonData, and whoever speaks like it, is asked about a task that names no address. */
const TASK_PATH = 'images/generations';

/** The same shape as the answer, with a `status`. @param path where a task is asked about that names no address */
function statusDialect(path: string): TaskDialect {
  return {
    ask({ taskId, pollUrl }, baseUrl) {
      const documented = new URL(`${path}/${encodeURIComponent(taskId)}`, baseUrl);
      // An address elsewhere is not asked, since the key would go there too.
      return { method: 'GET', url: (pollUrl && sameOrigin(pollUrl, baseUrl)) || documented };
    },
    read: readStatus,
  };
}

function readStatus(body: unknown, context?: AnswerContext): TaskState {
  if (typeof body !== 'object' || body === null) return OTHER_SHAPE;
  const { phase, word, holder } = taskStatus(body);
  const own = v.safeParse(STATUS_BODY, holder);
  const { progress, percent, cancelled } = own.success ? own.output : {};
  if (phase === 'failed') return { state: 'failed', error: cancelled ? t('it was cancelled') : reason(body, holder) };
  if (phase === 'done') return delivered(body, context);
  const running = { state: 'running', percent: percentOf(progress ?? percent) } as const;
  if (phase === 'running') return running;
  // Whatever its state is called: where there are images, it is done.
  const answer = parseAnswer(body, { ...context, onlyListed: word !== '' });
  if (answer?.state === 'images') return answer;
  if (word === '' && isErrorBody(body)) return { state: 'failed', error: body };
  return { ...running, unknownStatus: word.toLowerCase() || 'none' };
}

/** What stands around the word for a failure is closer to the matter than what stands around that. */
function reason(body: object, holder: unknown): object {
  return holder === body ? body : { ...body, error: holder };
}

const ACE_BODY = v.looseObject({
  response: v.fallback(
    v.nullish(
      v.looseObject({ success: v.fallback(v.optional(v.boolean()), undefined), error: v.optional(v.unknown()) }),
    ),
    undefined,
  ),
});
const ACE_BATCH = v.looseObject({
  items: v.fallback(v.array(v.fallback(v.nullable(v.looseObject({ id: v.string() })), null)), []),
});

/** Ace Data Cloud: a question of its own, free of charge; `{}` means not known yet, `response` that it is over. */
const aceDialect: TaskDialect = {
  ask: ({ taskId }, baseUrl) => ({
    method: 'POST',
    url: new URL('tasks', baseUrl),
    body: { action: 'retrieve', id: taskId },
  }),
  askAll: (ids, baseUrl) => ({
    method: 'POST',
    url: new URL('tasks', baseUrl),
    body: { action: 'retrieve_batch', ids },
  }),
  readAll(body) {
    const parsed = v.safeParse(ACE_BATCH, body);
    return new Map(parsed.success ? parsed.output.items.flatMap((item) => (item ? [[item.id, item]] : [])) : []);
  },
  read(body, context) {
    const parsed = v.safeParse(ACE_BODY, body);
    if (!parsed.success) return OTHER_SHAPE;
    const { response } = parsed.output;
    if (!response) return { state: 'running' };
    if (response.success === false) return { state: 'failed', error: response.error };
    return delivered(response, context);
  },
};

/** Whether what Ace Data Cloud says of a task is its last word. */
export function isOver(item: unknown): boolean {
  const parsed = v.safeParse(ACE_BODY, item);
  return parsed.success && Boolean(parsed.output.response);
}

/** A gateway whose shape the user describes; what runs is not among it, so every other state is named. */
function describedDialect(shape: TaskShape, images: string | undefined): TaskDialect {
  return {
    ask({ taskId }, baseUrl) {
      const url = sameOrigin(shape.poll.replaceAll('{id}', encodeURIComponent(taskId)), baseUrl);
      if (url) return { method: 'GET', url };
      throw new PictorError(
        'invalidSetting',
        t('The address of tasks in pictor.customProviders leads elsewhere, and your key would go there too.'),
        { setting: 'pictor.customProviders' },
      );
    },
    read(body, context) {
      const state = textAt(body, shape.state) ?? '';
      if (shape.failed.includes(state)) return { state: 'failed', error: shape.error && atPointer(body, shape.error) };
      if (shape.done.includes(state)) return delivered(imagesAt(body, images), context);
      return {
        state: 'running',
        percent: percentOf(shape.progress && atPointer(body, shape.progress)),
        unknownStatus: state || 'none',
      };
    },
  };
}

/** How a provider's tasks are asked about. */
export function taskDialectOf({
  id,
  profile,
  taskPath = TASK_PATH,
}: Pick<Provider, 'id' | 'profile' | 'taskPath'>): TaskDialect {
  if (profile?.task) return describedDialect(profile.task, profile.images);
  return id === 'acedata' ? aceDialect : statusDialect(taskPath);
}

/** An answer with its images where all services but the user's have them. */
export function imagesAt(body: unknown, images: string | undefined): unknown {
  if (images === undefined) return body;
  // Behind a star, what each item of a list has: `/output/*/image_url`.
  const [list = '', inItem] = images.split('/*', 2);
  const found = atPointer(body, list);
  if (found === undefined) return body;
  const items: readonly unknown[] = Array.isArray(found) ? found : [found];
  return { data: inItem === undefined ? items : items.map((item) => atPointer(item, inItem)) };
}

/** A text or a number at a pointer, as text. */
export function textAt(body: unknown, pointer: string): string | undefined {
  const value = atPointer(body, pointer);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** From a number, or a text such as `40%`. */
function percentOf(progress: unknown): number | undefined {
  const percent = typeof progress === 'string' ? Number.parseFloat(progress) : progress;
  return typeof percent === 'number' && percent > 0 && percent <= 100 ? percent : undefined;
}

function delivered(body: unknown, context: AnswerContext | undefined): TaskState {
  const answer = parseAnswer(body, context);
  if (answer?.state === 'images') return answer;
  // A shape that nobody foresaw: what looks like an image and was paid for is looked at.
  const staged = context?.staged ?? [];
  return staged.length > 0 ? { state: 'images', images: asImages(staged) } : { state: 'empty' };
}
