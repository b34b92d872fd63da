import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { delay } from '../../../src/core/delay';
import { Leases } from '../../../src/core/coordination/leases';
import { Heartbeat } from '../../../src/core/coordination/heartbeat';
import { Semaphore } from '../../../src/core/coordination/semaphore';

/** Processes that share a folder; their beats and their clock are in the hands of the test. */
export class Neighbours {
  readonly directory = mkdtempSync(path.join(tmpdir(), 'pictor-claims-'));
  readonly running = new Set<number>();
  readonly #beats = new Map<number, () => void>();
  nowMs = 0;

  /** @param host another one than `here` is a machine whose processes nobody here can see */
  start(pid: number, host = 'here'): Neighbour {
    if (host === 'here') this.running.add(pid);
    const parts = {
      pid,
      host,
      isRunning: (other: number) => this.running.has(other),
      repeat: (beat: () => void) => {
        this.#beats.set(pid, beat);
        return () => this.#beats.delete(pid);
      },
    };
    const heartbeat = new Heartbeat(path.join(this.directory, 'windows'), parts, () => this.nowMs);
    const leases = new Leases(path.join(this.directory, 'claims'), heartbeat);
    const semaphore = new Semaphore({
      directory: path.join(this.directory, 'queue'),
      heartbeat,
      leases,
      delay: (_ms, signal) => this.pause(pid, signal),
    });
    return { heartbeat, leases, semaphore };
  }

  /** Of the dead, nothing goes on. */
  private async pause(pid: number, signal: AbortSignal): Promise<void> {
    do await delay(1, signal);
    while (!this.running.has(pid));
  }

  beat(pid: number): void {
    this.#beats.get(pid)?.();
  }

  kill(pid: number): void {
    this.running.delete(pid);
    this.#beats.delete(pid);
  }
}

export interface Neighbour {
  readonly heartbeat: Heartbeat;
  readonly leases: Leases;
  readonly semaphore: Semaphore;
}

/** One turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
