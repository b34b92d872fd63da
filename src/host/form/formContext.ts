import type { FromWebview, ToWebview } from '../../protocol';
import type { AppParts } from '../appParts';
import type { Gallery, GalleryFilter } from '../gallery/gallery';
import type { Thumbnails } from '../gallery/thumbnails';
import type { Cards } from './cards';
import type { FormSession } from './formSession';

/** A message of the webview, and what is done with it. */
export type Handlers<T extends FromWebview['type']> = {
  readonly [K in T]: (message: Extract<FromWebview, { type: K }>) => unknown;
};

export interface FormParts {
  readonly app: AppParts;
  readonly gallery: Gallery;
  readonly thumbnails: Thumbnails;
  /** Runs something for the user: errors are shown and logged there. */
  readonly guarded: (label: string, work: () => Promise<unknown>) => Promise<unknown>;
}

/** What the messages of a webview work on. */
export interface FormContext {
  readonly parts: FormParts;
  readonly session: FormSession;
  readonly cards: Cards;
  isListingModels: boolean;
  filter: GalleryFilter;
  /** The webview can be told something, and has nothing yet. */
  ready(): Promise<void>;
  post(message: ToWebview): void;
  /** Tells a part of the state soon. */
  push(part: 'form' | 'jobs' | 'gallery'): void;
  /** Puts a text into the prompt. */
  setPrompt(text: string, focus: boolean): void;
  /** A request is made: the same one soon after may be a slip. */
  remember(prompt: string): void;
  /** It was not made after all. */
  forget(): void;
}
