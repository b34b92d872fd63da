import type { Cost } from './core/catalog/costOf';
import type { Estimate } from './core/catalog/estimateCost';
import type { FieldName } from './core/catalog/fields';
import type { FormField } from './core/form/formFields';
import type { ImageAction, ImageIcon, JobAction } from './core/jobs/action';
import type { JobPhase } from './core/jobs/jobView';

export type { Cost, Estimate, FieldName, FormField };
export type { FieldOption, Reason } from './core/form/formFields';

/** What the buttons of notices do. */
export const NOTICE_ACTIONS = [
  'connect',
  'setApiKey',
  'manageTrust',
  'openFolder',
  'usePlaceholder',
  'openSetting',
  'useModel',
] as const;

export type NoticeAction = (typeof NOTICE_ACTIONS)[number];

/** A value with the words that a person sees for it. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly detail?: string;
}

/** What stands in the way, or could be better, and the one button that helps. */
export interface Notice {
  readonly kind: 'welcome' | 'key' | 'trust' | 'folder' | 'offline' | 'setting' | 'ending' | 'ended' | 'repeated';
  readonly text: string;
  /** With a model, for `useModel`. */
  readonly button?: { readonly label: string; readonly action: NoticeAction; readonly model?: string };
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

/** A field that a provider did not take lately. */
export interface FieldRefusal {
  readonly name: FieldName;
  /** Absent where it was the field, whatever its value. */
  readonly value?: string;
  readonly atMs: number;
  /** Whether it is not sent any more. */
  readonly isLeftOut: boolean;
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
  readonly cost?: Estimate;
  /** What the provider did not take for this model. */
  readonly refusals: readonly FieldRefusal[];
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
  /** Of the whole request. */
  readonly cost?: Cost;
  /** Images of the request that the cost is for. */
  readonly requestCount: number;
  /** Whether nobody bills for it. */
  readonly isFree: boolean;
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
