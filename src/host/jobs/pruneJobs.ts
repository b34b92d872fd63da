import type { JobsDependencies } from './jobsDependencies';
import { readSettings } from '../settings/readSettings';

/** So many finished jobs are kept at most. */
const MAX_RECORDS = 10_000;

/**
 * Lets go of finished jobs that are old or many, and of what nobody will ask for any more. Saved images are not
 * touched.
 * @param sweepFor removes what belongs to none of the jobs with these ids
 * @throws PictorError `invalidSetting`
 */
export async function pruneJobs(
  { jobs }: Pick<JobsDependencies, 'jobs'>,
  sweepFor: (ids: ReadonlySet<string>) => Promise<void>,
): Promise<void> {
  await jobs.journal.prune({ days: readSettings(undefined).historyDays, records: MAX_RECORDS }, Date.now());
  await jobs.sweep();
  await sweepFor(await jobs.journal.ids());
}
