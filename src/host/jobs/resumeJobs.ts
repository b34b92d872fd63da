import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { delay } from '../../core/delay';
import { errorFrom, PictorError } from '../../core/errors';
import { errorOf, type JobRecord } from '../../core/jobs/jobRecord';
import { nextStep } from '../../core/jobs/lifecycle';
import { BEAT_MS } from '../../core/coordination/heartbeat';
import type { JobsDependencies } from './jobsDependencies';
import { belongsHere } from './belongsHere';
import type { Work } from './generate';
import { reportFailure } from './reportOutcome';
import { runJobs } from './runJobs';
import { tellSetAside } from './tellSetAside';
import { connectAgain } from '../connection/connection';

/**
 * A request that was never sent goes on by itself only while it is fresh: whoever opens a folder days later does not
 * expect to pay.
 */
const FRESH_MS = 10 * 60_000;

/**
 * Goes on with what other windows have left undone here, once. What belongs to other folders is left to them, and what
 * another window works on is looked at until that one is done or dead.
 * @param signal ends the looking
 */
export async function resumeJobs(app: JobsDependencies, signal: AbortSignal): Promise<void> {
  const { records, setAside } = await app.jobs.journal.readOpen();
  if (setAside.length > 0) tellSetAside(app.log, setAside);
  const here = records.filter((record) => belongsHere(record) && !app.jobs.hasHandled(record.id));
  for (const record of here.filter((one) => !mayGoOn(one))) await close(app, record);
  const undecided = here.filter((record) => nextStep(record) === 'decide');
  for (const record of undecided) {
    app.jobs.setHandled(record.id);
    stop(app, record, errorOf(record) ?? new PictorError('interrupted', t('Nobody knows how this request ended.')));
  }
  // One that a service may know of by now is asked about first: that is free.
  let left: readonly JobRecord[] = here.filter((record) => mayGoOn(record) && !undecided.includes(record));
  for (;;) {
    const ids = left.map(({ id }) => id);
    const busy = await goOn(app, ids, (record, isOpen) => isOpen && mayGoOn(record));
    left = left.filter(({ id }) => busy.includes(id));
    if (left.length === 0) return;
    await delay(BEAT_MS, signal);
  }
}

/**
 * Goes on with jobs, whatever they are waiting for.
 * @param isWanted asked of each as it stands once this window has it: another one may have finished it by then
 * @returns the ids of those that another window works on
 */
export async function goOn(
  app: JobsDependencies,
  ids: readonly string[],
  isWanted: (record: JobRecord, isOpen: boolean) => boolean,
): Promise<string[]> {
  const works: Work[] = [];
  const busy: string[] = [];
  for (const id of ids) {
    const live = await app.jobs.take(id).catch((error: unknown) => {
      app.log.error(error);
      return undefined;
    });
    if (!live) {
      if (await app.jobs.journal.read(id)) busy.push(id);
      continue;
    }
    const { record } = live.job;
    try {
      if (isWanted(record, await app.jobs.journal.isOpen(id))) {
        works.push({ live, connection: await connectAgain(app.keys, record) });
        continue;
      }
    } catch (error) {
      stop(app, record, error);
    }
    live.anchor?.dispose();
    await app.jobs.close(live);
  }
  if (works.length > 0) await runJobs(app, works);
  return busy;
}

/** A job cannot go on now: it is shown, with what helps. */
function stop(app: JobsDependencies, record: JobRecord, reason: unknown): void {
  if (reason instanceof vscode.CancellationError) return;
  app.jobs.stop({ record }, errorFrom(reason));
  void reportFailure(app, record, reason);
}

function mayGoOn(record: JobRecord): boolean {
  const { state, createdMs } = record;
  if (state !== 'planned') return state !== 'failed' && state !== 'cancelled';
  const ageMs = Date.now() - createdMs;
  return vscode.workspace.isTrusted && ageMs >= 0 && ageMs < FRESH_MS;
}

/**
 * It is over, although the last word was not heard; or it was never sent, and waits in the list to be asked for again.
 */
async function close(app: JobsDependencies, { id }: JobRecord): Promise<void> {
  const live = await app.jobs.take(id);
  if (!live) return;
  const { record } = live.job;
  try {
    if (!mayGoOn(record))
      await live.job.finish(record.state === 'planned' ? 'cancelled' : record.state, errorOf(record));
  } finally {
    live.anchor?.dispose();
    await app.jobs.close(live);
  }
}
