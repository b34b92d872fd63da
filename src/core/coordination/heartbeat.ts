import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { isCode } from '../files/isCode';

/** How often a process shows that it lives, and how often another one looks. */
export const BEAT_MS = 2000;

/**
 * So many looks in a row at the same beat: its process is dead. Counted, not timed: no clock that jumps, and no sleep,
 * can mislead.
 */
const DEAD_AFTER_LOOKS = 15;

const BEAT = v.object({ pid: v.number(), host: v.string(), beat: v.number() });

export interface HeartbeatOptions {
  readonly pid: number;
  readonly host: string;
  /** Whether a process of this machine lives. */
  readonly isRunning: (pid: number) => boolean;
  /** Calls `beat` at times until the returned function is called. */
  readonly repeat: (beat: () => void) => () => void;
}

const NODE_OPTIONS: HeartbeatOptions = {
  pid: process.pid,
  host: hostname(),
  isRunning: (pid) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return !isCode(error, 'ESRCH');
    }
  },
  repeat: (beat) => {
    const timer = setInterval(beat, BEAT_MS);
    timer.unref();
    return () => clearInterval(timer);
  },
};

/**
 * Who lives among the processes that share a folder. Each shows it by a file with a number that grows; a process of
 * this machine that does not exist any more is known for dead at once.
 */
export class Heartbeat {
  /** Of this process. */
  readonly id = randomUUID();
  readonly #looks = new Map<string, { beat: number; looks: number; lastMs: number }>();
  #beat = 0;
  #entered = 0;
  /** When this process has shown that it lives, in ms of the monotonic clock. */
  #shownMs = -Infinity;
  #stop: (() => void) | undefined;

  constructor(
    private readonly directory: string,
    private readonly options: HeartbeatOptions = NODE_OPTIONS,
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {}

  /**
   * Shows that this process lives, from before it has anything that others could take until `leave` is called as often
   * as this.
   */
  async enter(): Promise<void> {
    // Whoever has something already has just shown it, or will within a beat.
    if (this.#entered === 0 || this.monotonicMs() - this.#shownMs > BEAT_MS) await this.show();
    // A beat that is lost is made up for by the next one.
    if (this.#entered++ === 0) this.#stop = this.options.repeat(() => void this.show().catch(() => undefined));
  }

  /** This process has one thing less that others could take. While it has none, its disk may sleep. */
  leave(): void {
    if (--this.#entered === 0) this.#stop?.();
  }

  /** Nothing of this process is left: what it had is free at once. */
  async stop(): Promise<void> {
    this.#stop?.();
    await rm(this.fileOf(this.id), { force: true });
  }

  async isAlive(id: string): Promise<boolean> {
    if (id === this.id) return true;
    const seen = await this.read(id);
    if (!seen) return false;
    if (seen === 'unreadable') return this.look(id, -1);
    if (seen.host === this.options.host && !this.options.isRunning(seen.pid)) {
      await rm(this.fileOf(id), { force: true });
      return false;
    }
    return this.look(id, seen.beat);
  }

  private look(id: string, beat: number): boolean {
    const nowMs = this.monotonicMs();
    const last = this.#looks.get(id);
    if (last?.beat !== beat) {
      this.#looks.set(id, { beat, looks: 0, lastMs: nowMs });
      return true;
    }
    // Several questions within one beat are one look.
    if (nowMs - last.lastMs >= BEAT_MS) this.#looks.set(id, { beat, looks: last.looks + 1, lastMs: nowMs });
    return last.looks < DEAD_AFTER_LOOKS;
  }

  private async show(): Promise<void> {
    const { pid, host } = this.options;
    await mkdir(this.directory, { recursive: true });
    await writeFile(this.fileOf(this.id), JSON.stringify({ pid, host, beat: this.#beat++ }));
    this.#shownMs = this.monotonicMs();
  }

  private async read(id: string): Promise<v.InferOutput<typeof BEAT> | 'unreadable' | undefined> {
    try {
      const parsed = v.safeParse(BEAT, JSON.parse(await readFile(this.fileOf(id), 'utf8')));
      return parsed.success ? parsed.output : 'unreadable';
    } catch (error) {
      // It may just be written.
      return isCode(error, 'ENOENT') ? undefined : 'unreadable';
    }
  }

  private fileOf(id: string): string {
    return join(this.directory, `${id}.json`);
  }
}
