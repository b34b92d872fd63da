import { errorFrom } from '../../core/errors';
import type { JobRecord } from '../../core/jobs/jobRecord';
import { runJob } from '../../core/jobs/runJob';
import type { Step } from '../../core/jobs/step';
import type { Connection } from '../connection/connection';
import { failureOf, type JobOutcome } from './jobOutcome';
import type { JobsDependencies } from './jobsDependencies';
import type { LiveJob } from './jobStore';
import { runDependencies } from './runDependencies';

/** A job, and how the provider is reached that has or will have it. */
export interface Work {
  readonly live: LiveJob;
  readonly connection: Connection;
}

export interface GenerateOptions {
  /** The cancel of all of them; each has one of its own too. */
  readonly signal: AbortSignal;
  readonly onStep?: (step: Step) => void;
  /** Told of each job when it ends itself, and nothing of it is held any more. */
  readonly onEnd?: (live: LiveJob, outcome: JobOutcome) => void;
}

/**
 * Takes jobs from wherever they stand to linked files, each in its turn. It shows nothing and asks nothing, and never
 * rejects: what went wrong is in the outcomes.
 */
export async function generate(
  app: JobsDependencies,
  works: readonly Work[],
  options: GenerateOptions,
): Promise<JobOutcome[]> {
  return Promise.all(
    works.map(async (work) => {
      const { live } = work;
      const outcome = await run(app, work, options);
      const failure = failureOf(outcome);
      if (failure !== undefined) {
        const error = errorFrom(failure);
        const { refusedField } = error.details;
        if (refusedField) await app.refusals.learn(live.job.record, refusedField);
        app.jobs.stop(live.job, error);
      }
      const mayGoOn = failure !== undefined || (outcome.result?.missing ?? 0) > 0;
      app.jobs.releaseAnchor(live, mayGoOn || live.keepsAnchor === true);
      await app.jobs.close(live, true);
      options.onEnd?.(live, outcome);
      return outcome;
    }),
  );
}

async function run(app: JobsDependencies, work: Work, { signal, onStep }: GenerateOptions): Promise<JobOutcome> {
  const { live, connection } = work;
  const { job, controller } = live;
  const name = `${connection.provider.label} ${job.record.request.model}`;
  const cancel = (): void => controller.abort(signal.reason);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  const startMs = Date.now();
  app.log.info(beginning(name, job.record));
  try {
    const result = await runJob(
      job,
      runDependencies(app, live, connection, (step) => {
        app.jobs.report(live, { step });
        onStep?.(step);
      }),
    );
    const { saved, requestId, usage } = result;
    const facts = [requestId && `request id ${requestId}`, usage?.total !== undefined && `${usage.total} tokens`];
    const end = [`${saved.length} delivered after ${Date.now() - startMs} ms`, ...facts].filter(Boolean).join(', ');
    app.log.info(`${name}: ${end}`);
    return { record: job.record, result };
  } catch (reason) {
    return { record: job.record, reason };
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

function beginning(name: string, { state, task, request }: JobRecord): string {
  if (state !== 'planned')
    return `${name}: going on with what was asked for${task ? ` as task ${task.taskId}` : ''} (${state})`;
  const unsupported =
    request.unsupported.length > 0 ? `; not sent, since it does not take them: ${request.unsupported.join(', ')}` : '';
  return `${name}: asking for an image${unsupported}`;
}
