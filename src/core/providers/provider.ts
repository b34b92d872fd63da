import type { ImageRequest } from '../request/composeRequest';

/** Where a delivered picture is: in the answer, or still at an address that needs no key. */
export type ImageSource =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'url'; readonly url: string };

export interface AnsweredImage {
  readonly source: ImageSource;
  /** The prompt that the service really used. */
  readonly revisedPrompt?: string;
}

/** The pictures of a request. */
export interface DeliveredImages {
  readonly state: 'images';
  readonly images: readonly AnsweredImage[];
  readonly requestId?: string;
}

/** A request that the service works on, to ask about later. */
export interface ImageTask {
  readonly state: 'task';
  readonly taskId: string;
  /** Where to ask, as the service says it: often relative to its host. */
  readonly pollUrl?: string;
  readonly requestId?: string;
}

/**
 * What a service says to a request: the pictures, or a task.
 * Streams end as `images` too; their previews go to `onPreview` once a provider has them.
 */
export type ImageAnswer = DeliveredImages | ImageTask;

/** What a service says about a task. A state that nobody knows means that it runs. */
export type TaskState =
  | DeliveredImages
  | { readonly state: 'running'; readonly percent?: number; readonly unknownStatus?: string }
  | { readonly state: 'failed'; readonly reason: string };

export interface SubmitOptions {
  readonly signal: AbortSignal;
  /** Told before a pause that the service or the network asked for. */
  readonly onWait: (reason: string, waitMs: number) => void;
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
  poll?(task: ImageTask, signal: AbortSignal): Promise<TaskState>;
}
