import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { delay } from '../../../src/core/delay';
import { Claims } from '../../../src/core/coordination/claims';
import { Presence } from '../../../src/core/coordination/presence';
import { Slots } from '../../../src/core/coordination/slots';

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
    const presence = new Presence(path.join(this.directory, 'windows'), parts, () => this.nowMs);
    const claims = new Claims(path.join(this.directory, 'claims'), presence);
    const slots = new Slots({
      directory: path.join(this.directory, 'queue'),
      presence,
      claims,
      delay: (_ms, signal) => this.pause(pid, signal),
    });
    return { presence, claims, slots };
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
  readonly presence: Presence;
  readonly claims: Claims;
  readonly slots: Slots;
}

/** One turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
