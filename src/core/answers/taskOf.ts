import * as v from 'valibot';
import type { ImageTask } from './answer';

const text = v.fallback(v.optional(v.string()), undefined);
/** Names of tasks are texts, also where a service writes them as numbers. */
const name = v.fallback(
  v.optional(
    v.pipe(
      v.union([v.string(), v.number()]),
      v.transform((value) => String(value)),
    ),
  ),
  undefined,
);
const NAMED = { task_id: name, taskId: name, job_id: name, jobId: name };
const nested = v.fallback(v.optional(v.looseObject(NAMED)), undefined);

const BODY = v.looseObject({
  ...NAMED,
  id: name,
  status: text,
  task_status: text,
  state: text,
  poll_url: text,
  polling_url: text,
  status_url: text,
  urls: v.fallback(v.optional(v.looseObject({ get: text })), undefined),
  data: v.fallback(
    v.optional(
      v.union([
        v.pipe(
          v.array(nested),
          v.transform(([first]) => first),
        ),
        v.looseObject(NAMED),
      ]),
    ),
    undefined,
  ),
  output: nested,
  result: nested,
});

/** States of a task that is not over, as services call them; in lower case. */
const PENDING: ReadonlySet<string> = new Set([
  'pending',
  'queued',
  'in_queue',
  'processing',
  'in_progress',
  'running',
  'starting',
  'submitted',
  'created',
]);

/**
 * Task that an answer without images names. A field that is called so is enough; a bare `id`, which images have too, is
 * one only where something says that the answer is still to come.
 * @param isAccepted whether the status was 202
 */
export function taskOf(body: unknown, isAccepted: boolean): Pick<ImageTask, 'taskId' | 'pollUrl'> | undefined {
  const parsed = v.safeParse(BODY, body);
  if (!parsed.success) return undefined;
  const { id, status, task_status, state, poll_url, polling_url, status_url, urls, ...named } = parsed.output;
  const pollUrl = [poll_url, polling_url, status_url, urls?.get].find(Boolean);
  const isPending = PENDING.has((status ?? task_status ?? state ?? '').toLowerCase());
  const taskId =
    [parsed.output, named.data, named.output, named.result].map(nameIn).find(Boolean) ??
    (isAccepted || isPending || pollUrl !== undefined ? id : undefined);
  return taskId ? { taskId, pollUrl } : undefined;
}

function nameIn(place: v.InferOutput<typeof nested>): string | undefined {
  return place && [place.task_id, place.taskId, place.job_id, place.jobId].find(Boolean);
}
