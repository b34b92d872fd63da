import * as v from 'valibot';
import { FIELD_NAMES } from '../catalog/fields';
import { PROVIDER_IDS } from '../catalog/providers';
import { PictorError } from '../errors';
import { isErrorKind } from './remedies';
import { ALT_TEXTS, INSERT_MODES, RECIPE_MODES } from '../settings/settings';

/**
 * Where a job stands. The first six follow each other; the last three end it early, `unknown` once the user has
 * decided.
 */
export const JOB_STATES = [
  'planned',
  'submitting',
  'waiting',
  'delivered',
  'saved',
  'linked',
  'failed',
  'cancelled',
  'unknown',
] as const;

export type JobState = (typeof JOB_STATES)[number];

/** Of the shape below; see `parseJobRecord` for others. */
export const RECORD_VERSION = 2;

/** Who asked for images. */
export const ORIGINS = ['selection', 'prompt', 'form', 'gallery', 'document', 'agent'] as const;
export type Origin = (typeof ORIGINS)[number];

const text = v.string();
const optionalText = v.optional(text);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const values = v.record(text, v.union([text, v.number()]));
const used = v.object({
  size: optionalText,
  quality: optionalText,
  outputFormat: optionalText,
  background: optionalText,
});

const SAVED_IMAGE = v.object({
  /** Of the file. */
  uri: text,
  /** Of the image, see `altText`. */
  alt: text,
  mediaType: text,
  bytes: count,
  /** `WIDTHxHEIGHT` in pixels, where the image tells it. */
  size: optionalText,
  /** The prompt that the service really used. */
  revisedPrompt: optionalText,
  /** What the service says that it really used. */
  used,
  /** What was asked for. */
  asked: values,
  /** In what it differs from that. */
  differences: v.array(text),
});

const IMAGE = v.object({
  /** Its place among the images of the request, from 0. */
  index: count,
  source: v.variant('kind', [
    /** A file in the job's staging folder, by its name there. */
    v.object({ kind: v.literal('staged'), name: text, bytes: count }),
    v.object({ kind: v.literal('url'), url: text }),
    /** Saved, or beyond reach. */
    v.object({ kind: v.literal('gone') }),
  ]),
  revisedPrompt: optionalText,
  used,
  saved: v.optional(SAVED_IMAGE),
  isLinked: v.optional(v.literal(true)),
});

const ANCHOR = v.object({
  /** The document's address. */
  document: text,
  /** The text that asked for the image, as it was then. */
  askedText: text,
  /** What it is now: it may have been changed since. */
  text,
  /** Where it begins. */
  start: count,
  /** What stands around it, to find it again. */
  before: text,
  after: text,
  /** Whether the place is that of an image of the same ask: the link goes behind it. */
  isFollowUp: v.boolean(),
});

const INPUT = v.object({ role: v.picklist(['image', 'mask', 'markup']), name: text, mediaType: text, bytes: count });

const FOLDER = v.object({ source: v.picklist(['pictor', 'markdown']), template: text });

const TARGET = v.object({
  /** The address of the folder below which images are saved. */
  root: text,
  /** Whether the user pointed at the folder itself. */
  isChosen: v.boolean(),
  /** The workspace folder that the job belongs to; absent where it belongs to none. */
  workspaceFolder: optionalText,
  folder: FOLDER,
  fileName: text,
  altText: v.picklist(ALT_TEXTS),
  insert: v.picklist(INSERT_MODES),
  recipe: v.optional(v.picklist(RECIPE_MODES), 'history'),
  document: v.optional(v.object({ path: text, workspaceFolder: optionalText })),
  anchor: v.optional(ANCHOR),
});

const tokens = v.optional(v.number());

/** See `Usage`. */
const USAGE = v.object({
  total: tokens,
  input: tokens,
  output: tokens,
  textInput: tokens,
  imageInput: tokens,
  cachedInput: tokens,
  textOutput: tokens,
  imageOutput: tokens,
  svgTokens: tokens,
  dollars: tokens,
});

export const JOB_RECORD = v.object({
  version: v.literal(RECORD_VERSION),
  /** A UUID (version 7): the idempotency key. */
  id: v.pipe(text, v.uuid()),
  createdMs: count,
  origin: v.picklist(ORIGINS),
  /** Of jobs that were asked for together, a UUID of all of them. */
  batchId: v.optional(v.pipe(text, v.uuid())),
  state: v.picklist(JOB_STATES),
  history: v.array(v.object({ state: v.picklist(JOB_STATES), atMs: count })),
  connection: v.object({
    provider: v.picklist(PROVIDER_IDS),
    label: text,
    /** Absent for the placeholder. */
    baseUrl: optionalText,
    customProvider: optionalText,
  }),
  request: v.object({
    provider: v.picklist(PROVIDER_IDS),
    model: text,
    prompt: text,
    fields: values,
    unsupported: v.array(text),
    extra: v.record(text, v.unknown()),
  }),
  /** What the user wrote, where a style put words around it. */
  prompt: optionalText,
  /** The name of that style. */
  style: optionalText,
  /** Images and masks that are sent along: files in the job's folder of inputs, by their names there. */
  inputs: v.array(INPUT),
  /** What counts instead of the settings, by their names. */
  overrides: v.optional(v.record(text, v.unknown())),
  target: TARGET,
  task: v.optional(v.object({ taskId: text, pollUrl: optionalText })),
  requestId: optionalText,
  usage: v.optional(USAGE),
  /** Of the request, in US dollars. */
  cost: v.optional(v.object({ dollars: v.number(), asOf: optionalText, isPartial: v.optional(v.literal(true)) })),
  images: v.array(IMAGE),
  /** Images that were asked for, did not come, and may come when they are asked for again. */
  missing: count,
  error: v.optional(
    v.object({
      kind: v.custom<PictorError['kind']>(isErrorKind),
      message: text,
      setting: optionalText,
      url: optionalText,
      status: v.optional(v.number()),
      requestId: optionalText,
      suggestions: v.optional(v.array(text)),
      isTaskOver: v.optional(v.boolean()),
      refusedField: v.optional(v.object({ name: v.picklist(FIELD_NAMES), isUnknown: v.boolean() })),
      successor: v.optional(v.picklist(PROVIDER_IDS)),
    }),
  ),
});

/** A generation, as it is on disk: whatever happens to this process, another one goes on from here. */
export type JobRecord = v.InferOutput<typeof JOB_RECORD>;
export type JobImage = JobRecord['images'][number];
export type JobTarget = JobRecord['target'];
export type JobInput = JobRecord['inputs'][number];
export type JobAnchor = NonNullable<JobTarget['anchor']>;
/** An image that is on disk where it belongs. */
export type SavedImage = v.InferOutput<typeof SAVED_IMAGE>;

/** What the user wrote, without the words of a style. */
export function promptOf({ prompt, request }: Pick<JobRecord, 'prompt' | 'request'>): string {
  return prompt ?? request.prompt;
}

/** What of an error is worth keeping. The answer itself is not: services like to repeat keys in it. */
export function recordError({ kind, message, details }: PictorError): NonNullable<JobRecord['error']> {
  const { setting, url, status, requestId, suggestions, isTaskOver, refusedField, successor } = details;
  return {
    kind,
    message,
    setting,
    url,
    status,
    requestId,
    suggestions: suggestions && [...suggestions],
    isTaskOver,
    refusedField,
    successor,
  };
}

/** The error that ended a job, if one did. */
export function errorOf({ error }: JobRecord): PictorError | undefined {
  if (!error) return undefined;
  const { kind, message, ...details } = error;
  return new PictorError(kind, message, details);
}
