import type { Provider } from '../../../src/core/catalog/providers';
import { Job } from '../../../src/core/jobs/job';
import type { JobRecord } from '../../../src/core/jobs/jobRecord';
import { newJobId } from '../../../src/core/jobs/journal';
import { planJob } from '../../../src/core/jobs/planJob';
import type { ImageRequest } from '../../../src/core/request/composeRequest';

/** What a job without a disk under it tells. Whatever throws is a disk that refuses. */
export interface MemoryJobOptions {
  readonly isResumed?: boolean;
  /** Told each version of the record. */
  readonly onWrite?: (record: JobRecord) => void;
  /** Told the last version, after `onWrite`. */
  readonly onFinish?: (record: JobRecord) => void;
  readonly onRemove?: (id: string) => void;
  readonly onUnrecorded?: (error: unknown) => void;
  readonly isMine?: () => boolean;
}

/** A disk takes its time: whoever does not wait for it is found out. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A job without a disk under it. */
export function memoryJob(record: JobRecord, options: MemoryJobOptions = {}): Job {
  const {
    isResumed = false,
    onWrite = () => undefined,
    onFinish = () => undefined,
    onRemove = () => undefined,
    onUnrecorded = () => undefined,
    isMine = () => true,
  } = options;
  const journal = {
    write: async (newest: JobRecord) => {
      await turn();
      onWrite(newest);
    },
    finish: async (newest: JobRecord) => {
      await turn();
      onFinish(newest);
      onWrite(newest);
    },
    remove: async ({ id }: Pick<JobRecord, 'id'>) => {
      await turn();
      onRemove(id);
    },
  };
  return new Job(record, {
    journal,
    lease: { isMine: () => Promise.resolve(isMine()) },
    now: Date.now,
    onUnrecorded,
    isResumed,
  });
}

/** A record for a request, for tests that look at nothing else of it. */
export function planned(
  { id: provider, label }: Provider,
  request: ImageRequest,
  baseUrl = 'https://api.example/v1/',
): JobRecord {
  const target = {
    root: 'file:///workspace',
    isChosen: false,
    folder: { source: 'pictor', template: 'assets' },
    fileName: '${promptSlug}',
    altText: 'prompt',
    insert: 'after',
    recipe: 'history',
  } as const;
  const connection = { provider, label, baseUrl };
  return planJob({ id: newJobId(Date.now()), origin: 'prompt', connection, request, target }, Date.now());
}
