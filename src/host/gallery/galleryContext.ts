import type { Recipe } from '../../core/recipe/recipe';
import type { FromWebview, ToWebview } from '../../protocol';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import type { Gallery, GalleryFilter } from './gallery';
import type { Thumbnails } from './thumbnails';

/** A message of the webview, and what is done with it. */
export type Handlers<T extends FromWebview['type']> = {
  readonly [K in T]: (message: Extract<FromWebview, { type: K }>) => unknown;
};

/** Messages that are the gallery's; the others are the form's. */
export type GalleryMessage = Extract<
  FromWebview['type'],
  | 'search'
  | 'thumbnails'
  | 'storeThumbnail'
  | 'image'
  | 'details'
  | 'act'
  | 'compare'
  | 'openDocument'
  | 'dropped'
  | 'useRecipe'
>;

/** What the gallery's messages work on. */
export interface GalleryContext {
  readonly dependencies: {
    readonly app: JobsDependencies;
    readonly gallery: Gallery;
    readonly thumbnails: Thumbnails;
  };
  /** The cards of jobs, as far as the choice among their images changes them. */
  readonly cards: {
    isUndecided(jobId: string): boolean;
    pick(jobId: string, imageId: string): void;
    close(jobId: string): void;
  };
  filter: GalleryFilter;
  post(message: ToWebview): void;
  /** Tells a part of the state soon. */
  push(part: 'form' | 'jobs' | 'gallery'): void;
  /** Puts a text into the prompt. */
  setPrompt(text: string, focus: boolean): void;
  /** Fills the form with all that a recipe says. */
  fillForm(recipe: Recipe, customProvider?: string): void;
}
