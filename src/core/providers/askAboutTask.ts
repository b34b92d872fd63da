import { readAnswer, type ReadAnswer } from '../answers/readAnswer';
import type { ProviderDefinition } from '../catalog/providers';
import { PictorError } from '../errors';
import { Deadline } from '../http/deadline';
import { failureCode } from '../http/failure';
import { retryAfterMs } from '../http/retryAfter';
import { errorFromAnswer, errorFromTask, isTaskGone } from './errors/errorFromAnswer';
import type { ImageTask } from '../answers/answer';
import type { OpenTaskState } from './provider';
import { serviceHeaders, type ServiceAccess, type TaskAnswer } from './serviceAccess';
import { taskDialectOf, type TaskQuestion } from './taskDialect';

/** A task does not tell how many pictures were asked for; no service draws more at once. */
const MAX_PICTURES = 10;

/** An answer about a task is ready; one that does not come, or stops to come, is asked for again. */
const SILENCE_TIMEOUT_MS = 30_000;

/**
 * Asks a service about a task, together with others where it takes that.
 * @throws PictorError, `retryable` unless the task has failed, the service has no such task, or does not let us ask
 */
export async function askAboutTask(definition: ProviderDefinition, access: ServiceAccess, task: ImageTask, signal: AbortSignal): Promise<OpenTaskState> {
  const { baseUrl, apiKey, batches } = access;
  const dialect = taskDialectOf(definition);
  const ask = async (question: TaskQuestion, pictures: number, askSignal: AbortSignal): Promise<TaskAnswer> => {
    const answer = await send(definition, access, question, pictures, askSignal);
    // It will be asked for again.
    if (answer.cutShortBy) await Promise.all(answer.staged.map((file) => access.staging.discard(file)));
    return { item: accept(definition, answer), answer };
  };
  try {
    const { askAll, readAll } = dialect;
    const got =
      askAll && readAll
        ? await batches.question(
            `${baseUrl.href} ${apiKey}`,
            task.taskId,
            async (ids, batchSignal) => {
              const [only] = ids;
              if (ids.length === 1 && only) return new Map([[only, await ask(dialect.ask({ state: 'task', taskId: only }, baseUrl), MAX_PICTURES, batchSignal)]]);
              const { item, answer } = await ask(askAll(ids, baseUrl), MAX_PICTURES * ids.length, batchSignal);
              return new Map([...readAll(item)].map(([id, one]) => [id, { item: one, answer }]));
            },
            signal,
          )
        : await ask(dialect.ask(task, baseUrl), MAX_PICTURES, signal);
    const state = dialect.read(got?.item ?? {}, { find: got?.answer.find });
    if (state.state === 'failed') throw errorFromTask(definition, state.error);
    return state;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PictorError) throw error;
    // A question that did not get through says nothing about the task.
    throw new PictorError('unreachable', `${definition.label} cannot be asked about the task (${failureCode(error)}).`, { cause: error, retryable: true });
  }
}

async function send(definition: ProviderDefinition, access: ServiceAccess, question: TaskQuestion, count: number, signal: AbortSignal): Promise<ReadAnswer> {
  const { method, url, body } = question;
  const { http, apiKey, staging, maxImageBytes } = access;
  const deadline = new Deadline(signal, SILENCE_TIMEOUT_MS);
  try {
    return await http.exchange(
      { method, url, headers: serviceHeaders(definition, apiKey), body: body && JSON.stringify(body), signal: deadline.signal },
      (response) =>
        readAnswer({ ...response, body: watched(response.body, deadline) }, { staging, maxPictureBytes: maxImageBytes, count, onPreview: () => Promise.resolve() }),
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

function accept(definition: ProviderDefinition, answer: ReadAnswer): unknown {
  const { status, body, text } = answer;
  if (answer.cutShortBy) throw answer.cutShortBy as Error;
  if (status < 300) return body;
  const isFinal = status === 401 || status === 403 || isTaskGone(body);
  throw errorFromAnswer(definition, { status, body, text, requestId: answer.header('x-request-id') }).with({
    retryable: !isFinal,
    retryAfterMs: isFinal ? undefined : retryAfterMs(answer, body, Date.now()),
  });
}
