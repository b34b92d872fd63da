import { t } from '@vscode/l10n';
import { errorText, PictorError } from '../errors';
import { isOutOfHand, type Job } from './job';
import type { JobDependencies } from './jobDependencies';
import { errorOf } from './jobRecord';
import { canContinue, hasStaged } from './lifecycle';
import { isOutcomeUnknown } from './obtainImages';

/** The last word about a job whose images came. */
export async function endJob(
  job: Job,
  { staging, signal }: JobDependencies,
  failures: readonly unknown[],
  isLinked: boolean,
): Promise<void> {
  const lost = job.record.images.some(({ saved, source }) => !saved && source.kind === 'gone')
    ? new PictorError('downloadFailed', t('A picture came, and could not be kept.'))
    : undefined;
  const failure = oneOf(failures) ?? lost;
  // What is here and has no place yet is kept, for the user and for the next start.
  if (hasStaged(job.record)) await job.pause('delivered', failure);
  else {
    const done = isLinked ? 'linked' : 'saved';
    const early = failure === undefined && signal.aborted ? 'cancelled' : 'failed';
    const state = failures.length === 0 && !lost ? done : early;
    if (await job.finish(state, failure)) await staging.clear();
    if (state === done && job.record.target.recipe === 'none') await job.forget();
  }
}

/** All that went wrong, as one error of the kind of the first. */
function oneOf(failures: readonly unknown[]): PictorError | undefined {
  const [first, ...others] = failures.filter((one) => one instanceof PictorError);
  const messages = new Set([first, ...others].flatMap((one) => one?.message ?? []));
  return messages.size > 1 ? first?.withMessage([...messages].join(' ')) : first;
}

/** The last word about a job without images. */
export async function endWithoutImages(job: Job, { staging, signal }: JobDependencies, error: unknown): Promise<void> {
  if (isOutOfHand(error)) return;
  const known = error instanceof PictorError ? error : undefined;
  const { state } = job.record;
  // A question about one of which nobody knows how it went may be cancelled, or fail: that decides nothing.
  const isUndecided =
    state === 'unknown' || (state === 'submitting' && (job.isResumed || (!signal.aborted && isOutcomeUnknown(error))));
  if (isUndecided) {
    await job.pause('unknown', isOutcomeUnknown(error) ? error : errorOf(job.record));
    // What was whole of it has been taken out.
    await staging.clear();
  } else if (hasStaged(job.record)) await job.pause('delivered', known);
  else {
    const isRecorded = await job.finish(
      signal.aborted ? 'cancelled' : 'failed',
      known ?? new PictorError('badAnswer', errorText(error)),
    );
    if (isRecorded && !canContinue(job.record)) await staging.clear();
  }
}
