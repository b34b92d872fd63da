import * as v from 'valibot';
import { PROVIDER_IDS } from '../catalog/providers';
import { PictorError, type ErrorDetails } from '../errors';
import { isErrorKind } from '../remedies';
import { ALT_TEXTS, INSERT_MODES, RECIPE_MODES } from '../settings/settings';

/**
 * Where a job stands. The first six follow each other; the last three end it early, `unknown` once the user has
 * decided.
 */
const JOB_STATES = [
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

/** Of the shape below. A record with a larger one was written by a newer Pictor, and is left alone. */
export const RECORD_VERSION = 1;

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

const SAVED_PICTURE = v.object({
  /** Of the file. */
  uri: text,
  /** Of the picture, see `altText`. */
  alt: text,
  mediaType: text,
  bytes: count,
  /** `WIDTHxHEIGHT` in pixels, where the picture tells it. */
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

const PICTURE = v.object({
  /** Its place among the pictures of the request, from 0. */
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
  saved: v.optional(SAVED_PICTURE),
  isLinked: v.optional(v.literal(true)),
});

const PLACE = v.object({
  /** The document's address. */
  document: text,
  /** The text that asked for the picture, as it was then. */
  askedText: text,
  /** What it is now: it may have been changed since. */
  text,
  /** Where it begins. */
  start: count,
  /** What stands around it, to find it again. */
  before: text,
  after: text,
  /** Whether the place is that of a picture of the same ask: the link goes behind it. */
  isFollowUp: v.boolean(),
});

const FOLDER = v.object({ source: v.picklist(['pictor', 'markdown']), template: text });

const TARGET = v.object({
  /** The address of the folder below which pictures are saved. */
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
  place: v.optional(PLACE),
});

const JOB_RECORD = v.object({
  version: v.literal(RECORD_VERSION),
  /** A UUID (version 7): the idempotency key. */
  id: v.pipe(text, v.uuid()),
  createdMs: count,
  state: v.picklist(JOB_STATES),
  history: v.array(v.object({ state: v.picklist(JOB_STATES), atMs: count })),
  service: v.object({
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
    withheld: v.array(text),
    extra: v.record(text, v.unknown()),
  }),
  /** What the user wrote, where a style put words around it. */
  prompt: optionalText,
  /** The name of that style. */
  style: optionalText,
  /** What was asked for instead of the settings, by their names. */
  instead: v.optional(v.record(text, v.unknown())),
  target: TARGET,
  task: v.optional(v.object({ taskId: text, pollUrl: optionalText })),
  requestId: optionalText,
  /** In tokens. */
  usage: v.optional(
    v.object({ total: v.optional(v.number()), input: v.optional(v.number()), output: v.optional(v.number()) }),
  ),
  pictures: v.array(PICTURE),
  /** Pictures that were asked for and did not come, without a word about why. */
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
    }),
  ),
});

/** A generation, as it is on disk: whatever happens to this process, another one goes on from here. */
export type JobRecord = v.InferOutput<typeof JOB_RECORD>;
export type JobPicture = JobRecord['pictures'][number];
export type JobTarget = JobRecord['target'];
export type JobPlace = NonNullable<JobTarget['place']>;
/** A picture that is on disk where it belongs. */
export type SavedPicture = v.InferOutput<typeof SAVED_PICTURE>;

/** What a file says. */
export type ReadRecord =
  { readonly state: 'record'; readonly record: JobRecord } | { readonly state: 'newer' } | { readonly state: 'broken' };

const VERSIONED = v.looseObject({ version: v.pipe(v.number(), v.minValue(RECORD_VERSION + 1)) });

/** Reads a record. Whatever the text is, it never throws. */
export function parseJobRecord(content: string): ReadRecord {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return { state: 'broken' };
  }
  if (v.is(VERSIONED, value)) return { state: 'newer' };
  const parsed = v.safeParse(JOB_RECORD, value);
  return parsed.success ? { state: 'record', record: parsed.output } : { state: 'broken' };
}

/** What the user wrote, without the words of a style. */
export function promptOf({ prompt, request }: Pick<JobRecord, 'prompt' | 'request'>): string {
  return prompt ?? request.prompt;
}

/** What of an error is worth keeping. The answer itself is not: services like to repeat keys in it. */
export function recordError({ kind, message, details }: PictorError): NonNullable<JobRecord['error']> {
  const { setting, url, status, requestId, suggestions, isTaskOver } = details;
  return { kind, message, setting, url, status, requestId, suggestions: suggestions && [...suggestions], isTaskOver };
}

/** The error that ended a job, if one did. */
export function errorOf({ error, task }: JobRecord): PictorError | undefined {
  if (!error) return undefined;
  const { kind, message, ...details } = error;
  const found: ErrorDetails = { ...details, task: details.isTaskOver ? undefined : task };
  return new PictorError(kind, message, found);
}

/** Pictures that came and are not saved. */
function unsaved({ pictures }: JobRecord): JobPicture[] {
  return pictures.filter(({ saved }) => !saved);
}

/** Whether a picture is here, and has no place yet. */
export function hasStaged(record: JobRecord): boolean {
  return unsaved(record).some(({ source }) => source.kind === 'staged');
}

/** Whether the service can be asked about a task once more, which is free, since there is nothing of it here. */
export function canAskAgain(record: JobRecord): boolean {
  const { task, error, pictures, request } = record;
  // Pictures of a task may have expired, or been too large for the limit of then.
  const isMissing = pictures.length === 0 || unsaved(record).some(({ source }) => source.kind !== 'staged');
  return (
    isMissing &&
    ((task !== undefined && !error?.isTaskOver) || (record.state === 'unknown' && request.extra.trace_id !== undefined))
  );
}

/** Whether a job has something left to do that costs nothing. */
export function canContinue(record: JobRecord): boolean {
  if (record.state === 'planned' || record.state === 'submitting') return false;
  return canAskAgain(record) || unsaved(record).some(({ source }) => source.kind !== 'gone');
}

/** Whether the next process goes on by itself with a job that is still open. */
export function isUnfinished({ state }: JobRecord): boolean {
  return ['planned', 'submitting', 'waiting', 'delivered', 'saved', 'linked'].includes(state);
}

/** Where a service works on a task, or has finished one, asking about it again is free, and a new request is not. */
export function withTask(error: unknown, { task }: JobRecord): unknown {
  return task && error instanceof PictorError && !error.details.isTaskOver ? error.with({ task }) : error;
}
