import { t } from '@vscode/l10n';
import { discardUnused } from '../answers/discardUnused';
import { readAnswer, type ReadAnswer } from '../answers/readAnswer';
import type { Provider } from '../catalog/providers';
import { PictorError } from '../errors';
import type { StagingArea } from '../files/staging';
import { Deadline } from '../http/deadline';
import { retryAfterMs } from '../http/retryAfter';
import { errorFromAnswer, errorFromTask, isTaskGone } from './errors/errorFromAnswer';
import type { ImageTask } from '../answers/answer';
import type { OpenTaskState } from './provider';
import { providerHeaders, type ProviderAccess, type TaskAnswer } from './providerAccess';
import { taskDialectOf, type TaskQuestion } from './taskDialect';
import { withFailures } from './understandAnswer';

/** A task does not tell how many images were asked for; no service draws more at once. */
const MAX_IMAGES = 10;

/** An answer about a task is ready; one that does not come, or stops to come, is asked for again. */
const SILENCE_TIMEOUT_MS = 30_000;

/**
 * Asks a service about a task, together with others where it takes that.
 * @throws PictorError where the task has failed, the service has no such task, or does not let us ask
 */
export async function askAboutTask(
  provider: Provider,
  access: ProviderAccess,
  task: ImageTask,
  signal: AbortSignal,
): Promise<OpenTaskState> {
  const { baseUrl, apiKey, batches } = access;
  const dialect = taskDialectOf(provider);
  const staging = dialect.askAll ? access.sharedStaging : access.staging;
  const ask = async (question: TaskQuestion, images: number, askSignal: AbortSignal): Promise<TaskAnswer> => {
    const answer = await send(provider, { ...access, staging }, question, images, askSignal);
    // It will be asked for again.
    if (answer.cutShortBy) await Promise.all(answer.staged.map((file) => staging.discard(file)));
    return { item: accept(provider, answer), answer };
  };
  const name = `${baseUrl.href} ${apiKey}`;
  try {
    const { askAll, readAll } = dialect;
    const got =
      askAll && readAll
        ? await batches.question(
            name,
            task.taskId,
            async (ids, batchSignal) => {
              const [only] = ids;
              if (ids.length === 1 && only)
                return new Map([
                  [only, await ask(dialect.ask({ state: 'task', taskId: only }, baseUrl), MAX_IMAGES, batchSignal)],
                ]);
              const { item, answer } = await ask(askAll(ids, baseUrl), MAX_IMAGES * ids.length, batchSignal);
              return new Map([...readAll(item)].map(([id, one]) => [id, { item: one, answer, isShared: true }]));
            },
            signal,
          )
        : await ask(dialect.ask(task, baseUrl), MAX_IMAGES, signal);
    const state = got ? await understand(provider, staging, got) : ({ state: 'running' } as const);
    if (state.state !== 'running') batches.close(name, task.taskId);
    return state;
  } catch (error) {
    if (signal.aborted || error instanceof PictorError) batches.close(name, task.taskId);
    signal.throwIfAborted();
    if (error instanceof UnknownTask) return { state: 'doubtful', error: error.meaning };
    if (error instanceof PictorError) throw error;
    // A question that did not get through says nothing about the task.
    return { state: 'unanswered', retryAfterMs: error instanceof RefusedForNow ? error.retryAfterMs : undefined };
  }
}

/** An answer that is about the question, and not about the task: the next question may be answered. */
class RefusedForNow extends Error {
  constructor(readonly retryAfterMs: number | undefined) {
    super('The question was refused for now');
  }
}

/** A service that does not know the task: it may only be too early to ask. */
class UnknownTask extends Error {
  constructor(readonly meaning: PictorError) {
    super(meaning.message);
  }
}

async function understand(
  provider: Provider,
  staging: StagingArea,
  { item, answer, isShared }: TaskAnswer,
): Promise<OpenTaskState> {
  const { find } = answer;
  // Images of an answer about several tasks may be those of another one.
  const staged = isShared ? [] : answer.staged;
  const state = taskDialectOf(provider).read(item, { find, staged });
  await discardUnused(staged, state.state === 'images' ? state.images : [], staging);
  if (state.state === 'failed') throw errorFromTask(provider, state.error).with({ answer: answer.text });
  if (state.state === 'empty') {
    const error = errorFromTask(provider, t('it ended without a picture')).with({ answer: answer.text });
    return { state: 'doubtful', error };
  }
  if (state.state === 'images') return withFailures(provider, state);
  return { ...state, retryAfterMs: retryAfterMs(answer, item, Date.now()) };
}

async function send(
  provider: Provider,
  access: ProviderAccess,
  question: TaskQuestion,
  count: number,
  signal: AbortSignal,
): Promise<ReadAnswer> {
  const { method, url, body } = question;
  const { http, apiKey, staging, maxImageBytes } = access;
  const deadline = new Deadline(signal, SILENCE_TIMEOUT_MS);
  try {
    return await http.exchange(
      {
        method,
        url,
        headers: { ...providerHeaders(provider, apiKey), ...(body && { 'content-type': 'application/json' }) },
        body: body && JSON.stringify(body),
        signal: deadline.signal,
      },
      (response) =>
        readAnswer(
          { ...response, body: watched(response.body, deadline) },
          { staging, maxImageBytes, count, onPreview: () => Promise.resolve() },
        ),
    );
  } finally {
    deadline.clear();
  }
}

/** A large answer may take its time, as long as it comes. */
async function* watched(body: AsyncIterable<Buffer>, deadline: Deadline): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    deadline.restart();
    yield chunk;
  }
}

function accept(provider: Provider, answer: ReadAnswer): unknown {
  const { status, body, text } = answer;
  if (answer.cutShortBy) throw answer.cutShortBy as Error;
  if (status < 300) return body;
  const isTaskOver = isTaskGone(body);
  if (status === 404 && !isTaskOver) throw new UnknownTask(unknownTask(provider, answer));
  if (status !== 401 && status !== 403 && !isTaskOver) throw new RefusedForNow(retryAfterMs(answer, body, Date.now()));
  const requestId = answer.header('x-request-id');
  throw errorFromAnswer(provider, { status, body, text, requestId }).with({ isTaskOver });
}

function unknownTask({ label }: Provider, { text, status }: ReadAnswer): PictorError {
  return new PictorError(
    'rejected',
    t(
      '{label} does not know this task ({status}). It may have been billed: look at your usage there before you try again.',
      { label, status },
    ),
    { status, answer: text, isTaskOver: true },
  );
}
