import { t } from '@vscode/l10n';
import type { JobResult } from '../../core/jobs/jobParts';
import { promptOf } from '../../core/jobs/jobRecord';
import { altText } from '../../core/markup/altText';
import { shorten } from '../../core/markup/shorten';
import type { JobsDependencies } from './jobsDependencies';
import { notify } from '../ui/notify';
import { withProgress, type ProgressTask } from '../ui/progress';
import { announce } from './announce';
import { drawJob } from './drawJob';
import type { LiveJob } from './jobStore';
import type { Ask, Plan } from './planJobs';
import type { Service } from '../connection/service';

const MAX_TITLE_CHARACTERS = 40;

/** A job of this window, and what came of it. */
export interface RunJob {
  readonly live: LiveJob;
  readonly outcome: PromiseSettledResult<JobResult>;
}

/** A job, and the service that has or will have it. */
export interface Work {
  readonly live: LiveJob;
  readonly service: Service;
}

/** Writes new jobs down, and runs them. @throws PictorError where they cannot be written: nothing is sent then */
export async function runPlan(
  app: JobsDependencies,
  { records, service }: Plan,
  asks: readonly Ask[],
): Promise<RunJob[]> {
  const opened: LiveJob[] = [];
  try {
    for (const [index, record] of records.entries()) opened.push(await app.jobs.open(record, asks[index]?.place));
  } catch (error) {
    await Promise.allSettled(opened.map((live) => live.job.finish('cancelled').finally(() => app.jobs.close(live))));
    throw error;
  }
  return runJobs(
    app,
    opened.map((live) => ({ live, service })),
  );
}

/** Runs jobs under one notification, each in its turn. */
export async function runJobs(app: JobsDependencies, works: readonly Work[]): Promise<RunJob[]> {
  // What is drawn at once needs no notification, and what the form shows needs none beside it.
  const isQuiet = works.every(
    ({ service, live }) => !service.endpoint || (app.form.isVisible && live.job.record.instead),
  );
  return withProgress(titleOf(works), isQuiet, async (task) => {
    const steps = sharedSteps(works.length, task);
    const outcomes = await Promise.allSettled(
      works.map(async ({ live, service }) => {
        try {
          const result = await drawJob(app, live, service, { signal: task.signal, onStep: steps.onStep });
          announce(app, live, result);
          return result;
        } finally {
          await app.jobs.close(live, true);
          steps.onDone();
        }
      }),
    );
    const isCancelled = ({ live }: Work, index: number): boolean =>
      outcomes[index]?.status === 'rejected' && (task.signal.aborted || live.controller.signal.aborted);
    const sent = works.find(
      (work, index) =>
        work.service.endpoint &&
        isCancelled(work, index) &&
        work.live.job.record.history.some(({ state }) => state === 'submitting'),
    );
    if (sent) {
      void notify.info(
        t('Cancelled. If {label} had begun to draw, it cannot be told to stop, and may still bill for the picture.', {
          label: sent.service.definition.label,
        }),
      );
    }
    return works.flatMap(({ live }, index) => (outcomes[index] ? [{ live, outcome: outcomes[index] }] : []));
  });
}

function titleOf(works: readonly Work[]): string {
  const [first] = works;
  return works.length === 1 && first
    ? `Pictor: “${shortPrompt(promptOf(first.live.job.record))}”`
    : t('Pictor: {count} pictures', { count: works.length });
}

/** Enough of a prompt to tell it from others, within a line. */
export function shortPrompt(prompt: string): string {
  const line = altText(prompt);
  const short = shorten(line, MAX_TITLE_CHARACTERS);
  return short === line ? line : `${short}…`;
}

/** Several requests share one notification: it counts those that are done beside the newest step. */
function sharedSteps(total: number, task: ProgressTask): Pick<ProgressTask, 'onStep'> & { onDone: () => void } {
  let done = 0;
  const prefix = (): string => (total > 1 ? `${t('{done} of {total} done', { done, total })} · ` : '');
  return {
    onStep: ({ text, untilMs }) => task.onStep({ text: prefix() + text, untilMs }),
    onDone: () => {
      done++;
    },
  };
}
