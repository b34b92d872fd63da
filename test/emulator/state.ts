import type { IncomingHttpHeaders } from 'node:http';
import type { OddShape } from './oddShapes';

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

/** What to do wrong with the next requests; or with one, in its header `x-emulator-fault`. */
export interface Fault {
  readonly on: 'api' | 'poll' | 'cdn' | 'models';
  /** How many requests it takes; 1 by default. */
  times?: number;
  readonly kind:
    /** Answers with `status`, `headers` and `body`; nothing is billed. */
    | 'status'
    /** Answers with the error that the service has under `code`; nothing is billed. */
    | 'error'
    /** Closes the connection as soon as the request is there; nothing is billed. */
    | 'hangUp'
    /** Bills, and then closes the connection without an answer. */
    | 'reset'
    /** Bills, and never answers. */
    | 'stall'
    /** Answers as it should, once it is released. */
    | 'hold'
    /** Sends only the first half of the answer, or its first `bytes`. */
    | 'cut'
    /** Sends `bytes` at a time, with a pause between. */
    | 'drip'
    /** Sends only the first half, and takes it for the whole. */
    | 'part'
    /** Says that the answer is longer than it is. */
    | 'wrongLength'
    /** Compresses the answer, although nobody asked for that. */
    | 'gzip'
    | 'br'
    /** Sends the answer in another shape. */
    | 'shape'
    /** Never stops sending. */
    | 'endless';
  readonly bytes?: number;
  readonly code?: string;
  readonly shape?: Shape;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Answers as they are met with in the wild. */
export type Shape =
  | OddShape
  /** Bare texts in `data`. */
  | 'texts'
  /** A data URL as `url`. */
  | 'dataUrl'
  /** `url` and `b64_json` at once. */
  | 'both'
  /** `\/` for each `/`, as PHP writes it. */
  | 'escaped'
  /** No `data`, or an empty one. */
  | 'none'
  | 'empty'
  /** Base64 where nobody expects it. */
  | 'elsewhere'
  /** The image itself, without JSON. */
  | 'bare'
  /** null for what is absent, and fields that nobody knows. */
  | 'nulls'
  /** One image, however many were asked for. */
  | 'single'
  /** Base64 of something that is no image. */
  | 'text'
  /** Base64 of the first half of the image. */
  | 'half'
  /** JSON for a request that asked for a stream. */
  | 'plain'
  /** Events with CRLF, CR, comments and a byte order mark, the last one without its blank line. */
  | 'events'
  /** An error event after the first image. */
  | 'errorEvent'
  /** No event after the first image. */
  | 'endedEvents'
  /** The stream stays open after its last event. */
  | 'openEnd';

/** A submit that is worked on. */
export interface EmulatedTask {
  readonly id: string;
  readonly startedMs: number;
  readonly durationMs: number;
  /** The client's own name for it. */
  readonly traceId: string;
  /** Where the result is sent, if anywhere. */
  readonly callbackUrl?: string;
  isTold: boolean;
  /** What a question is answered with once it is over. */
  readonly answer: Readonly<Record<string, unknown>>;
  polls: number;
}

/** How the next tasks go. */
export interface TaskPlan {
  /** After how many questions a task is over; 2 by default. */
  readonly polls: number;
  /** How long a task takes at least; of two numbers, anything between them. */
  readonly durationMs?: number | readonly [number, number];
  /** A state to tell meanwhile, instead of the usual ones. */
  readonly status?: string;
  /** Why it fails, if it does. */
  readonly failure?: string;
  /** Whether it fails because somebody cancelled it. */
  readonly cancelled?: boolean;
}

const USUAL_PLAN: TaskPlan = { polls: 2 };

/** Everything that an emulator knows. */
export class EmulatorState {
  ledger: LedgerEntry[] = [];
  requests: LoggedRequest[] = [];
  faults: Fault[] = [];
  /** Submits that are worked on now, and the most that ever were. */
  working = 0;
  mostAtOnce = 0;
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
    this.mostAtOnce = this.working;
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
