import { basename } from 'node:path';
import type { AnsweredImage, DeliveredImages, Usage } from '../answers/answer';
import type { ProviderDefinition } from '../catalog/providers';
import { errorText, PictorError } from '../errors';
import { inspectPicture } from '../files/inspectPicture';
import type { StagedFile, StagingArea } from '../files/staging';
import { pictureCount } from '../request/composeRequest';
import { isOutOfHand, type Job } from './job';
import type { JobParts, JobResult } from './jobParts';
import { canContinue, withTask, type JobPicture } from './jobRecord';
import { usualDurationMs } from './pollCadence';
import { requestOf } from './planJob';
import { savePictures } from './savePictures';
import { waitForTask } from './waitForTask';

/** What the answer told besides the pictures. */
interface Facts {
  readonly failure?: unknown;
  readonly usage?: Usage;
}

/**
 * Takes a job from wherever it stands to its end, and records each step before the next. Once the service has answered, what goes wrong
 * with one picture costs no other one: it is among the failures, a cancel too.
 * @throws PictorError where there is no picture; the reason of `signal` when the user cancels before the service has answered; see also
 * `isOutOfHand`
 */
export async function runJob(job: Job, parts: JobParts): Promise<JobResult> {
  let facts: Facts = {};
  try {
    if (job.record.pictures.length === 0) facts = await obtainPictures(job, parts);
  } catch (error) {
    await endWithout(job, parts, error);
    throw error;
  }
  parts.onStep({ text: 'Fetching and saving' });
  const failures = await savePictures(job, parts);
  if (facts.failure !== undefined) failures.push(facts.failure);
  const outOfHand = failures.find(isOutOfHand);
  if (outOfHand) throw outOfHand as Error;
  const isLinked = await link(job, parts);
  await end(job, parts, failures, isLinked);
  const { pictures, missing, requestId } = job.record;
  const saved = pictures.flatMap((picture) => (picture.saved ? [picture.saved] : []));
  return { saved, isLinked, failures, missing: failures.length === 0 ? missing : 0, requestId, usage: facts.usage };
}

/** Submit and poll, from wherever the job stands. */
async function obtainPictures(job: Job, parts: JobParts): Promise<Facts> {
  const { state, task, service } = job.record;
  if (!task) {
    // What draws here and now costs nothing, so it may be done again.
    const isFresh = state === 'planned' || service.baseUrl === undefined;
    const facts = isFresh ? await submit(job, parts) : await recoverSubmit(job, parts, interruptedError(parts.definition));
    if (facts) return facts;
  }
  return finishTask(job, parts);
}

/** @returns undefined where the answer is a task */
async function submit(job: Job, parts: JobParts): Promise<Facts | undefined> {
  const { definition, provider, signal, onStep, onPreview, waiting } = parts;
  const request = requestOf(job.record);
  onStep({ text: `Waiting for ${definition.label}` });
  await recordStrictly(job, 'submitting');
  try {
    const answer = await provider.submit(request, {
      signal,
      onWait: (reason, waitMs) => onStep({ text: `${reason}: next try`, untilMs: waiting.now() + waitMs }),
      onPreview: async (preview) => {
        onStep({ text: `${definition.label} is drawing (preview ${preview.index + 1})` });
        await onPreview(preview);
      },
    });
    if (answer.state === 'images') return await receive(job, parts, answer);
    const { taskId, pollUrl, requestId } = answer;
    if (!provider.poll) throw new PictorError('badAnswer', `${definition.label} answered with a task, and cannot be asked about it.`);
    waiting.onTask(taskId);
    await job.enter('waiting', { task: { taskId, pollUrl }, requestId });
    return undefined;
  } catch (error) {
    if (signal.aborted || !isOutcomeUnknown(error)) throw error;
    return recoverSubmit(job, parts, error);
  }
}

/** Writes down that something will be sent. @throws PictorError `notSaved`, and nothing may be sent then */
async function recordStrictly(job: Job, state: 'planned' | 'submitting'): Promise<void> {
  try {
    await job.enterStrictly(state);
  } catch (cause) {
    if (isOutOfHand(cause)) throw cause;
    throw new PictorError('notSaved', `The request could not be written down (${errorText(cause)}), so that its picture could be lost. Nothing was sent. Is there room on the disk?`, { cause });
  }
}

/** Whether the service may have drawn and billed, without our knowing it. */
function isOutcomeUnknown(error: unknown): error is PictorError {
  return error instanceof PictorError && (error.kind === 'interrupted' || error.kind === 'timeout');
}

function interruptedError({ label }: ProviderDefinition): PictorError {
  return new PictorError(
    'interrupted',
    `VS Code ended while ${label} was asked for a picture. It may have been made and billed: look at your usage there before you try again.`,
  );
}

/**
 * What can be known of a request whose answer was lost: the pictures that came, or the task at a service that can look for it. It is
 * never sent again here.
 * @throws `unknown` where nothing is found
 */
async function recoverSubmit(job: Job, parts: JobParts, unknown: PictorError): Promise<Facts | undefined> {
  const { staging, provider, signal, waiting } = parts;
  const request = requestOf(job.record);
  const whole: StagedFile[] = [];
  for (const file of await staging.list()) {
    if (whole.length < pictureCount(request) && (await isPicture(file))) whole.push(file);
  }
  if (whole.length > 0) {
    return receive(job, parts, { state: 'images', images: whole.map((file) => ({ source: { kind: 'staged', file } })) });
  }
  const task = await provider.find?.(request, signal).catch(() => undefined);
  if (!task) throw unknown;
  waiting.onTask(task.taskId);
  await job.enter('waiting', { task: { taskId: task.taskId } });
  return undefined;
}

async function isPicture(file: StagedFile): Promise<boolean> {
  return inspectPicture(file).then(
    () => true,
    () => false,
  );
}

async function finishTask(job: Job, parts: JobParts): Promise<Facts> {
  const { provider, waiting, signal, onStep, definition } = parts;
  const { label } = definition;
  const { task, requestId } = job.record;
  if (!provider.poll || !task) throw new PictorError('badAnswer', `${label} cannot be asked about the task.`);
  await job.enter('waiting', { error: undefined });
  const poll = provider.poll.bind(provider, { state: 'task', ...task, requestId });
  const startMs = waiting.now();
  const usualMs = usualDurationMs(waiting.seenMs);
  const usual = usualMs === undefined ? '' : `, usually ${Math.round(usualMs / 1000)} s`;
  const onRunning = (percent?: number): void => onStep({ text: `${label} is drawing${percent === undefined ? '' : ` (${Math.round(percent)} %)`}${usual}` });
  onRunning();
  try {
    const done = await waitForTask({ ...waiting, label, poll, signal, onRunning });
    // Of a task that is asked about again, nobody knows when it was done.
    if (!job.isResumed) waiting.onDuration(waiting.now() - startMs);
    return await receive(job, parts, done);
  } catch (error) {
    throw withTask(error, job.record);
  }
}

/** Writes down what was delivered. */
async function receive(job: Job, { staging }: JobParts, { images, requestId, failure, usage }: DeliveredImages): Promise<Facts> {
  const failures = failure === undefined ? [] : [failure];
  const pictures = await Promise.all(images.map((image, index) => pictureOf(image, index, staging, failures)));
  const missing = failures.length === 0 ? Math.max(0, pictureCount(requestOf(job.record)) - images.length) : 0;
  await job.enter('delivered', { pictures, missing, requestId: requestId ?? job.record.requestId, error: undefined });
  return { failure: failures[0], usage };
}

async function pictureOf({ source, revisedPrompt, used = {} }: AnsweredImage, index: number, staging: StagingArea, failures: unknown[]): Promise<JobPicture> {
  const common = { index, revisedPrompt, used: { ...used } };
  switch (source.kind) {
    case 'url':
      return { ...common, source: { kind: 'url', url: source.url } };
    case 'tooLarge':
      failures.push(
        new PictorError('tooLarge', 'A picture came that is larger than pictor.maxImageMegabytes allows, or was cut short. Raise it and try again; each try is billed.', {
          setting: 'pictor.maxImageMegabytes',
        }),
      );
      return { ...common, source: { kind: 'gone' } };
    default: {
      const { path, bytes } = source.kind === 'staged' ? source.file : await staging.add(source.bytes);
      return { ...common, source: { kind: 'staged', name: basename(path), bytes } };
    }
  }
}

async function link(job: Job, { link: insert, signal }: JobParts): Promise<boolean> {
  const waiting = job.record.pictures.filter(({ saved, isLinked }) => saved && !isLinked);
  // Who cancels wants no link any more; but what is there is paid for, and is offered.
  if (waiting.length === 0 || signal.aborted) return false;
  if (!(await insert(waiting.flatMap(({ saved }) => saved ?? [])))) return false;
  const linked = new Set(waiting.map(({ index }) => index));
  const pictures = job.record.pictures.map((picture) => (linked.has(picture.index) ? { ...picture, isLinked: true as const } : picture));
  await job.enter('linked', { pictures });
  return true;
}

/** The last word about a job whose pictures came. */
async function end(job: Job, { staging, signal }: JobParts, failures: readonly unknown[], isLinked: boolean): Promise<void> {
  const failure = failures.find((one) => one instanceof PictorError);
  // What is here and has no place yet is kept, for the user and for the next start.
  if (job.record.pictures.some(({ source }) => source.kind === 'staged')) return job.pause('delivered', failure);
  const done = isLinked ? 'linked' : 'saved';
  await job.finish(failures.length === 0 ? done : failure === undefined && signal.aborted ? 'cancelled' : 'failed', failure);
  await staging.clear();
}

/** The last word about a job without pictures. */
async function endWithout(job: Job, { staging, signal }: JobParts, error: unknown): Promise<void> {
  if (isOutOfHand(error)) return;
  const known = error instanceof PictorError ? error : undefined;
  const { state } = job.record;
  if (!signal.aborted && isOutcomeUnknown(error) && (state === 'submitting' || state === 'unknown')) return job.pause('unknown', known);
  await job.finish(signal.aborted ? 'cancelled' : 'failed', known ?? new PictorError('badAnswer', errorText(error)));
  if (!canContinue(job.record)) await staging.clear();
}
