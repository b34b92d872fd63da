import * as vscode from 'vscode';
import { isOutOfHand } from '../../core/jobs/job';
import type { JobResult } from '../../core/jobs/jobParts';
import { canContinue, hasStaged, type JobRecord } from '../../core/jobs/jobRecord';
import { requestOf } from '../../core/jobs/planJob';
import type { Ways } from '../../core/remedies';
import { pictureCount } from '../../core/request/composeRequest';
import type { JobsDependencies } from './jobsDependencies';
import type { TrackedPlace } from '../document/placeTracker';
import { showError } from '../ui/showError';
import { fillMissing } from './fillMissing';
import type { LiveJob } from './jobStore';

/**
 * What is left to do for a job that this window has worked on: what failed is shown with what helps, and pictures that
 * did not come may be asked for. Never rejects; do not wait for it, since it waits for the user.
 */
export async function settleJob(
  app: JobsDependencies,
  live: LiveJob,
  outcome: PromiseSettledResult<JobResult>,
): Promise<void> {
  const { record } = live.job;
  try {
    const place = live.next ?? live.place;
    if (outcome.status === 'rejected') return await offerRemedies(app, { record, place }, outcome.reason);
    const { failures, missing, saved } = outcome.value;
    const [first, ...others] = failures.filter((failure) => !(failure instanceof vscode.CancellationError));
    for (const failure of others) report(app, failure);
    if (first !== undefined) return await offerRemedies(app, { record, place }, first, saved.length === 0);
    if (missing > 0)
      await fillMissing(
        app,
        live,
        pictureCount(requestOf(record)),
        missing,
        (run) => void settleJob(app, run.live, run.outcome),
      );
  } catch (error) {
    if (!(error instanceof vscode.CancellationError)) report(app, error);
  } finally {
    live.place?.dispose();
    live.next?.dispose();
  }
}

/** What can be done for a job that has come to an end, or to a halt. */
export function waysFor(record: JobRecord, canRetry: boolean): Ways {
  return {
    canRetry,
    canCheckAgain: canContinue(record),
    canSaveAs: hasStaged(record),
    canDismiss: record.state === 'unknown',
  };
}

/** A job that came to a halt, and its place as far as it was followed. */
interface Stopped {
  readonly record: JobRecord;
  readonly place?: TrackedPlace;
}

/** Shows why a job stopped, and does what the user picks. */
export async function offerRemedies(
  app: JobsDependencies,
  { record, place }: Stopped,
  reason: unknown,
  canRetry = true,
): Promise<void> {
  if (reason instanceof vscode.CancellationError || isOutOfHand(reason)) return;
  app.log.error(reason);
  app.form.showFailure(record, reason);
  if (app.form.isVisible && record.instead) return;
  const wish = await showError(reason, app.keys.known, waysFor(record, canRetry));
  if (wish) await app.actOn(wish, record.id, place);
}

function report(app: Pick<JobsDependencies, 'keys' | 'log'>, failure: unknown): void {
  if (isOutOfHand(failure)) return;
  app.log.error(failure);
  void showError(failure, app.keys.known);
}
