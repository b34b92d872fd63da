import type { SettingsOverrides } from '../../core/settings/settings';
import { errorOf, type JobRecord } from '../../core/jobs/jobRecord';
import { generateImages } from './generateImages';
import type { JobsDependencies } from './jobsDependencies';
import type { LiveJob } from './jobStore';
import { documentOf, requestAgain } from './prepareJobs';
import { withJob } from './withJob';

/** New requests, with the settings of now; those that were made together are again. They are billed like the first. */
export async function retryJobs(app: JobsDependencies, records: readonly JobRecord[]): Promise<void> {
  const decided: JobRecord[] = [];
  for (const record of records) {
    // The user decides about one of which nobody knows how it went: it must not be offered again, whatever becomes of
    // this one.
    if (record.state !== 'unknown' || (await withJob(app, record.id, decide))) decided.push(record);
  }
  const batches = new Map<string, JobRecord[]>();
  for (const record of decided) {
    const key = record.batchId ?? record.id;
    batches.set(key, [...(batches.get(key) ?? []), record]);
  }
  await Promise.all(
    [...batches.values()].map(async (together) => {
      const requests = [];
      for (const record of together) {
        const anchor = await app.jobs.anchorOf(record);
        requests.push({
          ...requestAgain(record, anchor),
          overrides: withoutRefused(record),
          insteadOf: record.id,
        });
      }
      const [first] = together;
      if (first) await generateImages(app, documentOf(first), requests, first.origin);
    }),
  );
}

/** What belongs to a provider. */
const OF_PROVIDER: ReadonlySet<string> = new Set(['provider', 'customProvider', 'baseUrl', 'model']);

/** What is not there any more is not asked for again: the user has chosen another model, or provider, meanwhile. */
function withoutRefused({ error, overrides }: JobRecord): SettingsOverrides | undefined {
  if (!overrides) return undefined;
  const isGone = (name: string): boolean =>
    error?.successor ? OF_PROVIDER.has(name) : error?.kind === 'unknownModel' && name === 'model';
  return Object.fromEntries(Object.entries(overrides).filter(([name]) => !isGone(name)));
}

/** @returns false where another window has decided, or has found out meanwhile */
async function decide({ job }: LiveJob): Promise<boolean> {
  if (job.record.state !== 'unknown') return false;
  await job.finish('failed', errorOf(job.record));
  return true;
}
