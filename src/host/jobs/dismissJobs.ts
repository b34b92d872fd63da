import { t } from '@vscode/l10n';
import type { JobRecord } from '../../core/jobs/jobRecord';
import { canContinue } from '../../core/jobs/lifecycle';
import { notify } from '../ui/notify';
import type { JobsDependencies } from './jobsDependencies';
import { withJob } from './withJob';

/**
 * Removes jobs from the list. What is saved stays where it is; what is not, is gone with them, so that is asked about.
 */
export async function dismissJobs(app: Pick<JobsDependencies, 'jobs'>, records: readonly JobRecord[]): Promise<void> {
  const { jobs } = app;
  if (records.some((record) => canContinue(record)) && !(await confirmLoss())) return;
  for (const { id } of records) {
    await withJob(app, id, async ({ job, staging }) => {
      // What is saved stays in the gallery.
      const saved = job.record.images.filter((image) => image.saved);
      if (saved.length > 0) await job.finishWith(saved);
      else await job.forget();
      await staging.clear();
      jobs.forget(id);
    });
  }
}

function confirmLoss(): Thenable<boolean> {
  const detail = t('A picture of it is not saved yet, or can still be fetched at no cost. It is paid for.');
  return notify.ask(t('Dismiss this job with its picture?'), detail, t('Dismiss'));
}
