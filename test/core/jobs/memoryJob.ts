import type { ProviderDefinition } from '../../../src/core/catalog/providers';
import { Job } from '../../../src/core/jobs/job';
import type { JobRecord } from '../../../src/core/jobs/jobRecord';
import { newJobId } from '../../../src/core/jobs/journal';
import { planJob } from '../../../src/core/jobs/planJob';
import type { ImageRequest } from '../../../src/core/request/composeRequest';

/** A job without a disk under it; `onWrite` is told each version of its record. */
export function memoryJob(record: JobRecord, { isResumed = false, onWrite = (): void => undefined }: { isResumed?: boolean; onWrite?: (record: JobRecord) => void } = {}): Job {
  const write = (newest: JobRecord): Promise<void> => {
    onWrite(newest);
    return Promise.resolve();
  };
  return new Job(record, { journal: { write, finish: write, remove: () => Promise.resolve() }, claim: { isMine: () => Promise.resolve(true) }, now: Date.now, onUnrecorded: () => undefined, isResumed });
}

/** A record for a request, for tests that look at nothing else of it. */
export function planned({ id: provider, label }: ProviderDefinition, request: ImageRequest, baseUrl = 'https://api.example/v1/'): JobRecord {
  const target = { root: 'file:///workspace', isChosen: false, folder: { source: 'pictor', template: 'assets' }, fileName: '${promptSlug}', altText: 'prompt', insert: 'after', recipe: 'history' } as const;
  return planJob({ id: newJobId(Date.now()), service: { provider, label, baseUrl }, request, target }, Date.now());
}
