import { t } from '@vscode/l10n';
import * as v from 'valibot';
import { FIELD_NAMES, type FieldName, type FieldValues } from '../catalog/fields';
import { PROVIDER_IDS, type ProviderId } from '../catalog/providers';
import { PictorError } from '../errors';
import { TASK_MODES, type TaskMode } from '../request/taskMode';
import { PROMPT_STYLES, type PromptStyles } from '../styles/promptStyles';
import { CUSTOM_PROVIDERS, type CustomProvider } from './customProviders';

export const INSERT_MODES = ['after', 'replace', 'below', 'none'] as const;

/** Where the link goes, seen from the text that asked for the image. */
export type InsertMode = (typeof INSERT_MODES)[number];

export const FILL_MODES = ['ask', 'always', 'never'] as const;

/** Whether a service that drew fewer images than asked for is asked again: each is billed. */
export type FillMode = (typeof FILL_MODES)[number];

export const ALT_TEXTS = ['prompt', 'revisedPrompt'] as const;

/** Which words describe an image to those who cannot see it. */
export type AltTextSource = (typeof ALT_TEXTS)[number];

export const RECIPE_MODES = ['history', 'sidecar', 'embedded', 'none'] as const;

/** Where the recipe of an image is kept; `sidecar` and `embedded` are kept beside the history. */
export type RecipeMode = (typeof RECIPE_MODES)[number];

/** The user's settings, read and checked. Empty values are absent. */
export interface Settings {
  readonly provider: ProviderId;
  readonly baseUrl?: string;
  readonly model?: string;
  readonly fields: FieldValues;
  readonly insert: InsertMode;
  readonly assetsFolder: string;
  readonly fileName: string;
  readonly timeoutMs: number;
  /** Largest image that is downloaded or decoded. */
  readonly maxImageBytes: number;
  readonly altText: AltTextSource;
  readonly fillMissing: FillMode;
  readonly aceTaskMode: TaskMode;
  /** Where Ace Data Cloud sends a copy of the result. */
  readonly callbackUrl?: string;
  readonly openaiOrganization?: string;
  readonly openaiProject?: string;
  /** Which one of `customProviders` is meant; absent for a plain base URL. */
  readonly customProvider?: string;
  readonly customProviders: Readonly<Record<string, CustomProvider>>;
  /** Requests that run at the same time, in all windows together. */
  readonly maxConcurrent: number;
  /** More images than these at once are asked for only after a question. */
  readonly confirmAbove: number;
  /** In US dollars: what is estimated to cost more is asked for only after a question. Absent for never. */
  readonly confirmAboveDollars?: number;
  readonly historyDays: number;
  /** The user's own styles. */
  readonly styles: PromptStyles;
  /** The name of the style that is put around every prompt. */
  readonly promptStyle?: string;
  readonly recipe: RecipeMode;
}

/** When a provider that offers tasks is asked for one: only Ace Data Cloud has a setting for that. */
export function taskModeOf({ provider, aceTaskMode }: Pick<Settings, 'provider' | 'aceTaskMode'>): TaskMode {
  return provider === 'acedata' ? aceTaskMode : 'auto';
}

const text = v.pipe(v.string(t('a text in quotes is expected')), v.trim());
const optionalText = v.pipe(
  v.nullish(text, ''),
  v.transform((value) => value || undefined),
);

const headerText = v.pipe(
  optionalText,
  v.check((value) => !value || /^[\x21-\x7e]+$/.test(value), t('an id without spaces is expected')),
);

function oneOf<const T extends readonly string[]>(values: T): v.GenericSchema<unknown, T[number]> {
  return v.picklist(values, t('one of {values} is expected', { values: values.join(', ') }));
}

function integer(min: number, max: number): v.GenericSchema<unknown, number> {
  const allowed = t('a whole number from {min} to {max} is expected', { min, max });
  return v.pipe(v.number(allowed), v.integer(allowed), v.minValue(min, allowed), v.maxValue(max, allowed));
}

function optionalInteger(min: number, max: number): v.GenericSchema<unknown, number | undefined> {
  return v.pipe(
    v.nullish(integer(min, max)),
    v.transform((value) => value ?? undefined),
  );
}

/** Free of a model's own limits, which the catalog knows: here only what no model could take is refused. */
const FIELD_SCHEMAS: Readonly<Record<FieldName, v.GenericSchema<unknown, string | number | undefined>>> = {
  n: optionalInteger(1, 100),
  size: v.pipe(
    optionalText,
    v.check(
      (size) => !size || /^(auto|\d+x\d+)$/.test(size),
      t('WIDTHxHEIGHT, such as 1024x1024, or auto is expected'),
    ),
  ),
  quality: optionalText,
  style: optionalText,
  background: optionalText,
  moderation: optionalText,
  complexity: optionalText,
  outputFormat: optionalText,
  outputCompression: optionalInteger(0, 100),
  frameCount: optionalInteger(2, 16),
  frameDurationMs: optionalInteger(10, 655_350),
  svgModel: optionalText,
  svgEffort: optionalText,
  responseFormat: optionalText,
  partialImages: optionalInteger(0, 3),
  user: optionalText,
};

/** A longest wait of a day: what lies above is a slip of the keyboard. */
const MAX_TIMEOUT_SECONDS = 86_400;

const SCHEMAS = {
  provider: oneOf(PROVIDER_IDS),
  baseUrl: optionalText,
  model: optionalText,
  insert: oneOf(INSERT_MODES),
  assetsFolder: text,
  fileName: v.pipe(text, v.nonEmpty(t('a name is expected, such as ${promptSlug}'))),
  timeoutSeconds: integer(1, MAX_TIMEOUT_SECONDS),
  maxImageMegabytes: integer(1, 1024),
  altText: oneOf(ALT_TEXTS),
  fillMissing: oneOf(FILL_MODES),
  aceTaskMode: oneOf(TASK_MODES),
  callbackUrl: v.pipe(
    optionalText,
    v.check(
      (url) => !url || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)),
      t('a full address such as https://host.example/hook is expected'),
    ),
  ),
  openaiOrganization: headerText,
  openaiProject: headerText,
  customProvider: optionalText,
  customProviders: v.pipe(
    v.nullish(CUSTOM_PROVIDERS),
    v.transform((value) => value ?? {}),
  ),
  maxConcurrent: integer(1, 100),
  confirmAbove: integer(1, 1000),
  confirmAboveDollars: v.pipe(
    v.nullish(
      v.pipe(v.number(t('a sum in US dollars is expected')), v.minValue(0, t('a sum in US dollars is expected'))),
    ),
    v.transform((value) => value ?? undefined),
  ),
  historyDays: integer(0, 3650),
  styles: v.pipe(
    v.nullish(PROMPT_STYLES),
    v.transform((value) => value ?? {}),
  ),
  promptStyle: optionalText,
  recipe: oneOf(RECIPE_MODES),
} as const;

/** Raw values that count instead of the settings, by the settings' names; null for Pictor's own default. */
export type SettingsOverrides = Readonly<Partial<Record<keyof typeof SCHEMAS | FieldName, unknown>>>;

/**
 * Reads and checks the settings.
 * @param read gives the raw value of a setting by its name without `pictor.`
 * @throws PictorError `invalidSetting` that names the setting, its value and what is expected
 */
export function parseSettings(read: (name: string) => unknown): Settings {
  const fields: Partial<Record<FieldName, string | number>> = {};
  for (const name of FIELD_NAMES) {
    const value = parseOne(name, FIELD_SCHEMAS[name], read);
    if (value !== undefined) fields[name] = value;
  }
  const provider = parseOne('provider', SCHEMAS.provider, read);
  return {
    provider,
    baseUrl: parseOne('baseUrl', SCHEMAS.baseUrl, read),
    model: parseOne('model', SCHEMAS.model, read),
    fields,
    insert: parseOne('insert', SCHEMAS.insert, read),
    assetsFolder: parseOne('assetsFolder', SCHEMAS.assetsFolder, read),
    fileName: parseOne('fileName', SCHEMAS.fileName, read),
    timeoutMs: parseOne('timeoutSeconds', SCHEMAS.timeoutSeconds, read) * 1000,
    maxImageBytes: parseOne('maxImageMegabytes', SCHEMAS.maxImageMegabytes, read) * 1024 * 1024,
    altText: parseOne('altText', SCHEMAS.altText, read),
    fillMissing: parseOne('fillMissing', SCHEMAS.fillMissing, read),
    aceTaskMode: parseOne('aceTaskMode', SCHEMAS.aceTaskMode, read),
    callbackUrl: parseOne('callbackUrl', SCHEMAS.callbackUrl, read),
    openaiOrganization: parseOne('openaiOrganization', SCHEMAS.openaiOrganization, read),
    openaiProject: parseOne('openaiProject', SCHEMAS.openaiProject, read),
    customProvider: parseOne('customProvider', SCHEMAS.customProvider, read),
    maxConcurrent: parseOne('maxConcurrent', SCHEMAS.maxConcurrent, read),
    confirmAbove: parseOne('confirmAbove', SCHEMAS.confirmAbove, read),
    confirmAboveDollars: parseOne('confirmAboveDollars', SCHEMAS.confirmAboveDollars, read),
    historyDays: parseOne('historyDays', SCHEMAS.historyDays, read),
    styles: parseOne('styles', SCHEMAS.styles, read),
    promptStyle: parseOne('promptStyle', SCHEMAS.promptStyle, read),
    recipe: parseOne('recipe', SCHEMAS.recipe, read),
    // A slip in the entry of a gateway must not stop those who draw elsewhere.
    customProviders: provider === 'custom' ? parseOne('customProviders', SCHEMAS.customProviders, read) : {},
  };
}

function parseOne<T>(name: string, schema: v.GenericSchema<unknown, T>, read: (name: string) => unknown): T {
  const value = read(name);
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw new PictorError(
    'invalidSetting',
    path
      ? t('The setting pictor.{name} cannot be used: {place}: {message}.', {
          name,
          place: path,
          message: issue.message,
        })
      : t('The setting pictor.{name} cannot be {value}: {message}.', {
          name,
          value: JSON.stringify(value),
          message: issue.message,
        }),
    { setting: `pictor.${name}` },
  );
}
