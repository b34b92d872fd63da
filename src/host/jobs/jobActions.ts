import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { providerOf } from '../../core/catalog/providers';
import type { PictorError } from '../../core/errors';
import type { JobAction } from '../../core/jobs/action';
import { labelOf } from '../../core/jobs/actions';
import { errorOf, type JobRecord, type SavedImage } from '../../core/jobs/jobRecord';
import { jobView } from '../../core/jobs/jobView';
import { canContinue } from '../../core/jobs/lifecycle';
import { askApiKey } from '../connection/askApiKey';
import { runErrorAction } from '../ui/errorActions';
import { notify } from '../ui/notify';
import { withImages } from '../ui/offerImages';
import { dismissJobs } from './dismissJobs';
import type { JobsDependencies } from './jobsDependencies';
import { requestMissing } from './requestMissing';
import { goOn } from './resumeJobs';
import { retryJobs } from './retryJobs';
import { saveImagesAs } from './saveImagesAs';
import { withJob } from './withJob';

/** A job as it stands when something is to be done with it. */
interface Chosen {
  readonly record: JobRecord;
  /** Why it stopped. */
  readonly error?: PictorError;
}

/** @param model for `useModel` */
type Act = (app: JobsDependencies, chosen: readonly Chosen[], model?: string) => Promise<unknown>;

const recordsOf = (chosen: readonly Chosen[]): JobRecord[] => chosen.map(({ record }) => record);

const ofImages =
  (action: keyof typeof withImages): Act =>
  async (_app, chosen) =>
    withImages[action](recordsOf(chosen).flatMap(savedOf));

/** For the first of them: it is about what they have in common. */
const ofError =
  (action: JobAction): Act =>
  async (app, [first], model) =>
    first?.error && runErrorAction(action, { error: first.error, model, secrets: app.keys.known });

const retry: Act = (app, chosen) => retryJobs(app, recordsOf(chosen));

const cancel: Act = (app, chosen) => {
  const ids = new Set(recordsOf(chosen).map(({ id }) => id));
  for (const { job, controller } of app.jobs.running)
    if (ids.has(job.record.id)) controller.abort(new vscode.CancellationError());
  return Promise.resolve();
};

/** What each action does with jobs that allow it. */
const DEEDS: Readonly<Record<Exclude<JobAction, 'keepAll'>, Act>> = {
  cancel,
  cancelAll: cancel,
  saveAs: async (app, chosen) => {
    for (const { id } of recordsOf(chosen)) {
      const isDone = await withJob(app, id, (live) => saveImagesAs(live, app.images));
      if (isDone) await goOn(app, [id], () => true);
    }
  },
  checkAgain: async (app, chosen) => {
    const ids = recordsOf(chosen).map(({ id }) => id);
    const busy = await goOn(app, ids, canContinue);
    if (busy.length > 0) void notify.info(t('Another window works on this job.'));
  },
  setApiKey: async (app, [first]) => {
    const connection = first?.record.connection;
    if (!connection?.baseUrl) return;
    const { provider, label } = connection;
    const { origin } = new URL(connection.baseUrl);
    const key = await askApiKey({ ...providerOf(provider), label }, origin);
    if (key) await app.keys.set({ provider, origin }, key);
  },
  openSetting: ofError('openSetting'),
  useModel: async (app, chosen, model) => {
    const isWritten = await ofError('useModel')(app, chosen, model);
    if (isWritten) await retryJobs(app, recordsOf(chosen));
  },
  chooseModel: ofError('chooseModel'),
  leaveOut: async (app, chosen) => {
    for (const { record, error } of chosen) {
      const name = error?.details.refusedField?.name;
      if (name) await app.refusals.leaveOut(record, name);
    }
    await retryJobs(app, recordsOf(chosen));
  },
  useProvider: async (app, chosen) => {
    if (await ofError('useProvider')(app, chosen)) await retryJobs(app, recordsOf(chosen));
  },
  retry,
  retryBilled: retry,
  requestMissing: async (app, chosen) => {
    for (const record of recordsOf(chosen)) await requestMissing(app, record);
  },
  openInBrowser: ofError('openInBrowser'),
  copyAddress: ofError('copyAddress'),
  showAnswer: ofError('showAnswer'),
  showLog: ofError('showLog'),
  open: ofImages('open'),
  insert: ofImages('insert'),
  copyLink: ofImages('copyLink'),
  reveal: ofImages('reveal'),
  dismiss: (app, chosen) => dismissJobs(app, recordsOf(chosen)),
};

/**
 * Does what a person wants with jobs, as far as it is still possible: they may have gone on since they were asked.
 * @throws whatever the action does
 */
export async function actOnJobs(
  app: JobsDependencies,
  action: Exclude<JobAction, 'keepAll'>,
  ids: readonly string[],
  model?: string,
): Promise<void> {
  const chosen: Chosen[] = [];
  for (const id of ids) {
    const one = await choose(app, action, id);
    if (one) chosen.push(one);
  }
  if (chosen.length > 0) await DEEDS[action](app, chosen, model);
  else
    void notify.info(
      t('{label}: this job has gone on meanwhile. Show Jobs tells how it stands.', { label: labelOf(action, model) }),
    );
}

/** Undefined where the job does not allow it any more. */
async function choose({ jobs }: JobsDependencies, action: JobAction, id: string): Promise<Chosen | undefined> {
  const live = jobs.running.find(({ job }) => job.record.id === id);
  const record = live?.job.record ?? (await jobs.journal.read(id));
  if (!record) return undefined;
  const error = jobs.stopped.find((stopped) => stopped.record.id === id)?.error ?? errorOf(record);
  const isOpen = await jobs.journal.isOpen(id);
  const { actions } = jobView(record, { live, isOpen, error });
  const wanted = action === 'cancelAll' ? 'cancel' : action;
  return actions.includes(wanted) ? { record, error } : undefined;
}

function savedOf({ images }: JobRecord): SavedImage[] {
  return images.flatMap(({ saved }) => saved ?? []);
}
