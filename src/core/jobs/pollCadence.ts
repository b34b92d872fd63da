/** The loop that the services' own samples use; we never ask more often in all. */
const FIXED_INTERVAL_MS = 3000;
/** Two questions are never closer than this. */
const MIN_INTERVAL_MS = 1000;
/** Fewer durations than this tell nothing. */
const MIN_SEEN = 3;
/** Only this share of the seen durations was shorter: before that, an answer is unlikely. */
const EARLY_SHARE = 0.05;
/** A little before the shortest usual duration, since the next one may be shorter still. */
const HEAD_START = 0.95;

/**
 * When to ask next about a task, in milliseconds after its start.
 *
 * The questions that a fixed loop would have spent while the task cannot be done yet are saved, and spent close together when it
 * may be done: by any moment, no more questions were asked than the fixed loop would have asked.
 * @param elapsedMs since the start of the task
 * @param asked questions so far
 * @param seenMs durations of earlier tasks of the same provider and model, in any order
 */
export function nextPollAt(elapsedMs: number, asked: number, seenMs: readonly number[]): number {
  if (asked === 0) return MIN_INTERVAL_MS;
  const affordable = asked * FIXED_INTERVAL_MS;
  const soonest = Math.max(elapsedMs + MIN_INTERVAL_MS, affordable);
  return Math.max(soonest, earliestLikely(seenMs));
}

function earliestLikely(seenMs: readonly number[]): number {
  if (seenMs.length < MIN_SEEN) return 0;
  const sorted = [...seenMs].sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length * EARLY_SHARE)] ?? 0) * HEAD_START);
}

/** The usual duration, for a person; undefined where too little was seen. */
export function usualDurationMs(seenMs: readonly number[]): number | undefined {
  if (seenMs.length < MIN_SEEN) return undefined;
  return [...seenMs].sort((a, b) => a - b)[Math.floor(seenMs.length / 2)];
}
