import { basename } from 'node:path';
import { t } from '@vscode/l10n';
import type { AnsweredImage, DeliveredImages } from '../answers/answer';
import type { Usage } from '../catalog/usage';
import { costOf } from '../catalog/costOf';
import type { Provider } from '../catalog/providers';
import { PictorError, type ErrorKind } from '../errors';
import { inspectImage } from '../images/inspectImage';
import type { StagedFile, StagingArea } from '../files/staging';
import { imageCount } from '../request/composeRequest';
import type { Job } from './job';
import type { JobDependencies } from './jobDependencies';
import { errorOf, type JobImage } from './jobRecord';
import { requestOf } from './planJob';
import { usualDurationMs } from './pollCadence';
import { waitForTask } from './waitForTask';

/** What the answer told besides the images. */
export interface Facts {
  readonly failures?: readonly unknown[];
  readonly usage?: Usage;
}

/** Submit and poll, from wherever the job stands. @throws as `runJob` does */
export async function obtainImages(job: Job, dependencies: JobDependencies): Promise<Facts> {
  const { state, task, connection } = job.record;
  if (!task) {
    // What draws here and now costs nothing, so it may be done again.
    const isFresh = state === 'planned' || connection.baseUrl === undefined;
    const facts = isFresh
      ? await submit(job, dependencies)
      : await recoverSubmit(job, dependencies, errorOf(job.record) ?? interruptedError(dependencies.provider));
    if (facts) return facts;
  }
  return finishTask(job, dependencies);
}

/** @returns undefined where the answer is a task */
async function submit(job: Job, dependencies: JobDependencies): Promise<Facts | undefined> {
  const { provider, api, signal, onStep, onPreview, waiting } = dependencies;
  const request = requestOf(job.record);
  onStep({ text: t('Waiting for {label}', { label: provider.label }) + usualText(waiting.seenMs) });
  const startMs = waiting.now();
  await job.enterStrictly('submitting');
  try {
    const answer = await api.submit(request, {
      signal,
      onWait: (reason, waitMs) =>
        onStep({ text: t('{reason}: next try', { reason }), untilMs: waiting.now() + waitMs }),
      onPreview: async (preview) => {
        onStep({
          text: t('{label} is drawing (preview {number})', { label: provider.label, number: preview.index + 1 }),
        });
        await onPreview(preview);
      },
    });
    if (answer.state === 'images') {
      // What is drawn here takes no time.
      if (job.record.connection.baseUrl !== undefined) waiting.onDuration(waiting.now() - startMs);
      return await receive(job, dependencies, answer);
    }
    const { taskId, pollUrl, requestId } = answer;
    if (!api.poll)
      throw new PictorError(
        'badAnswer',
        t('{label} answered with a task, and cannot be asked about it.', { label: provider.label }),
      );
    waiting.onTask(taskId);
    await job.enter('waiting', { task: { taskId, pollUrl }, requestId });
    return undefined;
  } catch (error) {
    // Of a service that failed, too, some can be asked what became of the request.
    const mayBeMade = error instanceof PictorError && (error.kind === 'unavailable' || isOutcomeUnknown(error));
    if (signal.aborted || !mayBeMade) throw error;
    return recoverSubmit(job, dependencies, error);
  }
}

/**
 * The service may have drawn and billed, and we have nothing of it: no whole answer came, or none that can be
 * understood.
 */
const UNKNOWN_OUTCOMES: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'interrupted',
  'timeout',
  'badAnswer',
  'tooLarge',
]);

/** Whether an error leaves it open what became of a request. */
export function isOutcomeUnknown(error: unknown): error is PictorError {
  return error instanceof PictorError && UNKNOWN_OUTCOMES.has(error.kind);
}

function interruptedError({ label }: Provider): PictorError {
  return new PictorError(
    'interrupted',
    t(
      'VS Code ended while {label} was asked for a picture. It may have been made and billed: look at your usage there before you try again.',
      { label },
    ),
  );
}

/**
 * What can be known of a request whose answer was lost: the images that came, or the task at a service that can look
 * for it. It is never sent again here.
 * @throws `unknown` where nothing is found
 */
async function recoverSubmit(
  job: Job,
  dependencies: JobDependencies,
  unknown: PictorError,
): Promise<Facts | undefined> {
  const { staging, api, signal, waiting } = dependencies;
  const request = requestOf(job.record);
  const whole: StagedFile[] = [];
  for (const file of await staging.list()) {
    if (whole.length < imageCount(request) && (await isImage(file))) whole.push(file);
  }
  if (whole.length > 0) {
    return receive(job, dependencies, {
      state: 'images',
      images: whole.map((file) => ({ source: { kind: 'staged', file } })),
    });
  }
  const task = await api.find?.(request, signal).catch(() => undefined);
  if (!task) throw unknown;
  waiting.onTask(task.taskId);
  await job.enter('waiting', { task: { taskId: task.taskId } });
  return undefined;
}

async function isImage(file: StagedFile): Promise<boolean> {
  return inspectImage(file).then(
    () => true,
    () => false,
  );
}

/** What is usual, behind what is being done; nothing where too little was seen, or where it takes no time. */
function usualText(seenMs: readonly number[]): string {
  const seconds = Math.round((usualDurationMs(seenMs) ?? 0) / 1000);
  return seconds < 1 ? '' : t(', usually {seconds} s', { seconds });
}

async function finishTask(job: Job, dependencies: JobDependencies): Promise<Facts> {
  const { api, waiting, signal, onStep, provider } = dependencies;
  const { label } = provider;
  const { task, requestId } = job.record;
  if (!api.poll || !task) throw new PictorError('badAnswer', t('{label} cannot be asked about the task.', { label }));
  await job.enter('waiting', { error: undefined });
  const poll = api.poll.bind(api, { state: 'task', ...task, requestId });
  const startMs = waiting.now();
  const usual = usualText(waiting.seenMs);
  const onRunning = (percent?: number): void =>
    onStep({
      text:
        (percent === undefined
          ? t('{label} is drawing', { label })
          : t('{label} is drawing ({percent} %)', { label, percent: Math.round(percent) })) + usual,
      percent,
    });
  onRunning();
  const done = await waitForTask({ ...waiting, label, poll, signal, onRunning });
  // Of a task that is asked about again, nobody knows when it was done.
  if (!job.isResumed) waiting.onDuration(waiting.now() - startMs);
  return receive(job, dependencies, done);
}

/** Writes down what was delivered. What an earlier answer brought and was saved stays. */
async function receive(
  job: Job,
  { staging, provider }: JobDependencies,
  { images: delivered, requestId, failures: reasons = [], usage }: DeliveredImages,
): Promise<Facts> {
  const failures = [...reasons];
  const earlier = new Map(job.record.images.map((image) => [image.index, image]));
  const images = await Promise.all(
    delivered.map(async (image, index) => {
      const known = earlier.get(index);
      return known?.saved || known?.source.kind === 'staged' ? known : imageOf(image, index, staging, failures);
    }),
  );
  // Where the provider refused an image, asking for it again would bring the same.
  const refused = reasons.filter(isRefusal).length;
  const missing = Math.max(0, imageCount(requestOf(job.record)) - delivered.length - refused);
  await job.enter('delivered', {
    images,
    missing,
    requestId: requestId ?? job.record.requestId,
    usage: usage && { ...usage },
    cost: costOf(provider.id, job.record.request.model, usage),
    error: undefined,
  });
  return { failures, usage };
}

function isRefusal(reason: unknown): boolean {
  return reason instanceof PictorError && reason.kind === 'moderated';
}

async function imageOf(
  { source, revisedPrompt, used = {} }: AnsweredImage,
  index: number,
  staging: StagingArea,
  failures: unknown[],
): Promise<JobImage> {
  const common = { index, revisedPrompt, used: { ...used } };
  switch (source.kind) {
    case 'url':
      return { ...common, source: { kind: 'url', url: source.url } };
    case 'tooLarge':
      failures.push(
        new PictorError(
          'tooLarge',
          t(
            'A picture came that is larger than pictor.maxImageMegabytes allows, or was cut short. Raise it and try again.',
          ),
          {
            setting: 'pictor.maxImageMegabytes',
          },
        ),
      );
      return { ...common, source: { kind: 'gone' } };
    default:
      try {
        const { path, bytes } = await (source.kind === 'staged'
          ? staging.adopt(source.file)
          : staging.add(source.bytes));
        return { ...common, source: { kind: 'staged', name: basename(path), bytes } };
      } catch (error) {
        failures.push(error);
        return { ...common, source: { kind: 'gone' } };
      }
  }
}
