import { t } from '@vscode/l10n';
import type { PictorError } from '../errors';
import type { JobAction } from './action';
import { errorOf, type JobRecord, type JobState } from './jobRecord';
import { canContinue, hasStaged, isDone, isEndedEarly } from './lifecycle';
import { REMEDIES } from './remedies';
import type { Step } from './step';

export type JobPhase = 'running' | 'waiting' | 'undecided' | 'failed' | 'done';

/** A job as every list, card and message shows it. */
export interface JobView {
  readonly phase: JobPhase;
  /** What became of it so far, in a few words. */
  readonly label: string;
  /** What is being done now, or why it stopped. */
  readonly text: string;
  /** When a pause ends, in ms of the clock. */
  readonly untilMs?: number;
  readonly percent?: number;
  /** What helps with its error, the likeliest first. */
  readonly remedies: readonly JobAction[];
  /** Everything that can be done with it, in the order in which it is offered. */
  readonly actions: readonly JobAction[];
}

/** What a record does not tell of its job. */
export interface JobSituation {
  /** Present while this window works on it. */
  readonly live?: { readonly step?: Step };
  /** Whether something is left to do or to decide; see `Journal`. */
  readonly isOpen: boolean;
  /** Why it stopped in this window, with what is not kept; that of the record, where it is absent. */
  readonly error?: PictorError;
}

const STATE_WORDS: Readonly<Record<JobState, string>> = {
  planned: t('Not sent yet'),
  submitting: t('Being sent'),
  waiting: t('Being drawn'),
  delivered: t('Delivered, not saved yet'),
  saved: t('Saved'),
  linked: t('Saved and linked'),
  failed: t('Failed'),
  cancelled: t('Cancelled'),
  unknown: t('It may have been made and billed'),
};

const OF_IMAGES: readonly JobAction[] = ['open', 'insert', 'copyLink', 'reveal'];

/** What a person sees of a job, and can do with it. */
export function jobView(record: JobRecord, situation: JobSituation): JobView {
  const { live, isOpen } = situation;
  const error = live ? undefined : (situation.error ?? errorOf(record));
  const { text, untilMs, percent } = live
    ? (live.step ?? { text: t('Starting') })
    : { text: textOf(record, isOpen, error) };
  const remedies = error ? remediesOf(record, isOpen, error) : [];
  return {
    phase: phaseOf(record, situation, error),
    label: STATE_WORDS[record.state],
    text,
    untilMs,
    percent,
    remedies,
    actions: live ? ['cancel', ...imageActions(record)] : actionsOf(record, isOpen, remedies),
  };
}

function phaseOf({ state }: JobRecord, { live, isOpen }: JobSituation, error: PictorError | undefined): JobPhase {
  if (live) return state === 'planned' ? 'waiting' : 'running';
  if (state === 'unknown') return 'undecided';
  if (state === 'failed' || state === 'cancelled' || (error && isOpen)) return 'failed';
  return state === 'saved' || state === 'linked' ? 'done' : 'waiting';
}

function textOf({ state }: JobRecord, isOpen: boolean, error: PictorError | undefined): string {
  if (error && state !== 'cancelled') return error.message;
  const isElsewhere = isOpen && !isEndedEarly({ state });
  return isElsewhere ? t('Another window works on it, or nobody does.') : STATE_WORDS[state];
}

/** What helps with an error that no job has. */
export function remediesFor(error: PictorError): JobAction[] {
  return possible([...REMEDIES[error.kind], 'showAnswer', 'showLog'], error, {
    saveAs: false,
    checkAgain: false,
    retry: false,
    retryBilled: false,
    leaveOut: false,
    dismiss: false,
  });
}

/** The actions that have something to work on. */
function possible(
  actions: readonly JobAction[],
  { details }: PictorError,
  ofJob: Readonly<Partial<Record<JobAction, boolean>>>,
): JobAction[] {
  const isPossible: Readonly<Partial<Record<JobAction, boolean>>> = {
    ...ofJob,
    openSetting: details.setting !== undefined,
    useModel: Boolean(details.suggestions?.length),
    useProvider: details.successor !== undefined,
    openInBrowser: details.url !== undefined,
    copyAddress: details.url !== undefined,
    showAnswer: Boolean(details.answer?.trim()),
  };
  return actions.filter((action) => isPossible[action] ?? true);
}

/** The actions that help with the error of a job. */
function remediesOf(record: JobRecord, isOpen: boolean, error: PictorError): JobAction[] {
  const isUnknown = record.state === 'unknown';
  const canCheckAgain = canContinue(record, isOpen);
  const hasNothing = !record.images.some(({ saved }) => saved);
  // Where something is to be had for free, a second submit would only be billed; of an unknown outcome, nobody knows
  // whether there is.
  const canRetry = isEndedEarly(record) && hasNothing && (!canCheckAgain || isUnknown);
  return possible(['saveAs', 'checkAgain', ...REMEDIES[error.kind], 'dismiss', 'showAnswer', 'showLog'], error, {
    saveAs: hasStaged(record),
    checkAgain: canCheckAgain,
    retry: canRetry && !isUnknown,
    retryBilled: canRetry,
    leaveOut: canRetry && (error.details.refusedField?.isUnknown ?? false),
    dismiss: isUnknown,
  });
}

function actionsOf(record: JobRecord, isOpen: boolean, remedies: readonly JobAction[]): JobAction[] {
  const hasRetry = remedies.some((action) => action === 'retry' || action === 'retryBilled');
  const isPossible: readonly (readonly [JobAction, boolean])[] = [
    ['saveAs', hasStaged(record)],
    ['checkAgain', canContinue(record, isOpen)],
    ['retryBilled', isEndedEarly(record) && !hasRetry],
    ['requestMissing', record.missing > 0 && hasAllThatCame(record)],
  ];
  const others = isPossible.flatMap(([action, is]) => (is && !remedies.includes(action) ? [action] : []));
  const first = remedies.filter((action) => action !== 'dismiss');
  return [...first, ...others, ...imageActions(record), ...(isDone(record) ? [] : (['dismiss'] as const))];
}

/** Whether each image that came has its place. */
function hasAllThatCame({ images }: JobRecord): boolean {
  return images.length > 0 && images.every(({ saved }) => saved);
}

function imageActions({ images }: JobRecord): readonly JobAction[] {
  return images.some(({ saved }) => saved) ? OF_IMAGES : [];
}
