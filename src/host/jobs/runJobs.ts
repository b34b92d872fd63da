import { t } from '@vscode/l10n';
import pLimit from 'p-limit';
import { promptOf } from '../../core/jobs/jobRecord';
import { shortPrompt } from '../../core/markup/shortPrompt';
import { notify } from '../ui/notify';
import { withProgress, type ProgressTask } from '../ui/progress';
import type { Batch } from './batches';
import { generate, type Work } from './generate';
import { isShownByForm } from './isShownByForm';
import type { JobOutcome } from './jobOutcome';
import type { JobsDependencies } from './jobsDependencies';
import type { PreparedJobs } from './prepareJobs';
import { reportBatch } from './reportBatch';
import { reportOutcome } from './reportOutcome';
import type { TrackedAnchor } from '../document/anchorTracker';

/** As many records are written at once. */
const PARALLEL_WRITES = 8;

/** Writes new jobs down. @throws PictorError where one cannot be written: nothing is sent then */
export async function openJobs(
  app: Pick<JobsDependencies, 'jobs'>,
  { records, connection }: PreparedJobs,
  anchors: readonly (TrackedAnchor | undefined)[],
): Promise<Work[]> {
  const limit = pLimit(PARALLEL_WRITES);
  const outcomes = await Promise.allSettled(
    records.map((record, index) => limit(() => app.jobs.open(record, anchors[index]))),
  );
  const opened = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await Promise.allSettled(opened.map((live) => live.job.finish('cancelled').finally(() => app.jobs.close(live))));
    throw failed.reason;
  }
  return opened.map((live) => ({ live, connection }));
}

/** Runs jobs under one notification, where they need one, and reports what came of each as soon as it has ended. */
export async function runJobs(app: JobsDependencies, works: readonly Work[]): Promise<JobOutcome[]> {
  // What is drawn at once needs no notification, and what the form shows needs none beside it.
  const isQuiet = works.every(({ connection, live }) => !connection.baseUrl || isShownByForm(app, live.job.record));
  beginBatches(app, works);
  return withProgress(titleOf(works), isQuiet, async ({ signal, onStep }) => {
    const steps = sharedSteps(works.length, onStep);
    const outcomes = await generate(app, works, {
      signal,
      onStep: steps.onStep,
      onEnd: (live, outcome) => {
        steps.onDone();
        report(app, live.batch, outcome);
      },
    });
    tellCancelled(works, outcomes, signal);
    return outcomes;
  });
}

/** Jobs of one batch share a card and a summary, after a crash too. */
function beginBatches({ jobs }: Pick<JobsDependencies, 'jobs'>, works: readonly Work[]): void {
  const lives = works.map(({ live }) => live);
  for (const batchId of new Set(lives.flatMap(({ job }) => job.record.batchId ?? []))) {
    const members = lives.filter(({ job }) => job.record.batchId === batchId);
    if (members.length < 2) continue;
    const batch = jobs.batches.begin(batchId, members.length);
    for (const live of members) live.batch = batch;
  }
}

function report(app: JobsDependencies, batch: Batch | undefined, outcome: JobOutcome): void {
  batch?.outcomes.push(outcome);
  if (batch && batch.outcomes.length < batch.total) return;
  const told = batch ? reportBatch(app, batch) : reportOutcome(app, outcome);
  told.catch((error: unknown) => app.log.error(error));
}

function tellCancelled(works: readonly Work[], outcomes: readonly JobOutcome[], signal: AbortSignal): void {
  const sent = works.find(
    ({ connection, live }, index) =>
      connection.baseUrl &&
      outcomes[index]?.reason !== undefined &&
      (signal.aborted || live.controller.signal.aborted) &&
      live.job.record.history.some(({ state }) => state === 'submitting'),
  );
  if (!sent) return;
  const { label } = sent.connection.provider;
  void notify.info(
    t('Cancelled. If {label} had begun to draw, it cannot be told to stop, and may still bill for the picture.', {
      label,
    }),
  );
}

function titleOf(works: readonly Work[]): string {
  const [first] = works;
  return works.length === 1 && first
    ? `Pictor: “${shortPrompt(promptOf(first.live.job.record))}”`
    : t('Pictor: {count} pictures', { count: works.length });
}

/** Several requests share one notification: it counts those that are done beside the newest step. */
function sharedSteps(
  total: number,
  onStep: ProgressTask['onStep'],
): Pick<ProgressTask, 'onStep'> & { onDone: () => void } {
  let done = 0;
  let newest = t('Starting');
  const prefix = (): string => (total > 1 ? `${t('{done} of {total} done', { done, total })} · ` : '');
  return {
    onStep: ({ text, untilMs }) => {
      newest = text;
      onStep({ text: prefix() + text, untilMs });
    },
    onDone: () => {
      done++;
      if (total > 1) onStep({ text: prefix() + newest });
    },
  };
}
