/** How the services' own samples ask: at once, and then at this interval. We never ask more often in all. */
const FIXED_INTERVAL_MS = 3000;
/** Two questions are never closer than this. */
const MIN_INTERVAL_MS = 1000;
/** Fewer durations than this tell nothing. */
const MIN_SEEN = 3;
/** Durations further apart belong to different kinds of work, such as a small image and a large one. */
const SPLIT_MS = 15_000;
/** The next task may be quicker than any before it, by this share, … */
const HEAD_START = 0.95;
/** … or by far: however unlikely an answer is, it is looked for after this time. */
const MAX_SILENCE_MS = 12_000;

/**
 * When to ask next about a task, in milliseconds after its start.
 *
 * The questions that a fixed loop would have spent while the task can hardly be done are saved, and spent where tasks
 * of its kind usually end: by any moment, no more questions were asked than the fixed loop would have asked.
 * @param elapsedMs since the start of the task
 * @param asked questions so far
 * @param seenMs durations of earlier tasks of the same provider and model, in any order
 */
export function nextPollAt(elapsedMs: number, asked: number, seenMs: readonly number[]): number {
  if (asked === 0) return MIN_INTERVAL_MS;
  const soonest = Math.max(elapsedMs + MIN_INTERVAL_MS, asked * FIXED_INTERVAL_MS);
  const window = likelyWindow(elapsedMs, seenMs);
  if (!window) return soonest;
  if (elapsedMs < window.from) return Math.max(soonest, Math.min(window.from, elapsedMs + MAX_SILENCE_MS));
  // What was saved is spent evenly on what is left of the window.
  const affordable = Math.floor(window.to / FIXED_INTERVAL_MS) + 1 - asked;
  return Math.max(soonest, Math.round(elapsedMs + (window.to - elapsedMs) / Math.max(1, affordable)));
}

/**
 * Where a task that is not done yet will probably end; undefined where nothing is known, or where it takes longer than
 * any before it.
 */
function likelyWindow(elapsedMs: number, seenMs: readonly number[]): { from: number; to: number } | undefined {
  if (seenMs.length < MIN_SEEN) return undefined;
  const sorted = [...seenMs].sort((a, b) => a - b);
  const next = sorted.findIndex((duration) => duration > elapsedMs);
  if (next < 0) return undefined;
  const isApart = (index: number): boolean => (sorted[index] ?? 0) - (sorted[index - 1] ?? 0) > SPLIT_MS;
  let first = next;
  while (first > 0 && !isApart(first)) first--;
  let last = next;
  while (last + 1 < sorted.length && !isApart(last + 1)) last++;
  return { from: Math.round((sorted[first] ?? 0) * HEAD_START), to: sorted[last] ?? 0 };
}

/** The usual duration, for a person; undefined where too little was seen. */
export function usualDurationMs(seenMs: readonly number[]): number | undefined {
  if (seenMs.length < MIN_SEEN) return undefined;
  return [...seenMs].sort((a, b) => a - b)[Math.floor(seenMs.length / 2)];
}
