import type { JobRecord } from '../../core/jobs/jobRecord';
import { beginJobs } from './generateImages';
import { failureOf } from './jobOutcome';
import type { JobsDependencies } from './jobsDependencies';
import { documentOf, requestAgain } from './prepareJobs';
import { runJobs } from './runJobs';
import { withJob } from './withJob';

/**
 * Asks for the images that did not come, one after the other: each link goes behind the one before it.
 * @throws PictorError, vscode.CancellationError
 */
export async function requestMissing(app: JobsDependencies, record: JobRecord): Promise<void> {
  const anchor = await app.jobs.anchorOf(record);
  app.jobs.forget(record.id);
  // Whatever becomes of them, they are not asked for a second time.
  const isOurs = await withJob(app, record.id, ({ job }) => job.finishWith(job.record.images));
  if (!isOurs) return anchor?.dispose();
  let next = { ...requestAgain(record, anchor), isFollowUp: record.images.some(({ isLinked }) => isLinked), count: 1 };
  for (let left = record.missing; left > 0; left--) {
    const works = await beginJobs(app, documentOf(record), [next], record.origin);
    for (const { live } of works) live.keepsAnchor = true;
    const [outcome] = await runJobs(app, works);
    if (!outcome?.result || failureOf(outcome) !== undefined) return;
    next = { ...next, anchor: await app.jobs.anchorOf(outcome.record), isFollowUp: true };
    app.jobs.forget(outcome.record.id);
  }
  next.anchor?.dispose();
}
