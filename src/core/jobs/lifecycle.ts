import type { JobImage, JobRecord, JobState } from './jobRecord';

/**
 * Step that a job goes on with: `poll` also looks for a request whose answer was lost, `decide` is the user's, and
 * after `none` there is nothing left to do.
 */
export type NextStep = 'submit' | 'poll' | 'fetch' | 'save' | 'link' | 'decide' | 'none';

/** Ends at which a person may want the same once more. */
const ENDED_EARLY: ReadonlySet<JobState> = new Set<JobState>(['failed', 'cancelled', 'unknown']);

/** Answers of which the addresses may have expired, or that were too large for the limit of then. */
const ASKED_ANEW: ReadonlySet<JobState> = new Set<JobState>(['failed', 'waiting']);

/**
 * Next step of a job that nobody works on: the one answer to "what next". All but `submit` is free, and `submit` is
 * where nothing but this machine draws.
 * @param isOpen whether something was left to do or to decide when the record was written; see `Journal`
 */
export function nextStep(record: JobRecord, isOpen = true): NextStep {
  const { state } = record;
  if (state === 'planned') return 'submit';
  const isFree = record.connection.baseUrl === undefined;
  if (record.images.length === 0 && isFree && !ENDED_EARLY.has(state)) return 'submit';
  if (state === 'submitting' || needsAnswer(record)) return 'poll';
  const unsaved = record.images.filter(({ saved }) => !saved);
  if (unsaved.some(({ source }) => source.kind === 'url')) return 'fetch';
  if (unsaved.some(isStaged)) return 'save';
  if (state === 'unknown') return 'decide';
  return isOpen && !isEndedEarly(record) ? 'link' : 'none';
}

/** Whether going on with a job brings something, and costs nothing. */
export function canContinue(record: JobRecord, isOpen = false): boolean {
  return FREE_STEPS.has(nextStep(record, isOpen));
}

const FREE_STEPS: ReadonlySet<NextStep> = new Set<NextStep>(['poll', 'fetch', 'save', 'link']);

/** Whether a job ended before its images were at their place; of `unknown`, nobody knows. */
export function isEndedEarly({ state }: Pick<JobRecord, 'state'>): boolean {
  return ENDED_EARLY.has(state);
}

/** Whether an image is here, and has no place yet. */
export function hasStaged({ images }: Pick<JobRecord, 'images'>): boolean {
  return images.some((image) => !image.saved && isStaged(image));
}

/** Whether nothing is left of a job but its images. */
export function isDone({ state, images }: Pick<JobRecord, 'state' | 'images'>): boolean {
  return (state === 'saved' || state === 'linked') && images.every(({ saved }) => saved);
}

function isStaged({ source }: Pick<JobImage, 'source'>): boolean {
  return source.kind === 'staged';
}

/** Whether images are to be had by asking about the task, since there is nothing of them here. */
function needsAnswer(record: JobRecord): boolean {
  const { task, error, images, request, state } = record;
  const unsaved = images.filter(({ saved }) => !saved);
  const isLacking =
    images.length === 0 ||
    unsaved.some(({ source }) => source.kind === 'gone') ||
    (ASKED_ANEW.has(state) && unsaved.some(({ source }) => source.kind === 'url'));
  const hasTask = task !== undefined && !error?.isTaskOver;
  const canBeFound = state === 'unknown' && request.extra.trace_id !== undefined;
  return isLacking && (hasTask || canBeFound);
}
