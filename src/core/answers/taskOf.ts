import * as v from 'valibot';
import type { ImageTask } from './answer';
import { taskStatus } from './taskStatus';

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

/** What an answer says about a task. */
export interface NamedTask {
  readonly name: Pick<ImageTask, 'taskId' | 'pollUrl'>;
  /** Whether it says that it is still to come, so that images in it are something else. */
  readonly isPending: boolean;
}

/**
 * Task that an answer names. A field that is called so is enough; a bare `id`, which images have too, is one only where
 * something says that the answer is still to come.
 * @param isAccepted whether the status was 202
 * @param location where the answer's head says that it will be
 */
export function taskOf(body: unknown, isAccepted: boolean, location?: string): NamedTask | undefined {
  const parsed = v.safeParse(BODY, typeof body === 'object' ? body : {});
  if (!parsed.success) return undefined;
  const { id, poll_url, polling_url, status_url, urls, ...named } = parsed.output;
  const pollUrl = [poll_url, polling_url, status_url, urls?.get, location].find(Boolean);
  const isPending = isAccepted || taskStatus(body).phase === 'running';
  const taskId =
    [parsed.output, named.data, named.output, named.result].map(nameIn).find(Boolean) ??
    (isPending || pollUrl !== undefined ? id : undefined) ??
    lastPart(location);
  return taskId ? { name: { taskId, pollUrl }, isPending } : undefined;
}

/** The name of a task that has no other. */
function lastPart(location: string | undefined): string | undefined {
  return location?.split(/[?#]/, 1)[0]?.split('/').findLast(Boolean);
}

function nameIn(place: v.InferOutput<typeof nested>): string | undefined {
  return place && [place.task_id, place.taskId, place.job_id, place.jobId].find(Boolean);
}
