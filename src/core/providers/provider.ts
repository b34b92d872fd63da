import type { StagedFile } from '../files/staging';
import type { ImageRequest } from '../request/composeRequest';

/** Where a delivered picture is: on disk, in memory when it is small, or still at an address that needs no key. */
export type ImageSource =
  | { readonly kind: 'staged'; readonly file: StagedFile }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'url'; readonly url: string }
  /** It came, and was larger than is accepted. */
  | { readonly kind: 'tooLarge' };

/** What a service says that it really used. */
export interface UsedValues {
  readonly size?: string;
  readonly quality?: string;
  readonly outputFormat?: string;
  readonly background?: string;
}

/** What a service counts, in tokens. */
export interface Usage {
  readonly total?: number;
  readonly input?: number;
  readonly output?: number;
}

export interface AnsweredImage {
  readonly source: ImageSource;
  /** The prompt that the service really used. */
  readonly revisedPrompt?: string;
  readonly used?: UsedValues;
}

/** The pictures of a request. */
export interface DeliveredImages {
  readonly state: 'images';
  readonly images: readonly AnsweredImage[];
  readonly requestId?: string;
  readonly usage?: Usage;
  /** Why there are not more of them, when the answer was cut short. */
  readonly failure?: unknown;
}

/** A request that the service works on, to ask about later. */
export interface ImageTask {
  readonly state: 'task';
  readonly taskId: string;
  /** Where to ask, as the service says it: often relative to its host. */
  readonly pollUrl?: string;
  readonly requestId?: string;
}

/** What a service says to a request: the pictures, or a task. */
export type ImageAnswer = DeliveredImages | ImageTask;

/** What a service says about a task. A state that nobody knows means that it runs. */
export type TaskState =
  | DeliveredImages
  | { readonly state: 'running'; readonly percent?: number; readonly unknownStatus?: string }
  | { readonly state: 'failed'; readonly error: unknown };

/** A picture on its way to being finished. It is never a result. */
export interface Preview {
  /** 0 for the first one of a picture. */
  readonly index: number;
  /** Gone when the listener's promise is settled. */
  readonly file: StagedFile;
}

/** What a service says about a task that has not failed. */
export type OpenTaskState = Exclude<TaskState, { state: 'failed' }>;

export interface SubmitOptions {
  readonly signal: AbortSignal;
  /** Told before a pause that the service or the network asked for. */
  readonly onWait: (reason: string, waitMs: number) => void;
  /** Told of each preview of a streamed picture. */
  readonly onPreview: (preview: Preview) => Promise<void>;
}

/** A service that draws. Synchronous, streaming and task services look the same from outside. */
export interface ImageProvider {
  /**
   * Sends the request. It is billed at most once: see `submit` in the http room.
   * @throws PictorError
   */
  submit(request: ImageRequest, options: SubmitOptions): Promise<ImageAnswer>;
  /**
   * Asks about a task, once. It costs nothing, and may be repeated. Absent where an answer is never a task.
   * @throws PictorError; `retryable` where only this question failed, and not the task
   */
  poll?(task: ImageTask, signal: AbortSignal): Promise<OpenTaskState>;
}
