import type { GalleryContext } from '../gallery/galleryContext';
import type { Cards } from './cards';
import type { FormSession } from './formSession';

export interface FormDependencies extends Readonly<GalleryContext['dependencies']> {
  /** Runs something for the user: errors are shown and logged there. */
  readonly guarded: (label: string, work: () => Promise<unknown>) => Promise<unknown>;
}

/** What the messages of a webview work on. */
export interface FormContext extends GalleryContext {
  readonly dependencies: FormDependencies;
  readonly session: FormSession;
  readonly cards: Cards;
  isListingModels: boolean;
  /** The webview can be told something, and has nothing yet. */
  ready(): Promise<void>;
  /** A request is made: the same one soon after may be a slip. */
  remember(prompt: string): void;
  /** It was not made after all. */
  forget(): void;
}
