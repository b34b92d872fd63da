import type { AppParts } from '../appParts';
import type { Thumbnails } from '../gallery/thumbnails';
import { readSettings } from '../readSettings';

/** So many finished jobs are kept at most. */
const MAX_RECORDS = 10_000;

/**
 * Lets go of finished jobs that are old or many, and of what nobody will ask for any more. Saved pictures are not
 * touched.
 * @throws PictorError `invalidSetting`
 */
export async function pruneJobs({ jobs }: AppParts, thumbnails: Thumbnails): Promise<void> {
  await jobs.journal.prune({ days: readSettings(undefined).historyDays, records: MAX_RECORDS }, Date.now());
  await jobs.sweep();
  await thumbnails.sweep(await jobs.journal.ids());
}
