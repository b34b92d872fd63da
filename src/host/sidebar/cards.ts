import { t } from '@vscode/l10n';
import { parseSize } from '../../core/catalog/sizes';
import { ACTION_ICONS, type JobAction } from '../../core/jobs/action';
import { labelOf } from '../../core/jobs/actions';
import { chooseAmong } from '../../core/jobs/chooseAmong';
import { errorOf, promptOf, type JobRecord } from '../../core/jobs/jobRecord';
import { jobView } from '../../core/jobs/jobView';
import type { CardButton, CardFailure, JobCard } from '../../protocol';
import type { Gallery, GalleryImage } from '../gallery/gallery';
import { belongsHere } from '../jobs/belongsHere';
import { failureOf } from '../jobs/jobOutcome';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import type { LiveJob, StoppedJob } from '../jobs/jobStore';
import { buttonsOf } from '../ui/showError';

/** What failed of a batch is told in so many ways at most, with so many of the prompts. */
const MAX_FAILURES = 5;
const MAX_PROMPTS = 3;

/** A job as a card shows it: of this window, stopped in it, or of another one. */
interface Shown {
  readonly record: JobRecord;
  readonly live?: LiveJob;
  readonly stopped?: StoppedJob;
  /** Whether something is left to do or to decide. */
  readonly isOpen: boolean;
}

type Group = readonly [Shown, ...Shown[]];

/** The jobs that a person may want to watch or to decide about; those that were asked for together share a card. */
export class Cards {
  /** Jobs with several images, with the one that was picked, if one was. */
  readonly #picks = new Map<string, string | undefined>();
  /** Jobs behind the ids of cards and of their failures, where there are several. */
  #members: ReadonlyMap<string, readonly string[]> = new Map();

  constructor(
    private readonly app: Pick<JobsDependencies, 'jobs' | 'records'>,
    private readonly gallery: Gallery,
  ) {}

  /** A job has brought its images. */
  ended(record: JobRecord): void {
    const hasEnded = ['saved', 'linked', 'failed'].includes(record.state);
    if (hasEnded && !record.batchId && record.images.filter(({ saved }) => saved).length > 1)
      this.#picks.set(record.id, undefined);
  }

  /** Whether an image is to be picked, and none was yet. */
  isUndecided(id: string): boolean {
    return this.#picks.has(id) && this.#picks.get(id) === undefined;
  }

  /** An image was picked; the others may go. */
  pick(id: string, image: string): void {
    this.#picks.set(id, image);
  }

  /** Nothing more is said about a card. */
  close(id: string): void {
    for (const one of this.idsOf(id)) {
      this.app.jobs.forget(one);
      this.#picks.delete(one);
    }
    this.app.jobs.batches.close(id);
  }

  /** The jobs of a card, or of one of its failures. */
  idsOf(id: string): readonly string[] {
    return this.#members.get(id) ?? [id];
  }

  state(): JobCard[] {
    const { jobs, records } = this.app;
    const live = [...jobs.running].reverse().map((one): Shown => ({ record: one.job.record, live: one, isOpen: true }));
    const stopped = jobs.stopped
      .filter(({ record }) => !jobs.isRunning(record.id))
      .map((one): Shown => ({ record: one.record, stopped: one, isOpen: records.isOpen(one.record.id) }))
      .reverse();
    const known = new Set([...live, ...stopped].map(({ record }) => record.id));
    const others = records.open
      .filter((record) => belongsHere(record) && !known.has(record.id))
      .map((record): Shown => ({ record, isOpen: true }));
    const shown = [...live, ...others, ...stopped];
    const members = new Map<string, readonly string[]>();
    const cards = grouped(shown).map((group) => this.cardOf(group, members));
    this.#members = members;
    const picks = [...this.#picks]
      .reverse()
      .filter(([id]) => !stopped.some(({ record }) => record.id === id))
      .flatMap(([id, picked]) => this.pickCard(id, picked));
    return [...cards, ...picks];
  }

  private cardOf(group: Group, members: Map<string, readonly string[]>): JobCard {
    const [first, ...others] = group;
    const { batchId } = first.record;
    const batch = this.app.jobs.batches.find(batchId);
    if (!batchId || (others.length === 0 && !batch)) return jobCard(first);
    members.set(batchId, idsIn(group));
    const live = group.filter((one) => one.live);
    const ended = batch?.outcomes.length ?? 0;
    const done = batch?.outcomes.filter((one) => one.result && failureOf(one) === undefined).length ?? 0;
    const total = batch?.total ?? group.length;
    const newest = live.map((one) => one.live?.step?.text).find((text) => text !== undefined);
    const counted = t('{done} of {total} done', { done, total });
    return {
      ...commonOf(first.record),
      id: batchId,
      prompt: t('{count} pictures', { count: total }),
      phase: live.length > 0 ? 'running' : 'failed',
      text: live.length > 0 && newest ? `${counted} · ${newest}` : counted,
      percent: live.length > 0 ? (100 * ended) / total : undefined,
      failures: failuresOf(batchId, group, members),
      buttons: [live.length > 0 ? { label: labelOf('cancelAll'), action: 'cancelAll' } : DISMISS],
    };
  }

  private pickCard(id: string, picked: string | undefined): JobCard[] {
    const images = this.gallery.ofJob(id);
    const [first] = images;
    if (!first || images.length < 2) return [];
    const { record } = first;
    const isLinked = ({ id: one, saved }: GalleryImage): boolean =>
      picked === undefined ? (record.images.find((image) => image.saved === saved)?.isLinked ?? false) : one === picked;
    const candidates = images.map((one) => ({ id: one.id, isLinked: isLinked(one) }));
    const choices = chooseAmong(candidates, picked);
    return [
      {
        ...commonOf(record),
        phase: 'picked',
        text: t('{count} pictures', { count: images.length }),
        buttons: [{ label: labelOf('keepAll'), action: 'keepAll' }],
        images: candidates.map((one, index) => {
          const action = choices[index];
          return { ...one, button: action && { label: labelOf(action), action, icon: ACTION_ICONS[action] } };
        }),
      },
    ];
  }
}

const DISMISS: CardButton = { label: labelOf('dismiss'), action: 'dismiss' };

/** What a card offers of a job, besides what helps with its error: the gallery has the rest. */
const ON_CARDS: ReadonlySet<JobAction> = new Set<JobAction>([
  'cancel',
  'saveAs',
  'checkAgain',
  'retryBilled',
  'dismiss',
]);

/** Jobs of one batch together, where the first of them stands. */
function grouped(shown: readonly Shown[]): Group[] {
  const groups = new Map<string, [Shown, ...Shown[]]>();
  for (const one of shown) {
    const key = one.record.batchId ?? one.record.id;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

function idsIn(group: readonly Shown[]): string[] {
  return group.map(({ record }) => record.id);
}

function commonOf(record: JobRecord): Pick<JobCard, 'id' | 'prompt' | 'source' | 'startedMs' | 'images' | 'failures'> {
  return {
    id: record.id,
    prompt: promptOf(record),
    source: [record.connection.label, record.request.model].join(' · '),
    startedMs: record.createdMs,
    images: [],
    failures: [],
  };
}

function jobCard({ record, live, stopped, isOpen }: Shown): JobCard {
  const asked = live && parseSize(String(record.request.fields.size ?? ''));
  const error = stopped?.error ?? errorOf(record);
  const { phase, text, untilMs, percent, remedies, actions } = jobView(record, { live, isOpen, error });
  const offered = actions.filter((action) => remedies.includes(action) || ON_CARDS.has(action));
  return {
    ...commonOf(record),
    phase,
    text,
    untilMs,
    percent,
    preview: live?.preview?.index,
    aspectRatio: asked && asked.width / asked.height,
    buttons: buttonsOf(offered, error).map(({ title, action, model }) => ({
      label: title,
      action,
      model,
      isPrimary: action === remedies[0],
    })),
  };
}

/** What failed of a batch, by why it did, the most frequent first. */
function failuresOf(
  batchId: string,
  group: readonly Shown[],
  members: Map<string, readonly string[]>,
): readonly CardFailure[] {
  const reasons = new Map<string, Shown[]>();
  for (const one of group) {
    const text = one.live ? undefined : (one.stopped?.error ?? errorOf(one.record))?.message;
    if (text !== undefined) reasons.set(text, [...(reasons.get(text) ?? []), one]);
  }
  const sorted = [...reasons].sort(([, a], [, b]) => b.length - a.length);
  return sorted.slice(0, MAX_FAILURES).map(([text, failed], index) => {
    const id = `${batchId}/${index}`;
    members.set(id, idsIn(failed));
    const [first] = failed;
    return {
      id,
      text,
      count: failed.length,
      prompts: failed.slice(0, MAX_PROMPTS).map(({ record }) => promptOf(record)),
      // The card has that for all of them.
      buttons: first ? jobCard(first).buttons.filter(({ action }) => action !== 'dismiss') : [],
    };
  });
}
