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

/**
 * What a service says to a request: the pictures, or a task to ask about later.
 * Streams end as `images` too; their previews go to `onPreview` once a provider has them.
 */
export type ImageAnswer =
  | { readonly state: 'images'; readonly images: readonly AnsweredImage[]; readonly requestId?: string }
  | { readonly state: 'task'; readonly taskId: string; readonly pollUrl?: string; readonly requestId?: string };

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
}
