import { setImmediate } from 'node:timers/promises';

/** Longest time, in ms, for which a list holds everything else up: less than half of what a person notices. */
const SLICE_MS = 15;

/** Results of a function for each item, in their order; whatever else waits comes in between. */
export async function mapInSlices<T, R>(items: readonly T[], work: (item: T, index: number) => R): Promise<R[]> {
  const results: R[] = [];
  let sinceMs = performance.now();
  for (const [index, item] of items.entries()) {
    results.push(work(item, index));
    if (performance.now() - sinceMs < SLICE_MS) continue;
    await setImmediate();
    sinceMs = performance.now();
  }
  return results;
}
