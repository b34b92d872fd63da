import pLimit from 'p-limit';
import type { ProviderDefinition } from '../catalog/providers';
import { PictorError } from '../errors';
import { detectMediaType, type MediaType } from '../files/mediaType';
import type { AnsweredImage, DeliveredImages, ImageProvider, ImageTask } from '../providers/provider';
import type { ImageRequest } from '../request/composeRequest';
import { usualDurationMs } from './pollCadence';
import { waitForTask, type WaitParts } from './waitForTask';

/** A finished picture. */
export interface GeneratedImage extends MediaType {
  readonly bytes: Uint8Array;
  /** The prompt that the service really used. */
  readonly revisedPrompt?: string;
  /** Its place among the pictures of the request, from 0. */
  readonly index: number;
}

/** What a job brought: every picture that could be had, as it was kept, and why the others could not. */
export interface JobResult<Kept> {
  readonly kept: readonly Kept[];
  readonly failures: readonly unknown[];
  readonly requestId?: string;
}

/** The parts that a job needs from outside. */
export interface JobParts<Kept> {
  readonly definition: ProviderDefinition;
  readonly provider: ImageProvider;
  readonly download: (url: string) => Promise<Uint8Array>;
  /** Puts a picture where it is safe. Called for each one as soon as it is there: none waits for a slower one. */
  readonly keep: (image: GeneratedImage) => Promise<Kept>;
  /** How tasks are waited for. */
  readonly waiting: Omit<WaitParts, 'label' | 'poll' | 'signal' | 'onRunning'> & {
    /** Told the id under which the service works on the request, so that it can be found there whatever happens here. */
    readonly onTask: (taskId: string) => void;
    readonly onDuration: (ms: number) => void;
  };
  readonly signal: AbortSignal;
  /** Told the step in words, for a person. */
  readonly onStep: (step: string) => void;
}

/** Pictures of one answer that are downloaded at the same time. */
const PARALLEL_DOWNLOADS = 4;

/**
 * Takes a request from its submit to kept pictures. Once the service has answered, what goes wrong with one picture costs no other
 * one: it is among the failures, a cancel too.
 * @throws PictorError; the reason of `signal` when the user cancels before the service has answered
 */
export async function runJob<Kept>(request: ImageRequest, parts: JobParts<Kept>): Promise<JobResult<Kept>> {
  const { definition, provider, signal, onStep } = parts;
  onStep(`Waiting for ${definition.label}`);
  const answer = await provider.submit(request, {
    signal,
    onWait: (reason, waitMs) => onStep(`${reason}: next try in ${Math.ceil(waitMs / 1000)} s`),
  });
  const { images, requestId = answer.requestId } = answer.state === 'task' ? await finishTask(answer, parts) : answer;
  onStep('Fetching and saving');
  const limit = pLimit(PARALLEL_DOWNLOADS);
  const outcomes = await Promise.allSettled(images.map((image, index) => limit(() => deliver(image, index, parts))));
  return {
    kept: outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
    failures: outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : [])),
    requestId,
  };
}

async function finishTask<Kept>(task: ImageTask, { definition, provider, waiting, signal, onStep }: JobParts<Kept>): Promise<DeliveredImages> {
  const { label } = definition;
  if (!provider.poll) throw new PictorError('badAnswer', `${label} answered with a task, and cannot be asked about it.`);
  waiting.onTask(task.taskId);
  const poll = provider.poll.bind(provider, task, signal);
  const startMs = waiting.now();
  const usualMs = usualDurationMs(waiting.seenMs);
  const usual = usualMs === undefined ? '' : `, usually ${Math.round(usualMs / 1000)} s`;
  const onRunning = (percent?: number): void => onStep(`${label} is drawing${percent === undefined ? '' : ` (${Math.round(percent)} %)`}${usual}`);
  onRunning();
  const done = await waitForTask({ ...waiting, label, poll, signal, onRunning });
  waiting.onDuration(waiting.now() - startMs);
  return done;
}

async function deliver<Kept>({ source, revisedPrompt }: AnsweredImage, index: number, parts: JobParts<Kept>): Promise<Kept> {
  const url = source.kind === 'url' ? source.url : undefined;
  const bytes = source.kind === 'bytes' ? source.bytes : await parts.download(source.url);
  return parts.keep({ bytes, ...detectMediaType(bytes, url), revisedPrompt, index });
}
