import { join } from 'node:path';
import * as vscode from 'vscode';
import { delay } from '../../core/delay';
import { StagingArea } from '../../core/files/staging';
import { Claims, type Claim } from '../../core/coordination/claims';
import { Job } from '../../core/jobs/job';
import type { JobRecord } from '../../core/jobs/jobRecord';
import { Journal } from '../../core/jobs/journal';
import { nodeDisk } from '../../core/jobs/journalDisk';
import { Presence } from '../../core/coordination/presence';
import { Slots } from '../../core/coordination/slots';
import type { Step } from '../../core/jobs/step';
import type { Log } from '../log';
import type { PlaceTracker, TrackedPlace } from '../document/placeTracker';
import { findAgain, snapshot } from './rememberedPlaces';

/** A job that this window works on. */
export interface LiveJob {
  readonly job: Job;
  readonly place: TrackedPlace | undefined;
  readonly staging: StagingArea;
  /** Its user's cancel. */
  readonly controller: AbortController;
  /** What is being done now. */
  step?: Step;
  /** The newest one of a picture that is streamed, and which one it is. */
  preview?: { readonly index: number; readonly bytes: Uint8Array<ArrayBuffer> };
  /** Behind its links, for those of further pictures. */
  next?: TrackedPlace;
}

/** The jobs of this window, and the disk that they share with those of all other windows. */
export class JobStore {
  readonly journal: Journal;
  readonly slots: Slots;
  /** For answers about several jobs at once. */
  readonly sharedStaging: StagingArea;
  readonly #presence: Presence;
  readonly #claims: Claims;
  readonly #staging: StagingArea;
  readonly #live = new Map<string, { live: LiveJob; claim: Claim }>();
  readonly #handled = new Set<string>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #progressed = new vscode.EventEmitter<LiveJob>();
  readonly #ended = new vscode.EventEmitter<JobRecord>();
  /** Fires when a job begins or ends here. */
  readonly onDidChange = this.#changed.event;
  /** Fires with a job of this window that has come a step further. */
  readonly onDidProgress = this.#progressed.event;
  /** Fires with a job that this window has worked on, and has nothing more to do for. */
  readonly onDidEnd = this.#ended.event;

  constructor(
    storage: string,
    private readonly places: PlaceTracker,
    private readonly log: Log,
  ) {
    const directory = join(storage, 'jobs');
    this.journal = new Journal(directory, nodeDisk);
    this.#presence = new Presence(join(directory, 'windows'));
    this.#claims = new Claims(join(directory, 'claims'), this.#presence);
    this.slots = new Slots({
      directory: join(directory, 'queue'),
      presence: this.#presence,
      claims: this.#claims,
      delay,
    });
    this.#staging = new StagingArea(join(storage, 'staging'));
    this.sharedStaging = this.#staging.within(`shared-${this.#presence.id}`);
  }

  /** Those that this window works on now, the oldest first. */
  get running(): readonly LiveJob[] {
    return [...this.#live.values()].map(({ live }) => live);
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
  async open(record: JobRecord, place: TrackedPlace | undefined): Promise<LiveJob> {
    const claim = await this.#claims.claim(record.id);
    if (!claim) throw new Error('a new job cannot be claimed');
    const live = this.add(record, place, claim, false);
    try {
      await live.job.enterStrictly('planned');
    } catch (error) {
      await this.close(live);
      throw error;
    }
    return live;
  }

  /** Takes over a job that nobody works on. @returns undefined where somebody does, or where it is gone */
  async take(id: string, followed?: TrackedPlace): Promise<LiveJob | undefined> {
    const claim = await this.#claims.claim(id);
    if (!claim) return undefined;
    // It may have come further since it was looked at.
    try {
      const record = await this.journal.read(id);
      if (record) return this.add(record, await findAgain(record, this.places, followed), claim, true);
      await claim.release();
      return undefined;
    } catch (error) {
      await claim.release();
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
    if (hasRun) this.#ended.fire(live.job.record);
    await entry?.claim.release();
  }

  /** The window is closing: others may go on at once. */
  async dispose(): Promise<void> {
    this.journal.close();
    for (const { live } of this.#live.values()) live.controller.abort(new vscode.CancellationError());
    for (const emitter of [this.#changed, this.#progressed, this.#ended]) emitter.dispose();
    await this.sharedStaging.clear();
    await this.#presence.stop();
  }

  /** Removes what no job will ask for any more: of jobs that are gone, and of windows that died. */
  async sweep(): Promise<void> {
    const parts = await this.#staging.parts();
    // Only now: a job that begins meanwhile has no folder among these.
    const ids = await this.journal.ids();
    for (const name of parts) {
      const [, owner] = /^shared-(.*)$/.exec(name) ?? [];
      const isUsed = owner === undefined ? ids.has(name) : await this.#presence.isAlive(owner);
      if (!isUsed) await this.#staging.within(name).clear();
    }
  }

  private add(record: JobRecord, place: TrackedPlace | undefined, claim: Claim, isResumed: boolean): LiveJob {
    const job = new Job(record, {
      journal: {
        write: (newest) => this.journal.write(withPlace(newest, live)),
        finish: (newest) => this.journal.finish(withPlace(newest, live)),
        remove: (newest) => this.journal.remove(newest),
      },
      claim,
      now: Date.now,
      onUnrecorded: (error) => this.log.error(error),
      isResumed,
    });
    const live: LiveJob = { job, place, staging: this.#staging.within(record.id), controller: new AbortController() };
    this.#handled.add(record.id);
    this.#live.set(record.id, { live, claim });
    this.#changed.fire();
    return live;
  }
}

/** The user goes on writing: where the place is now is what will be looked for after a crash. */
function withPlace(record: JobRecord, { place, next }: LiveJob): JobRecord {
  // Once a link is there, further ones go behind it.
  const remembered = snapshot(next ?? place);
  const old = record.target.place;
  if (!remembered || !old) return record;
  return {
    ...record,
    target: { ...record.target, place: { ...remembered, isFollowUp: old.isFollowUp || next !== undefined } },
  };
}
