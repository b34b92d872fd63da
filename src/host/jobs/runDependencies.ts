import { readFile } from 'node:fs/promises';
import { t } from '@vscode/l10n';
import { delay } from '../../core/delay';
import { PictorError } from '../../core/errors';
import { guardFor, type AddressGuard } from '../../core/http/addressGuard';
import { download } from '../../core/http/download';
import type { JobDependencies } from '../../core/jobs/jobDependencies';
import type { SavedImage } from '../../core/jobs/jobRecord';
import { requestOf } from '../../core/jobs/planJob';
import type { Step } from '../../core/jobs/step';
import { imageCount } from '../../core/request/composeRequest';
import { createImagesApi } from '../../core/providers/createImagesApi';
import type { Connection } from '../connection/connection';
import { hasLink } from '../document/linkFor';
import { readSettings } from '../settings/readSettings';
import type { JobsDependencies } from './jobsDependencies';
import type { LiveJob } from './jobStore';

/** What a job of this window depends on while it runs. */
export function runDependencies(
  app: JobsDependencies,
  live: LiveJob,
  connection: Connection,
  onStep: (step: Step) => void,
): JobDependencies {
  const { job, staging, controller } = live;
  const { signal } = controller;
  const { provider, baseUrl, apiKey, http } = connection;
  const { timeoutMs, maxImageBytes } = connection.settings;
  const names = { count: imageCount(requestOf(job.record)) };
  const guard: AddressGuard = baseUrl ? guardFor(baseUrl) : () => Promise.resolve(false);
  const api = createImagesApi(provider, () => {
    if (!baseUrl) throw new Error(`${provider.id} has no address`);
    return {
      http,
      baseUrl,
      apiKey,
      timeoutMs,
      maxImageBytes,
      staging,
      sharedStaging: app.jobs.sharedStaging,
      batches: app.taskBatches,
    };
  });
  return {
    provider,
    api,
    staging,
    signal,
    onStep,
    takeTurn: async () => {
      if (!baseUrl) return undefined;
      const permit = await app.jobs.semaphore.acquire(
        job.record.id,
        () => maxConcurrent(connection),
        signal,
        () => onStep({ text: t('Waiting for its turn') }),
      );
      return () => permit.release();
    },
    onPreview: async ({ index, file }) =>
      app.jobs.report(live, { preview: { index, bytes: new Uint8Array(await readFile(file.path)) } }),
    waiting: waitingFor(app, job.record.request.model, provider.label, timeoutMs),
    save: (image) => app.images.save(image, job.record, names),
    link: (images) => link(app, live, images),
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
): JobDependencies['waiting'] {
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

async function link(app: JobsDependencies, live: LiveJob, images: readonly SavedImage[]): Promise<boolean> {
  const { job, anchor, batch } = live;
  const { insert, anchor: asked } = job.record.target;
  if (!anchor || insert === 'none') return false;
  // An earlier process may have got as far as the document, and no further.
  const unlinked = job.isResumed ? images.filter((image) => !hasLink(anchor, image)) : images;
  if (unlinked.length === 0) return true;
  // Beside one that is there already, and never in its place.
  const isFollowUp = (asked?.isFollowUp ?? false) || job.record.images.some(({ isLinked }) => isLinked);
  const written = await app.links.write({ anchor, images: unlinked, mode: insert, isFollowUp });
  const located = written?.anchor.locate();
  if (!written || !located) return false;
  const { end } = located.span;
  // Images that are asked for once more go behind it.
  if (job.record.missing > 0 || live.keepsAnchor) live.next = app.anchors.track(located.document, { start: end, end });
  if (batch) batch.links.push(written);
  else written.anchor.dispose();
  return true;
}

/** The setting may be changed while jobs wait; where it cannot be read, it is what it was. */
function maxConcurrent({ settings }: Connection): number {
  try {
    return readSettings(undefined).maxConcurrent;
  } catch (error) {
    if (error instanceof PictorError) return settings.maxConcurrent;
    throw error;
  }
}
