import { errorFrom } from '../../core/errors';
import type { JobRecord } from '../../core/jobs/jobRecord';
import { jobView } from '../../core/jobs/jobView';
import { isOutOfHand } from '../../core/jobs/job';
import { showError } from '../ui/showError';
import { announce } from './announce';
import { isShownByForm } from './isShownByForm';
import { failureOf, type JobOutcome } from './jobOutcome';
import type { JobsDependencies } from './jobsDependencies';
import { offerMissing } from './offerMissing';

/** Tells what came of one job, with what helps. Do not wait for it, since it waits for the user. */
export async function reportOutcome(app: JobsDependencies, outcome: JobOutcome): Promise<void> {
  const { record, result } = outcome;
  if (result) announce(app, record, result);
  const failure = failureOf(outcome);
  if (failure !== undefined) return reportFailure(app, record, failure, result?.failures);
  if (result && result.missing > 0) await offerMissing(app, record, result.missing);
}

/** Shows why a job stopped, where the form does not, and does what the user picks. @param all what else went wrong */
export async function reportFailure(
  app: JobsDependencies,
  record: JobRecord,
  failure: unknown,
  all: readonly unknown[] = [failure],
): Promise<void> {
  for (const one of all) if (!isOutOfHand(one)) app.log.error(one);
  if (!all.includes(failure)) app.log.error(failure);
  if (isShownByForm(app, record)) return;
  const isOpen = await app.jobs.journal.isOpen(record.id);
  const { remedies } = jobView(record, { isOpen, error: errorFrom(failure) });
  const picked = await showError(failure, app.keys.known, remedies);
  if (picked) await app.actOn(picked.action, [record.id], picked.model);
}
