import * as v from 'valibot';
import { FIELD_NAMES } from './core/catalog/fields';
import { IMAGE_ACTIONS, JOB_ACTIONS } from './core/jobs/action';
import type { Recipe } from './core/recipe/recipe';
import {
  NOTICE_ACTIONS,
  type FormState,
  type GalleryChanges,
  type GalleryState,
  type ImageDetails,
  type JobCard,
} from './shown';

export type * from './shown';
export type { Recipe } from './core/recipe/recipe';

/** From the host to the webview. */
export type ToWebview =
  | { readonly type: 'form'; readonly state: FormState }
  | { readonly type: 'jobs'; readonly cards: readonly JobCard[] }
  | { readonly type: 'gallery'; readonly state: GalleryState }
  /** What has changed in the gallery that was told last. */
  | { readonly type: 'galleryChanges'; readonly changes: GalleryChanges }
  | { readonly type: 'preview'; readonly id: string; readonly bytes: Uint8Array<ArrayBuffer> }
  /**
   * Without bytes, the image is gone. With `isWhole`, it is the image itself, of which a thumbnail is to be made.
   */
  | {
      readonly type: 'thumbnail';
      readonly id: string;
      readonly bytes?: Uint8Array<ArrayBuffer>;
      readonly mediaType: string;
      readonly isWhole: boolean;
    }
  | {
      readonly type: 'image';
      readonly id: string;
      readonly bytes?: Uint8Array<ArrayBuffer>;
      readonly mediaType: string;
    }
  | { readonly type: 'details'; readonly details: ImageDetails }
  /** Two images, to be looked at side by side. */
  | { readonly type: 'comparison'; readonly images: readonly [ImageDetails, ImageDetails] }
  /** The image is not there any more. */
  | { readonly type: 'imageGone'; readonly id: string }
  | { readonly type: 'recipe'; readonly recipe?: Recipe; readonly name: string }
  /** Puts a text into the prompt. */
  | { readonly type: 'prompt'; readonly text: string; readonly focus: boolean }
  /** Says something to those who listen. */
  | { readonly type: 'announce'; readonly text: string }
  /** Opens the list of models. */
  | { readonly type: 'chooseModel' };

const text = v.pipe(v.string(), v.maxLength(100_000));
const id = v.pipe(v.string(), v.maxLength(100));
const bytes = v.instance(Uint8Array);

const FROM_WEBVIEW = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('prompt'), text }),
  v.object({
    type: v.literal('set'),
    name: v.pipe(v.string(), v.maxLength(40)),
    value: v.nullable(v.union([v.pipe(v.string(), v.maxLength(500)), v.number()])),
  }),
  v.object({ type: v.literal('insert'), isOn: v.boolean() }),
  v.object({ type: v.literal('linkSelection'), isOn: v.boolean() }),
  v.object({ type: v.literal('useSelection') }),
  v.object({ type: v.literal('online'), isOnline: v.boolean() }),
  /** Unasked, only where the service was not asked lately. */
  v.object({ type: v.literal('listModels'), isUnasked: v.boolean() }),
  v.object({ type: v.literal('saveAsDefault') }),
  v.object({ type: v.literal('reset') }),
  v.object({ type: v.literal('generate'), prompt: text }),
  v.object({ type: v.literal('copyRequest'), prompt: text }),
  v.object({ type: v.literal('notice'), action: v.picklist(NOTICE_ACTIONS), model: v.optional(text) }),
  v.object({ type: v.literal('forgetRefusal'), name: v.picklist(FIELD_NAMES) }),
  v.object({ type: v.literal('card'), id, action: v.picklist(JOB_ACTIONS), model: v.optional(text) }),
  v.object({ type: v.literal('search'), text, model: v.optional(text), document: v.optional(text) }),
  v.object({ type: v.literal('thumbnails'), ids: v.pipe(v.array(id), v.maxLength(500)) }),
  v.object({ type: v.literal('storeThumbnail'), id, bytes }),
  v.object({ type: v.literal('image'), id }),
  v.object({ type: v.literal('details'), id }),
  v.object({
    type: v.literal('act'),
    id,
    action: v.picklist(IMAGE_ACTIONS),
    count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10))),
  }),
  v.object({ type: v.literal('compare'), ids: v.tuple([id, id]) }),
  v.object({ type: v.literal('openDocument'), uri: text }),
  /** The beginning of a file and its whole size, or its address. */
  v.object({
    type: v.literal('dropped'),
    name: v.pipe(v.string(), v.maxLength(1000)),
    bytes: v.optional(bytes),
    size: v.optional(v.number()),
    uri: v.optional(v.pipe(v.string(), v.maxLength(5000))),
  }),
  v.object({ type: v.literal('useRecipe'), recipe: v.looseObject({}) }),
]);

/** From the webview to the host. */
export type FromWebview = v.InferOutput<typeof FROM_WEBVIEW>;

/** Reads what a webview sent; undefined for anything else. */
export function parseFromWebview(message: unknown): FromWebview | undefined {
  const parsed = v.safeParse(FROM_WEBVIEW, message);
  return parsed.success ? parsed.output : undefined;
}
