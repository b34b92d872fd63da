import type { StagedFile } from '../files/staging';
import type { Usage } from '../catalog/usage';

/** Where a delivered image is: on disk, in memory when it is small, or still at an address that needs no key. */
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

export interface AnsweredImage {
  readonly source: ImageSource;
  /** The prompt that the service really used. */
  readonly revisedPrompt?: string;
  readonly used?: UsedValues;
}

/** The images of a request. */
export interface DeliveredImages {
  readonly state: 'images';
  readonly images: readonly AnsweredImage[];
  readonly requestId?: string;
  readonly usage?: Usage;
  /** What the answer says in the place of an image that did not come. */
  readonly refused?: readonly unknown[];
  /** Why there are not more of them: the answer was cut short, or one was refused. */
  readonly failures?: readonly unknown[];
}

/** A request that the service works on, to ask about later. */
export interface ImageTask {
  readonly state: 'task';
  readonly taskId: string;
  /** Where to ask, as the service says it: often relative to its host. */
  readonly pollUrl?: string;
  readonly requestId?: string;
}

/** What a service says to a request: the images, or a task. */
export type ImageAnswer = DeliveredImages | ImageTask;

/** An image on its way to being finished. It is never a result. */
export interface Preview {
  /** 0 for the first one of an image. */
  readonly index: number;
  /** Gone when the listener's promise is settled. */
  readonly file: StagedFile;
}
