import type { IncomingHttpHeaders } from 'node:http';

/** A submit that a service would have billed. */
export interface LedgerEntry {
  readonly dialect: string;
  readonly model: string;
  readonly prompt: string;
  readonly n: number;
}

/** A request as it arrived. */
export interface LoggedRequest {
  readonly server: 'api' | 'cdn';
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  /** Set when the client went away before it had its answer. */
  aborted: boolean;
  /** Set when the whole answer has gone out. */
  answered: boolean;
}

/** What to do wrong with the next requests. */
export interface Fault {
  readonly on: 'api' | 'poll' | 'cdn';
  /** How many requests it takes; 1 by default. */
  times?: number;
  readonly kind:
    /** Answers with `status`, `headers` and `body`; nothing is billed. */
    | 'status'
    /** Bills, and then closes the connection without an answer. */
    | 'reset'
    /** Bills, and never answers. */
    | 'stall'
    /** Answers as it should, once it is released. */
    | 'hold'
    /** Sends only the first half of the answer. */
    | 'cut'
    /** Never stops sending. */
    | 'endless';
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A submit that is worked on. */
export interface EmulatedTask {
  readonly id: string;
  /** What a question is answered with once it is over. */
  readonly answer: Readonly<Record<string, unknown>>;
  polls: number;
}

/** How the next tasks go. */
export interface TaskPlan {
  /** After how many questions a task is over; 2 by default. */
  readonly polls: number;
  /** A state to tell meanwhile, instead of the usual ones. */
  readonly status?: string;
  /** Why it fails, if it does. */
  readonly failure?: string;
}

const USUAL_PLAN: TaskPlan = { polls: 2 };

/** Everything that an emulator knows. */
export class EmulatorState {
  ledger: LedgerEntry[] = [];
  requests: LoggedRequest[] = [];
  faults: Fault[] = [];
  tasks = new Map<string, EmulatedTask>();
  plan = USUAL_PLAN;
  #held: (() => void)[] = [];

  /** Resolves with the next release. */
  hold(): Promise<void> {
    return new Promise((resolve) => this.#held.push(resolve));
  }

  release(): void {
    for (const resolve of this.#held.splice(0)) resolve();
  }

  reset(): void {
    this.release();
    this.ledger = [];
    this.requests = [];
    this.faults = [];
    this.tasks.clear();
    this.plan = USUAL_PLAN;
  }

  /** The fault for this request, if one is due. */
  takeFault(on: Fault['on']): Fault | undefined {
    const index = this.faults.findIndex((fault) => fault.on === on);
    const fault = this.faults[index];
    if (!fault) return undefined;
    const left = (fault.times ?? 1) - 1;
    if (left > 0) fault.times = left;
    else this.faults.splice(index, 1);
    return fault;
  }
}
