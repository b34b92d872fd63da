import { join } from 'node:path';
import * as vscode from 'vscode';
import { delay } from '../../core/delay';
import type { PictorError } from '../../core/errors';
import { StagingArea } from '../../core/files/staging';
import { Leases, type Lease } from '../../core/coordination/leases';
import { Job } from '../../core/jobs/job';
import type { JobRecord } from '../../core/jobs/jobRecord';
import { Journal } from '../../core/jobs/journal';
import { nodeDisk } from '../../core/jobs/journalDisk';
import { Heartbeat } from '../../core/coordination/heartbeat';
import { Semaphore } from '../../core/coordination/semaphore';
import type { Step } from '../../core/jobs/step';
import type { Log } from '../log';
import type { AnchorTracker, TrackedAnchor } from '../document/anchorTracker';
import { Batches, type Batch } from './batches';
import { findAgain, snapshot } from './rememberedAnchors';

/** Anchors of jobs that have ended are followed for so many of them; older ones are found by what stands around them. */
const MAX_KEPT_ANCHORS = 50;

/** A job that came to a halt in this window, and why. */
export interface StoppedJob {
  readonly record: JobRecord;
  readonly error: PictorError;
}

/** A job that this window works on. */
export interface LiveJob {
  readonly job: Job;
  readonly anchor: TrackedAnchor | undefined;
  /** Of what was delivered: after a crash, what lies there is taken for an answer. */
  readonly staging: StagingArea;
  /** Of what is sent along. */
  readonly inputs: StagingArea;
  /** Its user's cancel. */
  readonly controller: AbortController;
  /** Whether the link of another request goes behind its own. */
  keepsAnchor?: boolean;
  /** The jobs that were asked for together with it. */
  batch?: Batch;
  /** What is being done now. */
  step?: Step;
  /** The newest one of an image that is streamed, and which one it is. */
  preview?: { readonly index: number; readonly bytes: Uint8Array<ArrayBuffer> };
  /** Behind its links, for those of further images. */
  next?: TrackedAnchor;
}

/** A job that this window has nothing more to do for. */
export interface ClosedJob {
  readonly job: Job;
  /** Whether it was worked on, and not only looked at or put away. */
  readonly hasRun: boolean;
}

/** The jobs of this window, and the disk that they share with those of all other windows. */
export class JobStore {
  readonly journal: Journal;
  readonly semaphore: Semaphore;
  /** For answers about several jobs at once. */
  readonly sharedStaging: StagingArea;
  readonly #heartbeat: Heartbeat;
  readonly #leases: Leases;
  readonly #staging: StagingArea;
  readonly #inputs: StagingArea;
  readonly #live = new Map<string, { live: LiveJob; lease: Lease }>();
  readonly #handled = new Set<string>();
  readonly #stopped = new Map<string, StoppedJob>();
  readonly #kept = new Map<string, TrackedAnchor>();
  readonly batches = new Batches();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #progressed = new vscode.EventEmitter<LiveJob>();
  readonly #closed = new vscode.EventEmitter<ClosedJob>();
  /** Fires when a job begins or ends here. */
  readonly onDidChange = this.#changed.event;
  /** Fires with a job of this window that has come a step further. */
  readonly onDidProgress = this.#progressed.event;
  /** Fires with a job that this window has nothing more to do for. */
  readonly onDidClose = this.#closed.event;

  constructor(
    storage: string,
    private readonly anchors: AnchorTracker,
    private readonly log: Log,
  ) {
    const directory = join(storage, 'jobs');
    this.journal = new Journal(directory, nodeDisk);
    this.#heartbeat = new Heartbeat(join(directory, 'windows'));
    this.#leases = new Leases(join(directory, 'claims'), this.#heartbeat);
    this.semaphore = new Semaphore({
      directory: join(directory, 'queue'),
      heartbeat: this.#heartbeat,
      leases: this.#leases,
      delay,
    });
    this.#staging = new StagingArea(join(storage, 'staging'));
    this.#inputs = new StagingArea(join(storage, 'inputs'));
    this.sharedStaging = this.#staging.within(`shared-${this.#heartbeat.id}`);
  }

  /** Those that this window works on now, the oldest first. */
  get running(): readonly LiveJob[] {
    return [...this.#live.values()].map(({ live }) => live);
  }

  /** Those that came to a halt here and are still shown, the newest last. */
  get stopped(): readonly StoppedJob[] {
    return [...this.#stopped.values()];
  }

  isRunning(id: string): boolean {
    return this.#live.has(id);
  }

  /** A job has come to a halt. */
  stop({ record }: Pick<Job, 'record'>, error: PictorError): void {
    this.#stopped.delete(record.id);
    this.#stopped.set(record.id, { record, error });
    this.#changed.fire();
  }

  /** Nothing more is shown of a job that stopped, and its anchor is let go. */
  forget(id: string): void {
    this.#kept.get(id)?.dispose();
    this.#kept.delete(id);
    if (this.#stopped.delete(id)) this.#changed.fire();
  }

  /** Lets go of the anchor of a job that ends. @param isKept whether the job may go on, or be asked for again */
  releaseAnchor({ job, anchor, next }: LiveJob, isKept: boolean): void {
    const { id } = job.record;
    this.#kept.get(id)?.dispose();
    this.#kept.delete(id);
    const followed = isKept ? (next ?? anchor) : undefined;
    for (const one of [anchor, next]) if (one !== followed) one?.dispose();
    if (!followed) return;
    this.#kept.set(id, followed);
    const [oldest] = this.#kept;
    if (oldest && this.#kept.size > MAX_KEPT_ANCHORS) {
      oldest[1].dispose();
      this.#kept.delete(oldest[0]);
    }
  }

  /** The anchor of a job that is not worked on, as it was followed or found again. The caller disposes of it. */
  anchorOf(record: JobRecord): Promise<TrackedAnchor | undefined> {
    return findAgain(record, this.anchors, this.#kept.get(record.id));
  }

  /** Whether this window has worked on a job, or told of it: what is left of it is up to the user. */
  hasHandled(id: string): boolean {
    return this.#handled.has(id);
  }

  /** The user has been told of a job. */
  setHandled(id: string): void {
    this.#handled.add(id);
  }

  /** Puts a new job on disk. @throws PictorError `notSaved`: nothing may be sent then */
  async open(record: JobRecord, anchor: TrackedAnchor | undefined): Promise<LiveJob> {
    const lease = await this.#leases.acquire(record.id);
    if (!lease) throw new Error('a new job has no lease');
    const live = this.add(record, anchor, lease, false);
    try {
      await live.job.enterStrictly('planned');
    } catch (error) {
      await this.close(live);
      throw error;
    }
    return live;
  }

  /** Takes over a job that nobody works on. @returns undefined where somebody does, or where it is gone */
  async take(id: string): Promise<LiveJob | undefined> {
    const lease = await this.#leases.acquire(id);
    if (!lease) return undefined;
    // It may have come further since it was looked at.
    try {
      const record = await this.journal.read(id);
      if (record) return this.add(record, await this.anchorOf(record), lease, true);
      await lease.release();
      return undefined;
    } catch (error) {
      await lease.release();
      throw error;
    }
  }

  /** What is seen of a job that runs has changed. */
  report(live: LiveJob, seen: Pick<LiveJob, 'step' | 'preview'>): void {
    Object.assign(live, seen);
    this.#progressed.fire(live);
  }

  /**
   * This window has nothing more to do for it.
   * @param hasRun whether it was worked on, and not only looked at or put away
   */
  async close(live: LiveJob, hasRun = false): Promise<void> {
    const { id } = live.job.record;
    const entry = this.#live.get(id);
    this.#live.delete(id);
    this.#changed.fire();
    if (hasRun && !live.job.record.error) this.#stopped.delete(id);
    this.#closed.fire({ job: live.job, hasRun });
    await entry?.lease.release();
  }

  /** The window is closing: others may go on at once. */
  async dispose(): Promise<void> {
    this.journal.close();
    for (const { live } of this.#live.values()) live.controller.abort(new vscode.CancellationError());
    for (const emitter of [this.#changed, this.#progressed, this.#closed]) emitter.dispose();
    await this.sharedStaging.clear();
    await this.#heartbeat.stop();
  }

  /** Removes what no job will ask for any more: of jobs that are gone, and of windows that died. */
  async sweep(): Promise<void> {
    const staged = await this.#staging.folders();
    const sent = await this.#inputs.folders();
    // Only now: a job that begins meanwhile has no folder among these.
    const ids = await this.journal.ids();
    for (const name of staged) {
      const [, owner] = /^shared-(.*)$/.exec(name) ?? [];
      const isUsed = owner === undefined ? ids.has(name) : await this.#heartbeat.isAlive(owner);
      if (!isUsed) await this.#staging.within(name).clear();
    }
    for (const name of sent) if (!ids.has(name)) await this.#inputs.within(name).clear();
  }

  private add(record: JobRecord, anchor: TrackedAnchor | undefined, lease: Lease, isResumed: boolean): LiveJob {
    const job = new Job(record, {
      journal: {
        write: (newest) => this.journal.write(withAnchor(newest, live)),
        finish: (newest) => this.journal.finish(withAnchor(newest, live)),
        remove: (newest) => this.journal.remove(newest),
      },
      lease,
      now: Date.now,
      onUnrecorded: (error) => this.log.error(error),
      isResumed,
    });
    const live: LiveJob = {
      job,
      anchor,
      staging: this.#staging.within(record.id),
      inputs: this.#inputs.within(record.id),
      controller: new AbortController(),
    };
    this.#handled.add(record.id);
    this.#live.set(record.id, { live, lease });
    this.#changed.fire();
    return live;
  }
}

/** The user goes on writing: where the place is now is what will be looked for after a crash. */
function withAnchor(record: JobRecord, { anchor, next }: LiveJob): JobRecord {
  // Once a link is there, further ones go behind it.
  const remembered = snapshot(next ?? anchor);
  const old = record.target.anchor;
  if (!remembered || !old) return record;
  return {
    ...record,
    target: { ...record.target, anchor: { ...remembered, isFollowUp: old.isFollowUp || next !== undefined } },
  };
}
