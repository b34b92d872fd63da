import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { delay } from '../../core/delay';
import { PictorError } from '../../core/errors';
import { canAskAgain, errorOf, isUnfinished, type JobRecord } from '../../core/jobs/jobRecord';
import { BEAT_MS } from '../../core/coordination/presence';
import type { JobsDependencies } from './jobsDependencies';
import { notify } from '../ui/notify';
import type { TrackedPlace } from '../document/placeTracker';
import { belongsHere } from './belongsHere';
import { runJobs, type Work } from './runPlan';
import { connectAgain } from '../connection/service';
import { offerRemedies, settleJob } from './settleJob';

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
  if (setAside.length > 0) tellSetAside(app, setAside);
  const here = records.filter((record) => belongsHere(record) && !app.jobs.hasHandled(record.id));
  for (const record of here.filter((one) => !mayGoOn(one))) await close(app, record);
  const undecided = here.filter((record) => record.state === 'unknown' && !canAskAgain(record));
  for (const record of undecided) {
    app.jobs.setHandled(record.id);
    void offerRemedies(
      app,
      { record },
      errorOf(record) ?? new PictorError('interrupted', t('Nobody knows how this request ended.')),
    );
  }
  // One that a service may know of by now is asked about first: that is free.
  let left: readonly JobRecord[] = here.filter((record) => mayGoOn(record) && !undecided.includes(record));
  for (;;) {
    const busy = await goOn(app, left, (record, isOpen) => isOpen && mayGoOn(record));
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
  jobs: readonly { readonly id: string; readonly place?: TrackedPlace }[],
  isWanted: (record: JobRecord, isOpen: boolean) => boolean,
): Promise<string[]> {
  const works: Work[] = [];
  const busy: string[] = [];
  for (const { id, place } of jobs) {
    const live = await app.jobs.take(id, place).catch((error: unknown) => {
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
        works.push({ live, service: await connectAgain(app.keys, record) });
        continue;
      }
    } catch (error) {
      void offerRemedies(app, { record }, error);
    }
    live.place?.dispose();
    await app.jobs.close(live);
  }
  if (works.length > 0) {
    const runs = await runJobs(app, works);
    for (const { live, outcome } of runs) void settleJob(app, live, outcome);
  }
  return busy;
}

function mayGoOn(record: JobRecord): boolean {
  const { state, createdMs } = record;
  if (state !== 'planned') return isUnfinished(record) || state === 'unknown';
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
    live.place?.dispose();
    await app.jobs.close(live);
  }
}

/** Records that cannot be read were put aside: a person may want to look. */
export function tellSetAside(app: Pick<JobsDependencies, 'log'>, files: readonly string[]): void {
  const names = files.join(', ');
  const said =
    files.length === 1
      ? t('Pictor could not read a record of a job, and put it aside: {names}.', { names })
      : t('Pictor could not read {count} records of jobs, and put them aside: {names}.', {
          count: files.length,
          names,
        });
  app.log.info(said);
  void notify.warn(said);
}
