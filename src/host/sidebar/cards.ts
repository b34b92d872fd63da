import { t } from '@vscode/l10n';
import { parseSize } from '../../core/catalog/sizes';
import { errorText, PictorError } from '../../core/errors';
import { errorOf, promptOf, type JobRecord } from '../../core/jobs/jobRecord';
import type { Ways } from '../../core/remedies';
import type { CardAction, CardButton, JobCard } from '../../protocol';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import type { Gallery, MadePicture } from '../gallery/gallery';
import { allButtons, applyRemedy, type Button } from '../ui/showError';
import type { LiveJob } from '../jobs/jobStore';
import { belongsHere } from '../jobs/belongsHere';
import { tellSetAside } from '../jobs/resumeJobs';
import { waysFor } from '../jobs/settleJob';

/** A job that stopped in this window, and why. */
interface Stopped {
  readonly record: JobRecord;
  readonly error: PictorError;
}

/** The jobs that a person may want to watch or to decide about. */
export class Cards {
  readonly #stopped = new Map<string, Stopped>();
  /** Jobs with several pictures, with the one that was picked, if one was. */
  readonly #picks = new Map<string, string | undefined>();
  /** Jobs that other windows work on, or that wait for a decision. */
  #others: readonly JobRecord[] = [];

  constructor(
    private readonly app: JobsDependencies,
    private readonly gallery: Gallery,
  ) {}

  /** Looks for jobs of this workspace that this window does not work on. */
  async refresh(): Promise<void> {
    const { records, setAside } = await this.app.jobs.journal.readOpen();
    if (setAside.length > 0) tellSetAside(this.app, setAside);
    this.#others = records.filter(belongsHere);
  }

  stopped(record: JobRecord, reason: unknown): void {
    const error = reason instanceof PictorError ? reason : new PictorError('badAnswer', errorText(reason));
    this.#stopped.set(record.id, { record, error });
  }

  /** A job has brought its pictures. */
  ended(record: JobRecord): void {
    this.#others = this.#others.filter(({ id }) => id !== record.id);
    if (!record.error) this.#stopped.delete(record.id);
    if (['saved', 'linked', 'failed'].includes(record.state) && record.pictures.filter(({ saved }) => saved).length > 1)
      this.#picks.set(record.id, undefined);
  }

  /** A picture was picked; the others may go. */
  pick(id: string, picture: string): void {
    this.#picks.set(id, picture);
  }

  /** Nothing more is said about a job. */
  close(id: string): void {
    this.#stopped.delete(id);
    this.#picks.delete(id);
  }

  state(): JobCard[] {
    const running = this.app.jobs.running;
    const isRunning = new Set(running.map(({ job }) => job.record.id));
    const others = this.#others.filter(({ id }) => !isRunning.has(id) && !this.#stopped.has(id));
    const stopped = [...this.#stopped.values()].filter(({ record }) => !isRunning.has(record.id));
    return [
      ...[...running].reverse().map(runningCard),
      ...others.map((record) => waitingCard(record)),
      ...stopped.reverse().map((one) => stoppedCard(one)),
      ...[...this.#picks]
        .reverse()
        .filter(([id]) => !this.#stopped.has(id))
        .flatMap(([id, picked]) => this.pickCard(id, picked)),
    ];
  }

  /** Does what a button of a failed card says about its error. */
  async apply(id: string, action: CardAction, model: string | undefined): Promise<void> {
    const record = this.#stopped.get(id)?.record ?? (await this.app.jobs.journal.read(id));
    const error = this.#stopped.get(id)?.error ?? (record && errorOf(record));
    const button =
      record &&
      error &&
      allButtons(error, waysOf(record)).find(
        (one) => one.remedy === action && (model === undefined || one.model === model),
      );
    if (error && button) await applyRemedy(error, button, this.app.keys.known);
  }

  /**
   * A job is begun anew, or gone on with: its card gives way to a new one, or comes back where nothing came of that.
   */
  async again(action: 'retry' | 'checkAgain' | 'saveAs', id: string): Promise<void> {
    const stopped = this.#stopped.get(id);
    this.#stopped.delete(id);
    let hasBegun = false as boolean;
    const begun = this.app.jobs.onDidChange(() => (hasBegun = true));
    await this.app.actOn(action, id);
    begun.dispose();
    const isOpen = await this.app.jobs.journal.isOpen(id);
    if (stopped && !this.#stopped.has(id) && (isOpen || !hasBegun)) this.#stopped.set(id, stopped);
  }

  private pickCard(id: string, picked: string | undefined): JobCard[] {
    const made = this.gallery.ofJob(id);
    const [first] = made;
    if (!first || made.length < 2) return [];
    const { record } = first;
    const isLinked = ({ id: one, saved }: MadePicture): boolean =>
      picked === undefined
        ? (record.pictures.find((picture) => picture.saved === saved)?.isLinked ?? false)
        : one === picked;
    const buttons: CardButton[] = [{ label: t('Keep All'), action: 'keepAll' }];
    return [
      {
        ...commonOf(record),
        state: 'picked',
        text: t('{count} pictures', { count: made.length }),
        buttons,
        pictures: made.map((one) => ({ id: one.id, isLinked: isLinked(one) })),
        picked,
      },
    ];
  }
}

const CANCEL: CardButton = { label: t('Cancel'), action: 'cancel' };
const DISMISS: CardButton = { label: t('Dismiss'), action: 'dismiss' };

function commonOf(record: JobRecord): Pick<JobCard, 'id' | 'prompt' | 'service' | 'startedMs' | 'pictures'> {
  return {
    id: record.id,
    prompt: promptOf(record),
    service: [record.service.label, record.request.model].join(' · '),
    startedMs: record.createdMs,
    pictures: [],
  };
}

function runningCard({ job, step, preview }: LiveJob): JobCard {
  const asked = parseSize(String(job.record.request.fields.size ?? ''));
  const { text = t('Starting'), untilMs, percent } = step ?? {};
  return {
    ...commonOf(job.record),
    state: 'running',
    text,
    untilMs,
    percent,
    preview: preview?.index,
    aspectRatio: asked && asked.width / asked.height,
    buttons: [CANCEL],
  };
}

/** One that stands still, or that another window works on. */
function waitingCard(record: JobRecord): JobCard {
  const error = errorOf(record);
  if (error) return stoppedCard({ record, error });
  return {
    ...commonOf(record),
    state: 'waiting',
    text: t('Another window works on it, or nobody does.'),
    buttons: record.state === 'planned' ? [DISMISS] : [{ label: t('Check Again'), action: 'checkAgain' }],
  };
}

function stoppedCard({ record, error }: Stopped): JobCard {
  const own = allButtons(error, waysOf(record)).map((button, index) => cardButton(button, index === 0));
  const buttons = own.some(({ action }) => action === 'dismiss') ? own : [...own, DISMISS];
  return { ...commonOf(record), state: 'failed', text: error.message, buttons };
}

/** What came is not asked for a second time. */
function waysOf(record: JobRecord): Ways {
  return waysFor(record, !record.pictures.some(({ saved }) => saved));
}

function cardButton({ title, remedy, model }: Button, isPrimary: boolean): CardButton {
  return { label: title, action: remedy, model, isPrimary };
}
