import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lease, Leases } from './leases';
import { isCode } from '../files/isCode';
import type { Heartbeat } from './heartbeat';

/** How often another window is looked at whether it has let go of a permit. */
const LOOK_MS = 250;

export interface SemaphoreOptions {
  /** For the tickets of those who wait. */
  readonly directory: string;
  readonly heartbeat: Heartbeat;
  readonly leases: Leases;
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** So many jobs at once, by all windows together. Those that wait take turns in the order of their ids. */
export class Semaphore {
  /** Those of this window that wait, with what wakes them. Only the first of them looks around. */
  readonly #waiting = new Map<string, () => void>();

  constructor(private readonly options: SemaphoreOptions) {}

  /**
   * Waits for a permit.
   * @param id sorts by its time, see `newJobId`
   * @param max read anew at every look: the setting may be changed meanwhile
   * @throws the reason of `signal`
   */
  async acquire(id: string, max: () => number, signal: AbortSignal, onQueued: () => void): Promise<Lease> {
    const { directory, heartbeat } = this.options;
    const ticket = join(directory, id);
    await heartbeat.enter();
    this.#waiting.set(id, () => undefined);
    try {
      await mkdir(directory, { recursive: true });
      await writeFile(ticket, heartbeat.id);
      for (let looks = 0; ; looks++) {
        signal.throwIfAborted();
        const lease = this.isFirstHere(id) && (await this.isNext(id)) ? await this.acquireAny(max()) : undefined;
        if (lease) return this.waking(lease);
        if (looks === 0) onQueued();
        await this.pause(id, signal);
      }
    } finally {
      this.#waiting.delete(id);
      // One that cannot be removed would be in the way of all others: it is emptied, and so nobody’s.
      await rm(ticket, { force: true, maxRetries: 3 }).catch(() => writeFile(ticket, '').catch(() => undefined));
      heartbeat.leave();
      this.wake();
    }
  }

  private async acquireAny(max: number): Promise<Lease | undefined> {
    for (let number = 1; number <= max; number++) {
      const lease = await this.options.leases.acquire(`slot-${number}`);
      if (lease) return lease;
    }
    return undefined;
  }

  private isFirstHere(id: string): boolean {
    return [...this.#waiting.keys()].every((other) => other >= id);
  }

  /** Whether nobody who lives, in whatever window, has waited for longer. */
  private async isNext(id: string): Promise<boolean> {
    const { directory, heartbeat } = this.options;
    for (const name of (await readdir(directory)).sort()) {
      if (name === id) return true;
      const ticket = join(directory, name);
      const owner = await readFile(ticket, 'utf8').catch((error: unknown) =>
        isCode(error, 'ENOENT') ? '' : Promise.reject(error as Error),
      );
      if (owner && (await heartbeat.isAlive(owner))) return false;
      if (owner) await rm(ticket, { force: true });
    }
    return true;
  }

  /** Until something has changed here, or it is time to look whether something has elsewhere. */
  private async pause(id: string, signal: AbortSignal): Promise<void> {
    const controller = new AbortController();
    const stop = (): void => controller.abort();
    signal.addEventListener('abort', stop, { once: true });
    this.#waiting.set(id, stop);
    try {
      if (this.isFirstHere(id)) await this.options.delay(LOOK_MS, controller.signal).catch(() => undefined);
      else
        await new Promise<void>((resolve) =>
          controller.signal.addEventListener('abort', () => resolve(), { once: true }),
        );
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  private waking(lease: Lease): Lease {
    return {
      isMine: () => lease.isMine(),
      release: async () => {
        await lease.release();
        this.wake();
      },
    };
  }

  /** The first one looks around. */
  private wake(): void {
    for (const [id, stop] of this.#waiting) if (this.isFirstHere(id)) stop();
  }
}
