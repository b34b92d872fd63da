import { waitForTask } from '../../src/core/jobs/waitForTask';
import type { OpenTaskState } from '../../src/core/providers/provider';

/** How the service's own sample asks: at once, and then at this interval. */
const FIXED_INTERVAL_MS = 3000;
/** Tasks that are seen before anything is measured, and tasks that are measured. */
const WARM_UP = 50;
const MEASURED = 1000;
/** As many durations as Pictor remembers. */
const REMEMBERED = 50;

/** One row of the table. */
export interface CadenceFigures {
  readonly distribution: string;
  /** From "completed at the server" to "known here", in the mean. */
  readonly pictorDelayMs: number;
  readonly fixedDelayMs: number;
  /** In the mean, for each task. */
  readonly pictorRequests: number;
  readonly fixedRequests: number;
}

type Random = () => number;

/** Durations of tasks in milliseconds, as services may have them. */
const DISTRIBUTIONS: Readonly<Record<string, (random: Random) => number>> = {
  'narrow, 60 s ± 3 s': (random) => 60_000 + 3000 * normal(random),
  'wide, 10-120 s': (random) => 10_000 + 110_000 * random(),
  'bimodal, 15 s ± 2 s or 90 s ± 5 s': (random) =>
    random() < 0.5 ? 15_000 + 2000 * normal(random) : 90_000 + 5000 * normal(random),
};

/** Simulates tasks and both ways to ask about them; the same durations for both, and the same in every run. */
export async function benchCadence(): Promise<CadenceFigures[]> {
  const rows: CadenceFigures[] = [];
  for (const [distribution, draw] of Object.entries(DISTRIBUTIONS)) {
    const random = seeded(20_260_101);
    const seenMs: number[] = [];
    const sums = { pictorDelay: 0, fixedDelay: 0, pictorRequests: 0, fixedRequests: 0 };
    for (let task = 0; task < WARM_UP + MEASURED; task++) {
      const durationMs = Math.max(500, Math.round(draw(random)));
      const { knownAtMs, requests } = await ask(durationMs, seenMs);
      seenMs.push(knownAtMs);
      if (seenMs.length > REMEMBERED) seenMs.shift();
      if (task < WARM_UP) continue;
      const intervals = Math.ceil(durationMs / FIXED_INTERVAL_MS);
      sums.pictorDelay += knownAtMs - durationMs;
      sums.pictorRequests += requests;
      sums.fixedDelay += intervals * FIXED_INTERVAL_MS - durationMs;
      sums.fixedRequests += intervals + 1;
    }
    const mean = (sum: number): number => Number((sum / MEASURED).toFixed(1));
    rows.push({
      distribution,
      pictorDelayMs: Math.round(mean(sums.pictorDelay)),
      fixedDelayMs: Math.round(mean(sums.fixedDelay)),
      pictorRequests: mean(sums.pictorRequests),
      fixedRequests: mean(sums.fixedRequests),
    });
  }
  return rows;
}

/** Pictor's own waiting, on a clock that moves only when somebody waits. */
async function ask(durationMs: number, seenMs: readonly number[]): Promise<{ knownAtMs: number; requests: number }> {
  let clock = 0;
  let requests = 0;
  await waitForTask({
    label: 'bench',
    seenMs,
    timeoutMs: 600_000,
    poll: () => {
      requests++;
      return Promise.resolve<OpenTaskState>(
        clock >= durationMs ? { state: 'images', images: [] } : { state: 'running' },
      );
    },
    onRunning: () => undefined,
    onUnknownStatus: () => undefined,
    signal: new AbortController().signal,
    delay: (ms) => {
      clock += ms;
      return Promise.resolve();
    },
    now: () => clock,
  });
  return { knownAtMs: clock, requests };
}

/** The same numbers in every run (mulberry32). */
function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Standard normal (Box and Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
