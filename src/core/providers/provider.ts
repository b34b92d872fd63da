import type { PictorError } from '../errors';
import type { DeliveredImages, ImageAnswer, ImageTask, Preview } from '../answers/answer';
import type { ImageRequest } from '../request/composeRequest';

/** What a service says about a task. A state that nobody knows means that it runs. */
export type TaskState =
  | DeliveredImages
  | {
      readonly state: 'running';
      readonly percent?: number;
      readonly unknownStatus?: string;
      readonly retryAfterMs?: number;
    }
  | { readonly state: 'failed'; readonly error: unknown }
  /** It is said to be done, and there is no image (yet). */
  | { readonly state: 'empty' };

/**
 * State of a task that has not failed. `unanswered` says nothing about it: only the question failed. `doubtful` is bad
 * news that may be too early, such as a task that is not known (yet): it counts when it is heard several times in a row.
 */
export type OpenTaskState =
  | Exclude<TaskState, { state: 'failed' } | { state: 'empty' }>
  | { readonly state: 'unanswered'; readonly retryAfterMs?: number }
  | { readonly state: 'doubtful'; readonly error: PictorError };

export interface SubmitOptions {
  readonly signal: AbortSignal;
  /** Told before a pause that the service or the network asked for. */
  readonly onWait: (reason: string, waitMs: number) => void;
  /** Told of each preview of a streamed image. */
  readonly onPreview: (preview: Preview) => Promise<void>;
}

/** A service that draws. Synchronous, streaming and task services look the same from outside. */
export interface ImagesApi {
  /**
   * Sends the request. It is billed at most once: see `submit` in the http room.
   * @throws PictorError
   */
  submit(request: ImageRequest, options: SubmitOptions): Promise<ImageAnswer>;
  /**
   * Asks about a task, once. It costs nothing, and may be repeated. Absent where an answer is never a task.
   * @throws PictorError where the task has failed, is not known there, or may not be asked about
   */
  poll?(task: ImageTask, signal: AbortSignal): Promise<OpenTaskState>;
  /**
   * Looks for the task of a request whose answer was lost, where the service can. It costs nothing.
   * @returns undefined where the service knows of none
   * @throws PictorError
   */
  find?(request: ImageRequest, signal: AbortSignal): Promise<ImageTask | undefined>;
}
