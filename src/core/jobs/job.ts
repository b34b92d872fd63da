import { t } from '@vscode/l10n';
import { errorText, PictorError } from '../errors';
import type { Lease } from '../coordination/leases';
import { JournalClosedError, type Journal } from './journal';
import { recordError, type JobImage, type JobRecord, type JobState } from './jobRecord';

/** Another process has taken this one for dead, and goes on with the job. */
class TakenOverError extends Error {
  override readonly name = 'TakenOverError';
}

/** Whether this process has nothing more to say about a job. */
export function isOutOfHand(error: unknown): boolean {
  return error instanceof TakenOverError || error instanceof JournalClosedError;
}

type Changes = Partial<Omit<JobRecord, 'version' | 'id' | 'createdMs' | 'state' | 'history'>>;

export interface JobOptions {
  readonly journal: Pick<Journal, 'write' | 'finish' | 'remove'>;
  /** What says that this process works on the job, and no other. */
  readonly lease: Pick<Lease, 'isMine'>;
  readonly now: () => number;
  /** Told of a step that could not be recorded: what is delivered goes on to its place all the same. */
  readonly onUnrecorded: (error: unknown) => void;
  /** Whether it was begun by another process. */
  readonly isResumed?: boolean;
}

/** A record that this process works on. */
export class Job {
  #record: JobRecord;
  #writing: Promise<void> = Promise.resolve();
  #kept: 'open' | 'done' | 'none' | undefined;

  constructor(
    record: JobRecord,
    private readonly options: JobOptions,
  ) {
    this.#record = record;
  }

  get record(): JobRecord {
    return this.#record;
  }

  /** Where this process has put it: with what is left to do or to decide, with what is over, or nowhere any more. */
  get kept(): 'open' | 'done' | 'none' | undefined {
    return this.#kept;
  }

  get isResumed(): boolean {
    return this.options.isResumed ?? false;
  }

  /**
   * The first version on disk, or the one before something is sent.
   * @throws PictorError `notSaved` where it cannot be written: nothing may be sent then; see also `isOutOfHand`
   */
  async enterStrictly(state: 'planned' | 'submitting'): Promise<void> {
    const before = this.#record;
    this.set(state, { error: undefined });
    try {
      if (this.isWorthWriting(state)) await this.write('write');
    } catch (cause) {
      this.#record = before;
      if (isOutOfHand(cause)) throw cause;
      throw new PictorError(
        'notSaved',
        t(
          'The request could not be written down ({reason}), and its picture could be lost. Nothing was sent. Is there room on the disk?',
          { reason: errorText(cause) },
        ),
        { cause },
      );
    }
  }

  /**
   * The next step is done.
   * @returns whether it is on disk
   * @throws only where this process has lost the job, like all that follow
   */
  enter(state: JobState, changes: Changes = {}): Promise<boolean> {
    this.set(state, changes);
    return this.isWorthWriting(state) ? this.tryWrite('write') : Promise.resolve(true);
  }

  /** A fact about one image. */
  setImage(index: number, changes: Partial<JobImage>): Promise<boolean> {
    const images = this.#record.images.map((image) => (image.index === index ? { ...image, ...changes } : image));
    const isSaved = images.every(({ saved }) => saved);
    this.set(isSaved ? 'saved' : this.#record.state, { images });
    return this.tryWrite('write');
  }

  /** The job is over, with or without an error. */
  async finish(state: JobState, error?: PictorError): Promise<boolean> {
    const wasSent = this.#record.state !== 'planned';
    this.set(state, { error: error && recordError(error) });
    const isRecorded = await this.tryWrite('finish');
    // It would be sent at the next start, after the user was told that it was not. There is always room for less.
    if (!isRecorded && !wasSent) await this.options.journal.remove(this.#record);
    return isRecorded;
  }

  /** The job is over with these images; the others are given up. */
  finishWith(images: readonly JobImage[]): Promise<boolean> {
    this.set('saved', { images: [...images], missing: 0 });
    return this.finish(images.every(({ isLinked }) => isLinked) ? 'linked' : 'saved');
  }

  /** Nothing of the job is kept: its images are at their place, and that is all that is wanted. */
  async forget(): Promise<void> {
    this.#kept = 'none';
    await this.options.journal.remove(this.#record).catch((error: unknown) => this.options.onUnrecorded(error));
  }

  /** The job waits for the user, or for the next start. */
  pause(state: JobState, error?: PictorError): Promise<boolean> {
    this.set(state, { error: error && recordError(error) });
    return this.tryWrite('write');
  }

  /** What this machine draws itself costs nothing: only that it was asked for, and its images, are worth a write. */
  private isWorthWriting(state: JobState): boolean {
    return this.#record.connection.baseUrl !== undefined || (state !== 'submitting' && state !== 'delivered');
  }

  private set(state: JobState, changes: Changes): void {
    const { history } = this.#record;
    const isNew = history.at(-1)?.state !== state;
    this.#record = {
      ...this.#record,
      ...changes,
      state,
      history: isNew ? [...history, { state, atMs: this.options.now() }] : history,
    };
  }

  private async tryWrite(how: 'write' | 'finish'): Promise<boolean> {
    try {
      await this.write(how);
      return true;
    } catch (error) {
      if (isOutOfHand(error)) throw error;
      this.options.onUnrecorded(error);
      return false;
    }
  }

  /** One after the other: a later version must not be overtaken by an earlier one. */
  private write(how: 'write' | 'finish'): Promise<void> {
    const { journal, lease } = this.options;
    const written = this.#writing.then(async () => {
      if (!(await lease.isMine())) throw new TakenOverError(`Another window goes on with ${this.#record.id}`);
      await journal[how](this.#record);
      this.#kept = how === 'finish' ? 'done' : 'open';
    });
    this.#writing = written.catch(() => undefined);
    return written;
  }
}
