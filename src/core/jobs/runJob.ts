import pLimit from 'p-limit';
import type { ProviderDefinition } from '../catalog/providers';
import { PictorError } from '../errors';
import { inspectPicture } from '../files/inspectPicture';
import type { MediaType } from '../files/mediaType';
import type { StagedFile, StagingArea } from '../files/staging';
import type { AnsweredImage, DeliveredImages, ImageTask, Usage, UsedValues } from '../answers/answer';
import type { ImageProvider, SubmitOptions } from '../providers/provider';
import { pictureCount, type ImageRequest } from '../request/composeRequest';
import { usualDurationMs } from './pollCadence';
import type { Step } from './step';
import { waitForTask, type WaitParts } from './waitForTask';

/** A finished picture. */
export interface GeneratedImage extends MediaType {
  readonly file: StagedFile;
  /** The prompt that the service really used. */
  readonly revisedPrompt?: string;
  readonly used: UsedValues;
  /** Its place among the pictures of the request, from 0. */
  readonly index: number;
}

/** What a job brought: every picture that could be had, as it was kept, and why the others could not. */
export interface JobResult<Kept> {
  readonly kept: readonly Kept[];
  readonly failures: readonly unknown[];
  /** How many pictures the service did not deliver, without a word about why. */
  readonly missing: number;
  readonly requestId?: string;
  readonly usage?: Usage;
}

/** The parts that a job needs from outside. */
export interface JobParts<Kept> {
  readonly definition: ProviderDefinition;
  readonly provider: ImageProvider;
  readonly staging: StagingArea;
  readonly download: (url: string, check: (file: StagedFile) => Promise<void>) => Promise<StagedFile>;
  /** Puts a picture where it is safe. Called for each one as soon as it is there: none waits for a slower one. */
  readonly keep: (image: GeneratedImage) => Promise<Kept>;
  /** How tasks are waited for. */
  readonly waiting: Omit<WaitParts, 'label' | 'poll' | 'signal' | 'onRunning'> & {
    /** Told the id under which the service works on the request, so that it can be found there whatever happens here. */
    readonly onTask: (taskId: string) => void;
    readonly onDuration: (ms: number) => void;
  };
  readonly onPreview: SubmitOptions['onPreview'];
  /** A task of an earlier submit of the same request, to be asked about instead of submitting again. */
  readonly resume?: ImageTask;
  readonly signal: AbortSignal;
  /** Told what is being done now. */
  readonly onStep: (step: Step) => void;
}

/** Pictures that are fetched and saved at the same time, by all jobs together. */
const downloads = pLimit(4);

/**
 * Takes a request from its submit to kept pictures. Once the service has answered, what goes wrong with one picture costs no other
 * one: it is among the failures, a cancel too.
 * @throws PictorError; the reason of `signal` when the user cancels before the service has answered
 */
export async function runJob<Kept>(request: ImageRequest, parts: JobParts<Kept>): Promise<JobResult<Kept>> {
  const { definition, provider, signal, onStep, onPreview, waiting } = parts;
  onStep({ text: `Waiting for ${definition.label}` });
  const answer =
    parts.resume ??
    (await provider.submit(request, {
      signal,
      onWait: (reason, waitMs) => onStep({ text: `${reason}: next try`, untilMs: waiting.now() + waitMs }),
      onPreview: async (preview) => {
        onStep({ text: `${definition.label} is drawing (preview ${preview.index + 1})` });
        await onPreview(preview);
      },
    }));
  const task = answer.state === 'task' ? answer : undefined;
  const { images, failure, usage, requestId = answer.requestId } = answer.state === 'task' ? await finishTask(answer, parts) : answer;
  onStep({ text: 'Fetching and saving' });
  const outcomes = await Promise.allSettled(images.map((image, index) => downloads(() => deliver(image, index, parts))));
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [withTask(outcome.reason, task)] : []));
  return {
    kept: outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
    failures: failure === undefined ? failures : [...failures, failure],
    missing: failure === undefined ? Math.max(0, pictureCount(request) - images.length) : 0,
    requestId,
    usage,
  };
}

async function finishTask<Kept>(task: ImageTask, { definition, provider, waiting, signal, onStep, resume }: JobParts<Kept>): Promise<DeliveredImages> {
  const { label } = definition;
  if (!provider.poll) throw new PictorError('badAnswer', `${label} answered with a task, and cannot be asked about it.`);
  waiting.onTask(task.taskId);
  const poll = provider.poll.bind(provider, task);
  const startMs = waiting.now();
  const usualMs = usualDurationMs(waiting.seenMs);
  const usual = usualMs === undefined ? '' : `, usually ${Math.round(usualMs / 1000)} s`;
  const onRunning = (percent?: number): void => onStep({ text: `${label} is drawing${percent === undefined ? '' : ` (${Math.round(percent)} %)`}${usual}` });
  onRunning();
  try {
    const done = await waitForTask({ ...waiting, label, poll, signal, onRunning });
    // Of a task that is asked about again, nobody knows when it was done.
    if (!resume) waiting.onDuration(waiting.now() - startMs);
    return done;
  } catch (error) {
    throw withTask(error, task);
  }
}

/** Where a service works on a task, or has finished one, asking about it again is free, and a new request is not. */
function withTask(error: unknown, task: ImageTask | undefined): unknown {
  return task && error instanceof PictorError && !error.details.isTaskOver ? error.with({ task }) : error;
}

async function deliver<Kept>(image: AnsweredImage, index: number, parts: JobParts<Kept>): Promise<Kept> {
  const { source, revisedPrompt, used = {} } = image;
  const url = source.kind === 'url' ? source.url : undefined;
  const file = await fetchPicture(image, parts);
  let media: MediaType;
  try {
    media = await inspectPicture(file);
  } catch (error) {
    if (!(error instanceof PictorError)) throw error;
    // What cannot be made sense of here may be worth something to a person: it is paid for.
    const path = await parts.staging.setAside(file);
    throw new PictorError(error.kind, `${error.message} What came is kept in ${path}.`, { ...error.details, url });
  }
  const kept = await parts.keep({ file, ...media, revisedPrompt, used, index });
  await parts.staging.discard(file);
  return kept;
}

async function fetchPicture<Kept>({ source }: AnsweredImage, { staging, download }: JobParts<Kept>): Promise<StagedFile> {
  switch (source.kind) {
    case 'staged':
      return source.file;
    case 'bytes':
      return staging.add(source.bytes);
    case 'url':
      return download(source.url, async (file) => {
        await inspectPicture(file);
      });
    case 'tooLarge':
      throw new PictorError('tooLarge', 'A picture came that is larger than pictor.maxImageMegabytes allows, or was cut short. Raise it and try again; each try is billed.', {
        setting: 'pictor.maxImageMegabytes',
      });
  }
}
