import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { errorText, PictorError } from '../../core/errors';
import { promptSlug } from '../../core/files/fileName';
import { inspectPicture } from '../../core/images/inspectPicture';
import type { StagedFile } from '../../core/files/staging';
import {
  canContinue,
  errorOf,
  hasStaged,
  isUnfinished,
  promptOf,
  type JobRecord,
  type JobState,
  type SavedPicture,
} from '../../core/jobs/jobRecord';
import { safePicture } from '../../core/jobs/savePictures';
import type { JobsDependencies } from './jobsDependencies';
import { generatePictures } from './generatePictures';
import { notify } from '../ui/notify';
import { PICTURE_ACTIONS } from '../ui/offerPictures';
import type { TrackedPlace } from '../document/placeTracker';
import { describe } from '../files/savePictures';
import { workspaceFileSystem } from '../files/workspaceFileSystem';
import { askOf, documentOf } from './askOf';
import type { Ask } from './planJobs';
import type { JobAction } from './jobAction';
import { findAgain } from './rememberedPlaces';
import type { LiveJob } from './jobStore';
import { goOn } from './resumeJobs';

export interface JobActionDefinition {
  readonly label: string;
  /** A codicon. */
  readonly icon: string;
  readonly isPossible: (record: JobRecord, isRunning: boolean) => boolean;
  /** @param place as this window has followed it so far */
  readonly run: (app: JobsDependencies, record: JobRecord, place?: TrackedPlace) => Promise<unknown>;
}

const OVER: ReadonlySet<JobState> = new Set<JobState>(['failed', 'cancelled', 'unknown']);
const savedOf = ({ pictures }: JobRecord): SavedPicture[] => pictures.flatMap(({ saved }) => saved ?? []);
/**
 * What nobody goes on with, since something was in the way at the start, too; but nothing that would be sent by that.
 */
const canGoOn = (record: JobRecord): boolean =>
  canContinue(record) || (isUnfinished(record) && record.state !== 'planned');
/** Nothing is left of it but its pictures, which are the gallery's. */
const isOver = ({ state, pictures }: JobRecord): boolean =>
  (state === 'saved' || state === 'linked') && pictures.every(({ saved }) => saved);
const hasSaved = (record: JobRecord): boolean => savedOf(record).length > 0;

/** In the order in which they are offered. */
export const JOB_ACTIONS: Readonly<Record<JobAction, JobActionDefinition>> = {
  cancel: {
    label: t('Cancel'),
    icon: 'debug-stop',
    isPossible: (_record, isRunning) => isRunning,
    run: (app, { id }) => {
      app.jobs.running.find(({ job }) => job.record.id === id)?.controller.abort(new vscode.CancellationError());
      return Promise.resolve();
    },
  },
  saveAs: {
    label: t('Save As…'),
    icon: 'save-as',
    isPossible: (record, isRunning) => !isRunning && hasStaged(record),
    run: saveAs,
  },
  checkAgain: {
    label: t('Check Again'),
    icon: 'refresh',
    isPossible: (record, isRunning) => !isRunning && canGoOn(record),
    run: async (app, { id }, place) => {
      const busy = await goOn(
        app,
        [{ id, place }],
        (newest, isOpen) => canContinue(newest) || (isOpen && canGoOn(newest)),
      );
      if (busy.length > 0) void notify.info(t('Another window works on this job.'));
    },
  },
  retry: {
    label: t('Retry (May Bill Again)'),
    icon: 'debug-restart',
    isPossible: ({ state }, isRunning) => !isRunning && OVER.has(state),
    run: retry,
  },
  open: {
    label: t('Open'),
    icon: 'go-to-file',
    isPossible: hasSaved,
    run: async (_app, record) => PICTURE_ACTIONS.open.run(savedOf(record)),
  },
  insert: {
    label: t('Insert at Cursor'),
    icon: 'insert',
    isPossible: hasSaved,
    run: async (_app, record) => PICTURE_ACTIONS.insert.run(savedOf(record)),
  },
  copyLink: {
    label: t('Copy Link'),
    icon: 'link',
    isPossible: hasSaved,
    run: async (_app, record) => PICTURE_ACTIONS.copyLink.run(savedOf(record)),
  },
  reveal: {
    label: t('Reveal'),
    icon: 'folder-opened',
    isPossible: hasSaved,
    run: async (_app, record) => PICTURE_ACTIONS.reveal.run(savedOf(record)),
  },
  dismiss: {
    label: t('Dismiss'),
    icon: 'close',
    isPossible: (record, isRunning) => !isRunning && !isOver(record),
    run: dismiss,
  },
};

/** A new request, with the settings of now. It is billed like the first one. */
async function retry(app: JobsDependencies, record: JobRecord, followed?: TrackedPlace): Promise<void> {
  const place = await findAgain(record, app.places, followed);
  // The user decides about one of which nobody knows how it went: it must not be offered again, whatever becomes of
  // this one.
  if (record.state === 'unknown' && !(await withJob(app, record, decide))) return place?.dispose();
  await generatePictures(app, documentOf(record), [withoutRefused(record, askOf(record, place))]);
}

/** A model that the service does not have is not asked for again: the user has chosen another one meanwhile. */
function withoutRefused({ error }: JobRecord, ask: Ask): Ask {
  if (error?.kind !== 'unknownModel' || !ask.instead) return ask;
  return { ...ask, instead: Object.fromEntries(Object.entries(ask.instead).filter(([name]) => name !== 'model')) };
}

/** @returns false where another window has decided, or has found out meanwhile */
async function decide({ job }: LiveJob): Promise<boolean> {
  if (job.record.state !== 'unknown') return false;
  await job.finish('failed', errorOf(job.record));
  return true;
}

/**
 * Removes a job from the list. What is saved stays where it is; what is not, is gone with it, so that is asked about.
 */
async function dismiss(app: JobsDependencies, record: JobRecord): Promise<void> {
  await withJob(app, record, async ({ job, staging }) => {
    const detail = t('A picture of it is not saved yet, or can still be fetched at no cost. It is paid for.');
    const isLoss = canContinue(job.record) || job.record.state === 'submitting';
    if (isLoss && !(await notify.ask(t('Dismiss this job with its picture?'), detail, t('Dismiss')))) return;
    // What is saved stays in the gallery.
    const saved = job.record.pictures.filter((picture) => picture.saved);
    if (saved.length > 0) await job.finishWith(saved);
    else await app.jobs.journal.remove(job.record);
    await staging.clear();
  });
}

/** Saves delivered pictures where the user wants them, and goes on with their job. */
async function saveAs(app: JobsDependencies, record: JobRecord, place?: TrackedPlace): Promise<void> {
  const isDone = await withJob(app, record, async ({ job, staging }) => {
    for (const { index, source, revisedPrompt, used } of job.record.pictures) {
      const file = source.kind === 'staged' ? await staging.find(source.name) : undefined;
      if (!file) continue;
      const media = await inspectPicture(file);
      const target = await vscode.window.showSaveDialog({
        defaultUri: defaultTarget(record, media.extension),
        title: t('Save Picture'),
      });
      if (!target) continue;
      const safe = await safePicture(file, media, job.record, staging);
      await replace(target, safe);
      if (safe !== file) await staging.discard(safe);
      const saved = describe({ file: safe, ...media, revisedPrompt, used, index, isAgain: false }, record, target);
      if (await job.setPicture(index, { saved, source: { kind: 'gone' } })) await staging.discard(file);
    }
    return !hasStaged(job.record);
  });
  if (isDone) await goOn(app, [{ id: record.id, place }], () => true);
}

/**
 * Puts a picture where a file may be, which the user has agreed to lose, once the picture is whole beside it.
 * @throws PictorError `notSaved`
 */
async function replace(target: vscode.Uri, file: StagedFile): Promise<void> {
  const fileSystem = workspaceFileSystem(target);
  const temporary = `${target.path}.pictor.tmp`;
  try {
    await fileSystem.copyStaged(file, temporary);
    const size = await fileSystem.size(temporary);
    if (size !== file.bytes)
      throw new Error(t('only {size} of {bytes} bytes were written', { size: size ?? 0, bytes: file.bytes }));
    await vscode.workspace.fs.rename(target.with({ path: temporary }), target, { overwrite: true });
  } catch (cause) {
    await fileSystem.delete(temporary).catch(() => undefined);
    throw new PictorError(
      'notSaved',
      t('The picture could not be saved there ({reason}). It is still kept: try another place.', {
        reason: errorText(cause),
      }),
      { cause },
    );
  }
}

/** Works on a job that stands still. Where another window works on it, that is said. */
async function withJob<T>(
  app: JobsDependencies,
  { id }: JobRecord,
  work: (live: LiveJob) => Promise<T>,
): Promise<T | undefined> {
  const live = await app.jobs.take(id);
  if (!live) {
    void notify.info(t('Another window works on this job.'));
    return undefined;
  }
  try {
    return await work(live);
  } finally {
    live.place?.dispose();
    await app.jobs.close(live);
  }
}

function defaultTarget(record: JobRecord, extension: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.parse(record.target.root);
  return vscode.Uri.joinPath(folder, `${promptSlug(promptOf(record))}.${extension}`);
}
