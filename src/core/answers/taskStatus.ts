import * as v from 'valibot';

/** How far a task is, as far as its words are known. */
export type TaskPhase = 'running' | 'done' | 'failed';

/** The words of services for how far a task is, in lower case and without what separates words. */
const WORDS: Readonly<Record<TaskPhase, readonly string[]>> = {
  running: [
    'pending',
    'enqueued',
    'staged',
    'throttled',
    'queued',
    'queueing',
    'queuing',
    'inqueue',
    'waiting',
    'wait',
    'accepted',
    'scheduled',
    'submitted',
    'created',
    'notstart',
    'notstarted',
    'notrunning',
    'starting',
    'started',
    'processing',
    'inprogress',
    'inprocess',
    'running',
    'generating',
    'executing',
  ],
  done: ['completed', 'complete', 'succeeded', 'succeed', 'success', 'successful', 'finished', 'done', 'ready'],
  failed: [
    'failed',
    'failure',
    'fail',
    'error',
    'errored',
    'unsuccessful',
    'createtaskfailed',
    'generatefailed',
    'cancelled',
    'canceled',
    'aborted',
    'terminated',
    'expired',
    'timeout',
    'timedout',
    'rejected',
    'refused',
    'banned',
    'moderated',
    'requestmoderated',
    'contentmoderated',
    'tasknotfound',
  ],
};
const PHASES: ReadonlyMap<string, TaskPhase> = new Map(
  (Object.entries(WORDS) as [TaskPhase, readonly string[]][]).flatMap(([phase, words]) =>
    words.map((word) => [word, phase] as const),
  ),
);

/** Which counts where an answer has several: that of an envelope says less than that of the task in it. */
const BY_WEIGHT: readonly TaskPhase[] = ['failed', 'running', 'done'];

/** Where the word stands, and what may stand around it. */
const STATUS_NAMES = ['status', 'task_status', 'taskStatus', 'state', 'task_state'] as const;
const HOLDERS = ['data', 'output', 'result', 'response', 'task'] as const;
const MAX_DEPTH = 3;

/** What an answer says of a task. */
export interface TaskStatus {
  /** Absent where no word is known. */
  readonly phase?: TaskPhase;
  /** The word itself; empty where there is none. */
  readonly word: string;
  /** What surrounds the word: the reason of a failure stands there too. */
  readonly holder: unknown;
}

const record = v.record(v.string(), v.unknown());

/** Status of a task, wherever in an answer it stands and however it is written. */
export function taskStatus(body: unknown): TaskStatus {
  const found = statusesIn(body, 0);
  for (const phase of BY_WEIGHT) {
    const status = found.findLast((one) => one.phase === phase);
    if (status) return status;
  }
  return found[0] ?? { word: '', holder: body };
}

/** Phase that a word stands for; undefined for one that nobody knows. */
export function phaseOf(word: string): TaskPhase | undefined {
  return PHASES.get(
    word
      .toLowerCase()
      .replace(/[^a-z]/g, '')
      .replace(/^taskstatus/, ''),
  );
}

function statusesIn(value: unknown, depth: number): TaskStatus[] {
  const parsed = v.safeParse(record, value);
  if (!parsed.success || Array.isArray(value) || depth > MAX_DEPTH) return [];
  const body = parsed.output;
  const own = STATUS_NAMES.map((name) => body[name]).filter((word) => typeof word === 'string' && word !== '');
  const inner = HOLDERS.flatMap((name) => {
    const part = body[name];
    // Of a list of several, one image's word is not that of the task.
    return statusesIn(Array.isArray(part) && part.length === 1 ? part[0] : part, depth + 1);
  });
  return [...own.map((word) => ({ word: String(word), phase: phaseOf(String(word)), holder: body })), ...inner];
}
