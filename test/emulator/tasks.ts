import { randomUUID } from 'node:crypto';
import type { Dialect } from './dialects';
import type { ApiAnswer } from './generations';
import type { EmulatedTask, EmulatorState, TaskPlan } from './state';

const isTokenLab = ({ prefix }: Dialect): boolean => prefix.startsWith('/tokenlab');
const isAce = ({ prefix }: Dialect): boolean => prefix.startsWith('/acedata');

/** What of a request is about its task. */
export interface TaskWishes {
  readonly callback_url?: string;
  readonly trace_id?: string;
}

/** Turns a finished answer into a task, and tells about it as the service does. */
export function startTask(
  state: EmulatorState,
  dialect: Dialect,
  finished: ApiAnswer,
  path: string,
  { callback_url: callbackUrl, trace_id: traceId }: TaskWishes,
): ApiAnswer {
  const durationMs = pickDuration(state.plan.durationMs);
  const id = isTokenLab(dialect) ? `ldtask_${randomUUID().replaceAll('-', '')}` : randomUUID();
  const task: EmulatedTask = {
    id,
    traceId: traceId ?? `trace-${id}`,
    answer: finished.body as EmulatedTask['answer'],
    polls: 0,
    startedMs: Date.now(),
    durationMs,
    callbackUrl,
    isTold: false,
  };
  state.tasks.set(task.id, task);
  // A task that is over by time is told when it is; one that waits for questions, with the last of them.
  if (callbackUrl && state.plan.durationMs !== undefined) setTimeout(() => tellCallback(state, task), durationMs);
  const body = isAce(dialect)
    ? { task_id: task.id }
    : {
        created: 1,
        ...(isTokenLab(dialect) && { id: task.id }),
        task_id: task.id,
        status: 'pending',
        poll_url: `${dialect.prefix}${path}/${task.id}`,
        data: isTokenLab(dialect) ? [] : [{ url: '', revised_prompt: '' }],
      };
  return { ...finished, body };
}

/** The answer to a question about a task; undefined for a path that is none. */
export function answerPoll(
  state: EmulatorState,
  dialect: Dialect,
  method: string,
  path: string,
  body: unknown,
): ApiAnswer | undefined {
  if (isAce(dialect))
    return method === 'POST' && path === `${dialect.prefix}/tasks` ? answerAce(state, body) : undefined;
  const id = /^(?:\/images\/generations|\/images|\/tasks)\/([\w-]+)$/.exec(path.slice(dialect.prefix.length))?.[1];
  if (method !== 'GET' || !id) return undefined;
  const task = state.tasks.get(id);
  if (!task) return { status: 404, body: dialect.error(404, 'async_task_not_found', 'The task does not exist.') };
  const common = { created: 1, task_id: id };
  if (isOver(state, task)) {
    const { failure } = state.plan;
    return {
      status: 200,
      body:
        failure || state.plan.cancelled
          ? { ...common, status: 'failed', error: failure, cancelled: state.plan.cancelled }
          : { ...common, ...task.answer, status: 'completed' },
    };
  }
  const status = state.plan.status ?? (task.polls > 1 ? 'processing' : 'pending');
  return {
    status: 200,
    body: { ...common, status, progress: Math.floor((100 * task.polls) / state.plan.polls), data: [{ url: '' }] },
  };
}

function answerAce(state: EmulatorState, body: unknown): ApiAnswer {
  const {
    action,
    id,
    ids,
    trace_id: traceId,
  } = (body ?? {}) as { action?: string; id?: string; ids?: string[]; trace_id?: string };
  if (action === 'retrieve_batch') {
    const items = (ids ?? []).map((one) => aceItem(state, one)).filter((item) => 'id' in item);
    return { status: 200, body: { items, count: items.length } };
  }
  const named = [...state.tasks.values()].find((task) => task.traceId === traceId);
  return { status: 200, body: aceItem(state, named?.id ?? id ?? '') };
}

function aceItem(state: EmulatorState, id: string): object {
  const task = state.tasks.get(id);
  if (!task) return {};
  const item = { id, trace_id: task.traceId, type: 'images', created_at: 1, started_at: 1, request: {} };
  if (!isOver(state, task)) return item;
  return { ...item, finished_at: 2, elapsed: 1, response: aceResponse(state, task) };
}

function aceResponse(state: EmulatorState, { id, answer }: EmulatedTask): object {
  const { failure } = state.plan;
  return failure
    ? { success: false, error: { code: 'api_error', message: failure } }
    : { success: true, task_id: id, ...answer };
}

/** Sends the result where the request wanted it, once. */
function tellCallback(state: EmulatorState, task: EmulatedTask): void {
  if (!task.callbackUrl || task.isTold) return;
  task.isTold = true;
  const { failure } = state.plan;
  const result = failure
    ? { success: false, error: { code: 'api_error', message: failure } }
    : { success: true, data: task.answer };
  const body = JSON.stringify({ ...result, task_id: task.id, trace_id: task.traceId });
  void fetch(task.callbackUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).catch(
    () => undefined,
  );
}

function pickDuration(duration: TaskPlan['durationMs'] = 0): number {
  if (typeof duration === 'number') return duration;
  const [least, most] = duration;
  return least + Math.random() * (most - least);
}

function isOver(state: EmulatorState, task: EmulatedTask): boolean {
  task.polls++;
  const isOverNow = task.polls >= state.plan.polls && Date.now() - task.startedMs >= task.durationMs;
  if (isOverNow) tellCallback(state, task);
  return isOverNow;
}
