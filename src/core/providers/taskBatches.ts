/**
 * Asks a service about several tasks in one request.
 * @returns what it says, by task id; nothing for a task that it does not know
 */
export type AskAboutAll<Answer> = (ids: readonly string[], signal: AbortSignal) => Promise<ReadonlyMap<string, Answer>>;

/** Questions that come within this time of each other go out together. */
const GATHERING_MS = 200;

/**
 * An answer about a task that goes on is as good as a new one for this long: tasks are not asked about more often than
 * once a second.
 */
const FRESH_MS = 1000;

interface Question<Answer> {
  readonly id: string;
  readonly ask: AskAboutAll<Answer>;
  readonly signal: AbortSignal;
  readonly resolve: (answer: Answer | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A task for which nobody has asked for this long has been given up: whoever waited was cancelled, or ran out of time.
 */
const GIVEN_UP_MS = 60_000;

/** What another question has brought about a task. */
interface Known<Answer> {
  readonly answer: Answer;
  readonly atMs: number;
}

interface OpenTask<Answer> {
  readonly askedAtMs: number;
  readonly known?: Known<Answer>;
}

/** What is known of a service's tasks. */
class Account<Answer> {
  /** Tasks that somebody waits for: each question is about all of them. */
  readonly open = new Map<string, OpenTask<Answer>>();
  waiting: Question<Answer>[] = [];
}

/** What gathering needs from outside. */
export interface BatchOptions<Answer> {
  readonly delay: (ms: number) => Promise<void>;
  readonly now: () => number;
  /** Whether an answer says that a task is over: it is as good for ever. */
  readonly isOver: (answer: Answer) => boolean;
}

/** Gathers the questions of all commands about the tasks of each service: when one is due, all are asked about. */
export class TaskBatches<Answer> {
  readonly #accounts = new Map<string, Account<Answer>>();

  constructor(private readonly options: BatchOptions<Answer>) {}

  /**
   * Asks about one task, or tells what another question has just brought about it.
   * @param name who is asked, with which key: only questions to the same one go together
   * @returns undefined where the service does not know the task
   */
  question(name: string, id: string, ask: AskAboutAll<Answer>, signal: AbortSignal): Promise<Answer | undefined> {
    const account = this.#accounts.get(name) ?? new Account<Answer>();
    this.#accounts.set(name, account);
    const nowMs = this.options.now();
    const known = account.open.get(id)?.known;
    account.open.set(id, { askedAtMs: nowMs });
    if (known && (this.options.isOver(known.answer) || nowMs - known.atMs < FRESH_MS))
      return Promise.resolve(known.answer);
    return new Promise((resolve, reject) => {
      account.waiting.push({ id, ask, signal, resolve, reject });
      if (account.waiting.length === 1) void this.options.delay(GATHERING_MS).then(() => this.send(account));
    });
  }

  /** Nobody waits for the task any more. */
  close(name: string, id: string): void {
    const account = this.#accounts.get(name);
    account?.open.delete(id);
    if (account?.open.size === 0) this.#accounts.delete(name);
  }

  /**
   * The newest question knows best how to reach the service; it is called off only when nobody waits for it any more.
   */
  private async send(account: Account<Answer>): Promise<void> {
    const questions = account.waiting;
    account.waiting = [];
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
    for (const [id, { askedAtMs }] of account.open)
      if (this.options.now() - askedAtMs > GIVEN_UP_MS) account.open.delete(id);
    try {
      const answers = await newest.ask(
        [...new Set([...questions.map(({ id }) => id), ...account.open.keys()])],
        controller.signal,
      );
      const atMs = this.options.now();
      const asked = new Set(questions.map(({ id }) => id));
      for (const [id, task] of account.open) {
        const answer = answers.get(id);
        if (!asked.has(id) && answer !== undefined) account.open.set(id, { ...task, known: { answer, atMs } });
      }
      for (const { id, resolve } of questions) resolve(answers.get(id));
    } catch (error) {
      for (const { reject } of questions) reject(error);
    } finally {
      done.abort();
    }
  }
}
