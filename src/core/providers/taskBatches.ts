/** Asks a service about several tasks in one request. @returns what it says, by task id; nothing for a task that it does not know */
export type AskAboutAll<Answer> = (ids: readonly string[], signal: AbortSignal) => Promise<ReadonlyMap<string, Answer>>;

/** Questions that come within this time of each other go out together. */
const GATHERING_MS = 200;

interface Question<Answer> {
  readonly id: string;
  readonly ask: AskAboutAll<Answer>;
  readonly signal: AbortSignal;
  readonly resolve: (answer: Answer | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Gathers the questions of all commands about the tasks of each service. */
export class TaskBatches<Answer> {
  readonly #waiting = new Map<string, Question<Answer>[]>();

  constructor(private readonly delay: (ms: number) => Promise<void>) {}

  /**
   * Asks about one task.
   * @param service names who is asked, with which key: only questions to the same one go together
   * @returns undefined where the service does not know the task
   */
  question(service: string, id: string, ask: AskAboutAll<Answer>, signal: AbortSignal): Promise<Answer | undefined> {
    return new Promise((resolve, reject) => {
      const question = { id, ask, signal, resolve, reject };
      const waiting = this.#waiting.get(service);
      if (waiting) {
        waiting.push(question);
        return;
      }
      const questions = [question];
      this.#waiting.set(service, questions);
      void this.delay(GATHERING_MS).then(() => {
        this.#waiting.delete(service);
        return send(questions);
      });
    });
  }
}

/** The newest question knows best how to reach the service; it is called off only when nobody waits for it any more. */
async function send<Answer>(questions: readonly Question<Answer>[]): Promise<void> {
  const newest = questions.at(-1);
  if (!newest) return;
  const controller = new AbortController();
  const done = new AbortController();
  for (const { signal, reject } of questions) {
    const abort = (): void => {
      reject(signal.reason);
      if (questions.every((question) => question.signal.aborted)) controller.abort(signal.reason);
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { signal: done.signal });
  }
  try {
    const answers = await newest.ask([...new Set(questions.map(({ id }) => id))], controller.signal);
    for (const { id, resolve } of questions) resolve(answers.get(id));
  } catch (error) {
    for (const { reject } of questions) reject(error);
  } finally {
    done.abort();
  }
}
