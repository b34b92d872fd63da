import pLimit from 'p-limit';
import type { ProviderDefinition } from '../catalog/providers';
import { PictorError } from '../errors';
import { detectMediaType, type MediaType } from '../files/mediaType';
import type { AnsweredImage, ImageProvider } from '../providers/provider';
import type { ImageRequest } from '../request/composeRequest';

/** A finished picture. */
export interface GeneratedImage extends MediaType {
  readonly bytes: Uint8Array;
  readonly revisedPrompt?: string;
}

/** What a job brought: every picture that could be had, and why the others could not. */
export interface JobResult {
  readonly images: readonly GeneratedImage[];
  readonly failures: readonly PictorError[];
  readonly requestId?: string;
}

/** The parts that a job needs from outside. */
export interface JobParts {
  readonly definition: ProviderDefinition;
  readonly provider: ImageProvider;
  readonly download: (url: string) => Promise<Uint8Array>;
  readonly signal: AbortSignal;
  /** Told the step in words, for a person. */
  readonly onStep: (step: string) => void;
}

/** Pictures of one answer that are downloaded at the same time. */
const PARALLEL_DOWNLOADS = 4;

/**
 * Takes a request from its submit to finished pictures. One picture that fails does not lose the others.
 * @throws PictorError when no picture could be had; the reason of `signal` when the user cancels
 */
export async function runJob(request: ImageRequest, parts: JobParts): Promise<JobResult> {
  const { definition, provider, signal, onStep } = parts;
  refuseTasks(request, definition);
  onStep(`Waiting for ${definition.label}`);
  const answer = await provider.submit(request, {
    signal,
    onWait: (reason, waitMs) => onStep(`${reason}: next try in ${Math.ceil(waitMs / 1000)} s`),
  });
  if (answer.state === 'task') {
    throw new PictorError(
      'badAnswer',
      `${definition.label} answered with a task (${answer.taskId}), which this version cannot wait for. Look for the picture there.`,
      { requestId: answer.requestId },
    );
  }
  onStep('Fetching the picture');
  const limit = pLimit(PARALLEL_DOWNLOADS);
  const outcomes = await Promise.all(answer.images.map((image) => limit(() => deliver(image, parts))));
  const images = outcomes.flatMap((outcome) => (outcome instanceof PictorError ? [] : [outcome]));
  const failures = outcomes.filter((outcome) => outcome instanceof PictorError);
  if (images.length === 0 && failures[0]) throw failures[0];
  return { images, failures, requestId: answer.requestId };
}

/** A task that nobody waits for is money lost: it is refused before it is sent. */
function refuseTasks(request: ImageRequest, definition: ProviderDefinition): void {
  const model = definition.models.find((candidate) => candidate.id === request.model);
  if (model?.answers !== 'task') return;
  throw new PictorError(
    'invalidRequest',
    `${request.model} answers with a task, which this version cannot wait for yet. Choose a model that answers at once. Nothing was sent.`,
    { setting: 'pictor.model' },
  );
}

async function deliver(image: AnsweredImage, parts: JobParts): Promise<GeneratedImage | PictorError> {
  try {
    const bytes = image.source.kind === 'bytes' ? image.source.bytes : await parts.download(image.source.url);
    return { bytes, ...detectMediaType(bytes), revisedPrompt: image.revisedPrompt };
  } catch (error) {
    if (error instanceof PictorError) return error;
    throw error;
  }
}
