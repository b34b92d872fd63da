import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How often a window looks whether another one has left something undone. */
const LOOK_MS = 10_000;

/**
 * Calls `resume` at the start, and from time to time, where there are jobs with something to do or to decide. It is
 * cheap, since it is a part of what every window loads: a look at the names in one folder.
 */
export function watchOpenJobs(storage: string, resume: () => Promise<void>): { dispose(): void } {
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;
  const look = async (): Promise<void> => {
    const names = await readdir(join(storage, 'jobs', 'open')).catch(() => []);
    if (names.some((name) => name.endsWith('.json'))) await resume().catch(() => undefined);
    if (!isDisposed) timer = setTimeout(() => void look(), LOOK_MS);
  };
  void look();
  return {
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
    },
  };
}
