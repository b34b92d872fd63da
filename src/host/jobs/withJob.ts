import { t } from '@vscode/l10n';
import { notify } from '../ui/notify';
import type { JobsDependencies } from './jobsDependencies';
import type { LiveJob } from './jobStore';

/** Works on a job that stands still. Where another window works on it, that is said. */
export async function withJob<T>(
  { jobs }: Pick<JobsDependencies, 'jobs'>,
  id: string,
  work: (live: LiveJob) => Promise<T>,
): Promise<T | undefined> {
  const live = await jobs.take(id);
  if (!live) {
    void notify.info(t('Another window works on this job.'));
    return undefined;
  }
  try {
    return await work(live);
  } finally {
    live.anchor?.dispose();
    await jobs.close(live);
  }
}
