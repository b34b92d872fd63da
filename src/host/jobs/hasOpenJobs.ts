import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether an earlier window, or another one, left a job with something to do or to decide. Cheap: it runs at every start. */
export async function hasOpenJobs(storage: string): Promise<boolean> {
  const names = await readdir(join(storage, 'jobs', 'open')).catch(() => []);
  return names.some((name) => name.endsWith('.json'));
}
