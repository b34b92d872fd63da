/**
 * A signal that aborts with another one, or after a time. `AbortSignal.any` with `AbortSignal.timeout` would be
 * shorter, but Node 20 may collect the latter as garbage, and then it never fires.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #parent: AbortSignal;
  readonly #timeoutMs: number;
  #timer: NodeJS.Timeout;

  constructor(parent: AbortSignal, timeoutMs: number) {
    this.#parent = parent;
    this.#timeoutMs = timeoutMs;
    this.#timer = this.start();
    if (parent.aborted) this.cancel();
    else parent.addEventListener('abort', this.cancel, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Begins anew: something has come. */
  restart(): void {
    clearTimeout(this.#timer);
    this.#timer = this.start();
  }

  /** To be called when it is not needed any more. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#parent.removeEventListener('abort', this.cancel);
  }

  private readonly cancel = (): void => this.#controller.abort(this.#parent.reason);

  private start(): NodeJS.Timeout {
    return setTimeout(
      () => this.#controller.abort(new DOMException('The time is up', 'TimeoutError')),
      this.#timeoutMs,
    );
  }
}

/** Runs work under a deadline. */
export async function withDeadline<T>(
  parent: AbortSignal,
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new Deadline(parent, timeoutMs);
  try {
    return await work(deadline.signal);
  } finally {
    deadline.clear();
  }
}

/** Whether an exchange was ended by its deadline. */
export function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}
