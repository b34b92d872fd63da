import { readFileSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a piece of work cost. */
export interface Cost {
  readonly wallMs: number;
  /** Highest resident memory during the work, less what was resident before it. */
  readonly memoryMb: number;
  /** Longest time in which the event loop could do nothing else. */
  readonly pauseMs: number;
}

const RESOLUTION_MS = 1;

/** Measures work in this process. On Linux only: the kernel keeps the peak. */
export async function measure(work: () => Promise<void>): Promise<Cost> {
  globalThis.gc?.();
  // Resets the peak to what is resident now.
  writeFileSync('/proc/self/clear_refs', '5');
  const idleKb = residentKb('VmRSS');
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  const startMs = performance.now();
  await work();
  const wallMs = performance.now() - startMs;
  delays.disable();
  return {
    wallMs,
    memoryMb: (residentKb('VmHWM') - idleKb) / 1024,
    pauseMs: Math.max(0, delays.max / 1e6 - RESOLUTION_MS),
  };
}

function residentKb(field: string): number {
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}
