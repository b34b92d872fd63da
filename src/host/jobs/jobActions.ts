import * as vscode from 'vscode';
import { errorText, PictorError } from '../../core/errors';
import { promptSlug } from '../../core/files/fileName';
import { inspectPicture } from '../../core/files/inspectPicture';
import { canContinue, type JobRecord, type JobState, type SavedPicture } from '../../core/jobs/jobRecord';
import type { AppParts } from '../appParts';
import { generatePictures } from '../generatePictures';
import { PICTURE_ACTIONS } from '../offerPictures';
import type { TrackedPlace } from '../placeTracker';
import { describe } from '../savePictures';
import { askOf, documentOf } from './askOf';
import type { JobAction } from './jobAction';
import { findAgain } from './rememberedPlaces';
import { goOn } from './resumeJobs';

export interface JobActionDefinition {
  readonly label: string;
  /** A codicon. */
  readonly icon: string;
  readonly isPossible: (record: JobRecord, isRunning: boolean) => boolean;
  /** @param place as this window has followed it so far */
  readonly run: (app: AppParts, record: JobRecord, place?: TrackedPlace) => Promise<unknown>;
}

const OVER: ReadonlySet<JobState> = new Set<JobState>(['failed', 'cancelled', 'unknown']);
const savedOf = ({ pictures }: JobRecord): SavedPicture[] => pictures.flatMap(({ saved }) => saved ?? []);
const hasSaved = (record: JobRecord): boolean => savedOf(record).length > 0;
const hasStaged = ({ pictures }: JobRecord): boolean => pictures.some(({ source }) => source.kind === 'staged');

/** In the order in which they are offered. */
export const JOB_ACTIONS: Readonly<Record<JobAction, JobActionDefinition>> = {
  cancel: {
    label: 'Cancel',
    icon: 'debug-stop',
    isPossible: (_record, isRunning) => isRunning,
    run: (app, { id }) => {
      app.jobs.running.find(({ job }) => job.record.id === id)?.controller.abort(new vscode.CancellationError());
      return Promise.resolve();
    },
  },
  saveAs: { label: 'Save As…', icon: 'save-as', isPossible: (record, isRunning) => !isRunning && hasStaged(record), run: saveAs },
  checkAgain: {
    label: 'Check Again',
    icon: 'refresh',
    isPossible: (record, isRunning) => !isRunning && (canContinue(record) || (record.state === 'unknown' && record.request.extra.trace_id !== undefined)),
    run: (app, { id }, place) => goOn(app, [{ id, place }]),
  },
  retry: { label: 'Retry (Billed Again)', icon: 'debug-restart', isPossible: ({ state }, isRunning) => !isRunning && OVER.has(state), run: retry },
  open: { label: 'Open', icon: 'go-to-file', isPossible: hasSaved, run: async (_app, record) => PICTURE_ACTIONS.Open(savedOf(record)) },
  insert: { label: 'Insert at Cursor', icon: 'insert', isPossible: hasSaved, run: async (_app, record) => PICTURE_ACTIONS['Insert at Cursor'](savedOf(record)) },
  copyLink: { label: 'Copy Link', icon: 'link', isPossible: hasSaved, run: async (_app, record) => PICTURE_ACTIONS['Copy Link'](savedOf(record)) },
  reveal: { label: 'Reveal', icon: 'folder-opened', isPossible: hasSaved, run: async (_app, record) => PICTURE_ACTIONS.Reveal(savedOf(record)) },
  dismiss: { label: 'Dismiss', icon: 'close', isPossible: (_record, isRunning) => !isRunning, run: dismiss },
};

/** A new request, with the settings of now. It is billed like the first one. */
async function retry(app: AppParts, record: JobRecord, followed?: TrackedPlace): Promise<void> {
  const place = await findAgain(record, app.places, followed);
  await generatePictures(app, documentOf(record), [askOf(record, place)]);
  await decide(app, record);
}

/** The user has decided about a job of which nobody knows how it went: it is among the finished ones now. */
async function decide(app: AppParts, record: JobRecord): Promise<void> {
  if (record.state !== 'unknown') return;
  const live = await app.jobs.take(record.id);
  if (!live) return;
  await live.job.finish('unknown', new PictorError('interrupted', record.error?.message ?? ''));
  await live.staging.clear();
  live.place?.dispose();
  await app.jobs.close(live);
}

/** Removes a job from the list. What is saved stays where it is; what is not, is gone with it, so that is asked about. */
async function dismiss(app: AppParts, record: JobRecord): Promise<void> {
  if (hasStaged(record)) {
    const discard = 'Delete Picture';
    if ((await vscode.window.showWarningMessage('This picture is in no other place yet. Delete it?', { modal: true }, discard)) !== discard) return;
  }
  const live = await app.jobs.take(record.id);
  if (!live) return;
  live.place?.dispose();
  await live.staging.clear();
  await app.jobs.journal.remove(record);
  await app.jobs.close(live);
}

/** Saves delivered pictures where the user wants them, and goes on with their job. */
async function saveAs(app: AppParts, record: JobRecord, place?: TrackedPlace): Promise<void> {
  const live = await app.jobs.take(record.id);
  if (!live) return;
  try {
    for (const { index, source, revisedPrompt, used } of live.job.record.pictures) {
      if (source.kind !== 'staged') continue;
      const file = live.staging.file(source.name, source.bytes);
      const media = await inspectPicture(file);
      const target = await vscode.window.showSaveDialog({ defaultUri: defaultTarget(record, media.extension), title: 'Save Picture' });
      if (!target) continue;
      await vscode.workspace.fs.copy(vscode.Uri.file(file.path), target, { overwrite: true });
      const { size } = await vscode.workspace.fs.stat(target);
      if (size !== file.bytes) throw new PictorError('notSaved', `Only ${size} of ${file.bytes} bytes were written. The picture is still here: try another place.`);
      await live.job.setPicture(index, { saved: describe({ file, ...media, revisedPrompt, used, index, isAgain: false }, record, target), source: { kind: 'gone' } });
      await live.staging.discard(file);
    }
  } catch (error) {
    void vscode.window.showErrorMessage(`Save As…: ${errorText(error)}`);
  } finally {
    live.place?.dispose();
    await app.jobs.close(live);
  }
  const newest = await app.jobs.journal.read(record.id);
  if (newest && !hasStaged(newest)) await goOn(app, [{ id: record.id, place }]);
}

function defaultTarget({ target, request }: JobRecord, extension: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.parse(target.root);
  return vscode.Uri.joinPath(folder, `${promptSlug(request.prompt)}.${extension}`);
}
