import { readFile } from 'node:fs/promises';
import { t } from '@vscode/l10n';
import { delay } from '../../core/delay';
import { PictorError } from '../../core/errors';
import { guardFor, type AddressGuard } from '../../core/http/addressGuard';
import { download } from '../../core/http/download';
import type { JobParts, JobResult } from '../../core/jobs/jobParts';
import type { JobRecord, SavedPicture } from '../../core/jobs/jobRecord';
import { runJob } from '../../core/jobs/runJob';
import { createProvider } from '../../core/providers/createProvider';
import type { JobsDependencies } from './jobsDependencies';
import { hasLink, insertLinks } from '../document/insertLinks';
import type { ProgressTask } from '../ui/progress';
import { readSettings } from '../settings/readSettings';
import type { LiveJob } from './jobStore';
import type { Service } from '../connection/service';

/** Takes a job from wherever it stands to linked files. @throws what `runJob` throws */
export async function drawJob(
  app: JobsDependencies,
  live: LiveJob,
  service: Service,
  task: ProgressTask,
): Promise<JobResult> {
  const { record } = live.job;
  const name = `${service.definition.label} ${record.request.model}`;
  const onStep: ProgressTask['onStep'] = (step) => {
    app.jobs.report(live, { step });
    task.onStep(step);
  };
  const { controller } = live;
  // Either the command as a whole is cancelled, or this job alone.
  task.signal.addEventListener('abort', () => controller.abort(task.signal.reason), { once: true });
  if (task.signal.aborted) controller.abort(task.signal.reason);
  const { signal } = controller;
  const startMs = Date.now();
  app.log.info(beginning(name, record));
  const result = await runJob(live.job, partsOf(app, live, service, { signal, onStep }));
  const { saved, requestId, usage } = result;
  const facts = [requestId && `request id ${requestId}`, usage?.total !== undefined && `${usage.total} tokens`]
    .filter(Boolean)
    .join(', ');
  app.log.info(`${name}: ${saved.length} delivered after ${Date.now() - startMs} ms${facts && `, ${facts}`}`);
  return result;
}

function beginning(name: string, { state, task, request }: JobRecord): string {
  if (state !== 'planned')
    return `${name}: going on with what was asked for${task ? ` as task ${task.taskId}` : ''} (${state})`;
  const withheld =
    request.withheld.length > 0 ? `; not sent, since it does not take them: ${request.withheld.join(', ')}` : '';
  return `${name}: asking for a picture${withheld}`;
}

function partsOf(app: JobsDependencies, live: LiveJob, service: Service, { signal, onStep }: ProgressTask): JobParts {
  const { job, staging } = live;
  const { definition, endpoint, apiKey, http } = service;
  const { timeoutMs, maxImageBytes } = service.settings;
  const guard: AddressGuard = endpoint ? guardFor(endpoint.baseUrl) : () => Promise.resolve(false);
  const provider = createProvider(definition, () => {
    if (!endpoint) throw new Error(`${definition.id} has no endpoint`);
    return {
      http,
      baseUrl: endpoint.baseUrl,
      apiKey,
      timeoutMs,
      maxImageBytes,
      staging,
      sharedStaging: app.jobs.sharedStaging,
      batches: app.batches,
    };
  });
  return {
    definition,
    provider,
    staging,
    signal,
    onStep,
    takeTurn: async () => {
      if (!endpoint) return undefined;
      const slot = await app.jobs.slots.acquire(
        job.record.id,
        () => maxConcurrent(service),
        signal,
        () => onStep({ text: t('Waiting for its turn') }),
      );
      return () => slot.release();
    },
    onPreview: async ({ index, file }) =>
      app.jobs.report(live, { preview: { index, bytes: new Uint8Array(await readFile(file.path)) } }),
    waiting: waitingFor(app, job.record.request.model, definition.label, timeoutMs),
    save: (image) => app.pictures.save(image, job.record),
    link: (pictures) => link(app, live, pictures),
    download: (url, check) =>
      download(url, {
        exchange: (request, read) => http.exchange(request, read),
        staging,
        guard,
        check,
        signal,
        timeoutMs,
        maxBytes: maxImageBytes,
        delay,
      }),
  };
}

/** How a task of this request is waited for, and what is learnt from it. */
function waitingFor(
  app: Pick<JobsDependencies, 'durations' | 'log'>,
  model: string,
  label: string,
  timeoutMs: number,
): JobParts['waiting'] {
  return {
    timeoutMs,
    seenMs: app.durations.seen(label, model),
    onTask: (taskId) => app.log.info(`${label} ${model}: working on it as task ${taskId}`),
    onDuration: (ms) => void app.durations.add(label, model, ms),
    onUnknownStatus: (status) =>
      app.log.info(`${label} ${model}: the task has the unknown state “${status}”, and is taken to run`),
    delay,
    now: Date.now,
  };
}

async function link(app: JobsDependencies, live: LiveJob, pictures: readonly SavedPicture[]): Promise<boolean> {
  const { job, place } = live;
  const { insert, place: asked } = job.record.target;
  if (!place || insert === 'none') return false;
  // An earlier process may have got as far as the document, and no further.
  const missing = job.isResumed ? pictures.filter((picture) => !hasLink(place, picture)) : pictures;
  if (missing.length === 0) return true;
  // Beside one that is there already, and never in its place.
  const isFollowUp = (asked?.isFollowUp ?? false) || job.record.pictures.some(({ isLinked }) => isLinked);
  live.next = await insertLinks(place, missing, insert, isFollowUp, ({ document, span }) =>
    app.places.track(document, span),
  );
  return live.next !== undefined;
}

/** The setting may be changed while jobs wait; where it cannot be read, it is what it was. */
function maxConcurrent({ settings }: Service): number {
  try {
    return readSettings(undefined).maxConcurrent;
  } catch (error) {
    if (error instanceof PictorError) return settings.maxConcurrent;
    throw error;
  }
}
