import * as v from 'valibot';
import type { FieldName } from './core/catalog/fields';
import { IMAGE_ACTIONS, JOB_ACTIONS, type ImageAction, type ImageIcon, type JobAction } from './core/jobs/action';
import type { JobPhase } from './core/jobs/jobView';
import type { FormField } from './core/form/formFields';
import type { Recipe } from './core/recipe/recipe';

export type { FieldName };
export type { FieldOption, FormField, Reason } from './core/form/formFields';
export type { Recipe } from './core/recipe/recipe';

/** A value with the words that a person sees for it. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly detail?: string;
}

/** What stands in the way, or could be better, and the one button that helps. */
export interface Notice {
  readonly kind: 'welcome' | 'key' | 'trust' | 'folder' | 'offline' | 'setting' | 'repeated';
  readonly text: string;
  readonly button?: { readonly label: string; readonly action: NoticeAction };
}

/** Where an image will go. */
export interface Destination {
  /** Relative to the workspace folder; without a prompt, of the folder only. Absent where it cannot be told yet. */
  readonly path?: string;
  /** Whether the user will be asked for a folder. */
  readonly willAsk: boolean;
  /** The document at whose cursor the link is inserted, by its name; absent where there is none. */
  readonly document?: string;
  /** Whether the link goes beside the selected text, and not at the cursor. */
  readonly isSelection: boolean;
}

/** An estimate, and the year and month of the price list that it is from. */
export interface Cost {
  readonly dollars: number;
  readonly asOf: string;
}

/** Everything that the form shows, but for what is typed into it. */
export interface FormState {
  readonly provider: string;
  readonly providers: readonly Choice[];
  /** Empty where it must be named. */
  readonly model: string;
  readonly models: readonly (Choice & { readonly group?: string })[];
  /** Whether the service can be asked for its models, and is being asked. */
  readonly canListModels: boolean;
  readonly isListingModels: boolean;
  readonly fields: readonly FormField[];
  /** Fields whose values are kept for models that take them. */
  readonly unsupported: readonly FieldName[];
  readonly style: string;
  readonly styles: readonly Choice[];
  readonly maxPromptCharacters?: number;
  /** So many of them are the style's. */
  readonly styleCharacters: number;
  /** The prompt with the words of the style; absent where they are the same. */
  readonly sentPrompt?: string;
  /** The newest first. */
  readonly history: readonly string[];
  readonly hasSelection: boolean;
  readonly isLinkedToSelection: boolean;
  readonly insert: boolean;
  /** False where the settings want no link anywhere. */
  readonly canInsert: boolean;
  readonly destination: Destination;
  readonly notices: readonly Notice[];
  readonly count: number;
  readonly cost?: Cost;
  /** Whether something was changed here that is no setting. */
  readonly isChanged: boolean;
  readonly canCopyRequest: boolean;
}

export interface CardButton {
  readonly label: string;
  readonly action: JobAction;
  /** For `useModel`. */
  readonly model?: string;
  readonly isPrimary?: boolean;
}

/** What can be done with an image. */
export interface ImageButton {
  /** With `{count}`, of a request for several. */
  readonly label: string;
  readonly action: ImageAction;
  readonly icon: ImageIcon;
  /** Since the file is not there. */
  readonly isDisabled?: boolean;
}

/** What failed of a batch for one reason. */
export interface CardFailure {
  readonly id: string;
  readonly text: string;
  readonly count: number;
  /** The first of the prompts. */
  readonly prompts: readonly string[];
  readonly buttons: readonly CardButton[];
}

/** One of several images of a request. */
export interface CardImage {
  readonly id: string;
  readonly isLinked: boolean;
  /** Absent where the document shows it already. */
  readonly button?: ImageButton;
}

/** A job, or a batch of them, that runs, has stopped, or has images to pick from. */
export interface JobCard {
  readonly id: string;
  readonly prompt: string;
  /** Who generates it, and with which model. */
  readonly source: string;
  readonly phase: JobPhase | 'picked';
  readonly text: string;
  readonly startedMs: number;
  /** When a pause ends: it is counted down. */
  readonly untilMs?: number;
  readonly percent?: number;
  /** A preview is there, and which one. */
  readonly preview?: number;
  /** Of the image that was asked for, width divided by height. */
  readonly aspectRatio?: number;
  readonly buttons: readonly CardButton[];
  /** Of a batch. */
  readonly failures: readonly CardFailure[];
  /** Images of one request to pick from. */
  readonly images: readonly CardImage[];
}

export interface GalleryItem {
  /** Of the job and the image. */
  readonly id: string;
  /** The beginning of the prompt. */
  readonly prompt: string;
  readonly model: string;
  readonly createdMs: number;
}

export interface GalleryState {
  readonly items: readonly GalleryItem[];
  /** Of all images, whatever is searched for. */
  readonly total: number;
  readonly models: readonly string[];
  readonly documents: readonly Choice[];
}

/** Items that came or changed, and the ids of those that went; the rest is told whole. */
export interface GalleryChanges extends Omit<GalleryState, 'items'> {
  readonly changed: readonly GalleryItem[];
  readonly gone: readonly string[];
}

/** All that is known of an image. */
export interface ImageDetails {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly prompt: string;
  readonly sentPrompt?: string;
  readonly revisedPrompt?: string;
  readonly provider: string;
  readonly model: string;
  readonly createdMs: number;
  readonly mediaType: string;
  readonly size?: string;
  readonly bytes: number;
  readonly asked: readonly Choice[];
  readonly used: readonly Choice[];
  readonly differences: readonly string[];
  readonly tokens?: number;
  readonly cost?: Cost;
  /** From the request to the delivery. */
  readonly tookMs?: number;
  readonly isMissing: boolean;
  /** Documents that link to it; absent while they are looked for. */
  readonly documents?: readonly Choice[];
  /** Images of the same request, this one included. */
  readonly siblings: readonly string[];
  /** What can be done with its file. */
  readonly actions: readonly ImageButton[];
  /** How more of its kind are made, or fewer kept. */
  readonly furtherActions: readonly ImageButton[];
}

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
const NOTICE_ACTIONS = ['connect', 'setApiKey', 'manageTrust', 'openFolder', 'usePlaceholder', 'openSetting'] as const;
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
  v.object({ type: v.literal('notice'), action: v.picklist(NOTICE_ACTIONS) }),
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
export type NoticeAction = (typeof NOTICE_ACTIONS)[number];

/** Reads what a webview sent; undefined for anything else. */
export function parseFromWebview(message: unknown): FromWebview | undefined {
  const parsed = v.safeParse(FROM_WEBVIEW, message);
  return parsed.success ? parsed.output : undefined;
}
