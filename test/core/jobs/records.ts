import { newJobId } from '../../../src/core/jobs/journal';
import type { JobRecord } from '../../../src/core/jobs/jobRecord';

const ID = newJobId(1_700_000_000_000);

/** A record of a job of LemonData, for tests that look at some parts of it. */
export function record(prompt: string, changes: Partial<JobRecord> = {}): JobRecord {
  return {
    version: 2,
    id: ID,
    createdMs: 1,
    origin: 'prompt',
    state: 'planned',
    history: [{ state: 'planned', atMs: 1 }],
    connection: { provider: 'lemondata', label: 'LemonData', baseUrl: 'https://api.lemondata.cc/v1/' },
    request: { provider: 'lemondata', model: 'flux-pro', prompt, fields: {}, unsupported: [], extra: {} },
    target: {
      root: 'file:///workspace',
      isChosen: false,
      folder: { source: 'pictor', template: 'assets' },
      fileName: '${promptSlug}',
      altText: 'prompt',
      insert: 'after',
      recipe: 'history',
    },
    inputs: [],
    images: [],
    missing: 0,
    ...changes,
  };
}
