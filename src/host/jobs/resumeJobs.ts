import * as vscode from 'vscode';
import { delay } from '../../core/delay';
import { PictorError } from '../../core/errors';
import { errorOf, type JobRecord } from '../../core/jobs/jobRecord';
import { BEAT_MS } from '../../core/jobs/presence';
import type { AppParts } from '../appParts';
import type { TrackedPlace } from '../placeTracker';
import { runJobs, type Work } from './runPlan';
import { connectAgain } from './service';
import { offerRemedies, settleJob } from './settleJob';

/** A request that was never sent goes on by itself only while it is fresh: whoever opens a folder days later does not expect to pay. */
const FRESH_MS = 10 * 60_000;

/** What a start may do by itself. */
const NEVER: AbortSignal = new AbortController().signal;

/**
 * Goes on with what earlier windows have left undone here. What belongs to other folders is left to them, and what another window works on
 * is looked at until that one is done or dead.
 */
export async function resumeJobs(app: AppParts): Promise<void> {
  const told = new Set<string>();
  for (;;) {
    const { records, setAside } = await app.jobs.journal.readOpen();
    if (setAside.length > 0) tellSetAside(app, setAside);
    const mine = new Set(app.jobs.running.map(({ job }) => job.record.id));
    const here = records.filter((record) => belongsHere(record) && !mine.has(record.id));
    for (const record of here.filter(({ state, id }) => state === 'unknown' && !told.has(id))) {
      told.add(record.id);
      void offerRemedies(app, { record }, errorOf(record) ?? new PictorError('interrupted', 'Nobody knows how this request ended.'));
    }
    const open = here.filter(({ state }) => state !== 'unknown');
    for (const record of open.filter((one) => !mayGoOn(one))) await giveUp(app, record);
    const left = await goOn(app, open.filter(mayGoOn));
    if (left.length === 0) return;
    await delay(BEAT_MS, NEVER);
  }
}

/** Goes on with jobs, whatever they are waiting for. @returns those that another window works on */
export async function goOn(app: AppParts, jobs: readonly { readonly id: string; readonly place?: TrackedPlace }[]): Promise<string[]> {
  const works: Work[] = [];
  const left: string[] = [];
  for (const { id, place } of jobs) {
    const live = await app.jobs.take(id, place);
    if (!live) {
      left.push(id);
      continue;
    }
    try {
      works.push({ live, service: await connectAgain(app, live.job.record) });
    } catch (error) {
      const { record } = live.job;
      live.place?.dispose();
      await app.jobs.close(live);
      void offerRemedies(app, { record }, error);
    }
  }
  if (works.length > 0) {
    const runs = await runJobs(app, works);
    for (const { live, outcome } of runs) void settleJob(app, live, outcome);
  }
  return left;
}

/** The window that has the folder goes on with its jobs; one that belongs to no folder is anybody's. */
function belongsHere({ target }: JobRecord): boolean {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString());
  return target.workspaceFolder === undefined || folders.includes(target.workspaceFolder);
}

function mayGoOn({ state, createdMs }: JobRecord): boolean {
  return state !== 'planned' || (vscode.workspace.isTrusted && Date.now() - createdMs < FRESH_MS);
}

/** It was never sent: nothing is lost. It stays in the list, and can be sent from there. */
async function giveUp(app: AppParts, { id }: JobRecord): Promise<void> {
  const live = await app.jobs.take(id);
  if (!live) return;
  live.place?.dispose();
  await live.job.finish('cancelled');
  await app.jobs.close(live);
}

function tellSetAside(app: AppParts, files: readonly string[]): void {
  const said = `Pictor could not read ${files.length === 1 ? 'a record of a job' : `${files.length} records of jobs`}, and put ${files.length === 1 ? 'it' : 'them'} aside: ${files.join(', ')}.`;
  app.log.info(said);
  void vscode.window.showWarningMessage(said);
}
