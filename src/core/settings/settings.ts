import * as v from 'valibot';
import { FIELD_NAMES, type FieldName, type FieldValues } from '../catalog/fields';
import { PROVIDER_IDS, type ProviderId } from '../catalog/providers';
import { PictorError } from '../errors';

export const INSERT_MODES = ['after', 'replace', 'below', 'none'] as const;

/** Where the link goes, seen from the text that asked for the picture. */
export type InsertMode = (typeof INSERT_MODES)[number];

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
  /** Largest picture that is downloaded or decoded. */
  readonly maxImageBytes: number;
}

const text = v.pipe(v.string('a text in quotes is expected'), v.trim());
const optionalText = v.pipe(
  v.nullish(text, ''),
  v.transform((value) => value || undefined),
);

function integer(min: number, max: number): v.GenericSchema<unknown, number> {
  const allowed = `a whole number from ${min} to ${max} is expected`;
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
    v.check((size) => !size || /^(auto|\d+x\d+)$/.test(size), 'WIDTHxHEIGHT, such as 1024x1024, or auto is expected'),
  ),
  quality: optionalText,
  style: optionalText,
  background: optionalText,
  moderation: optionalText,
  outputFormat: optionalText,
  outputCompression: optionalInteger(0, 100),
  responseFormat: optionalText,
  user: optionalText,
};

/** A longest wait of a day: what lies above is a slip of the keyboard. */
const MAX_TIMEOUT_SECONDS = 86_400;

const SCHEMAS = {
  provider: v.picklist(PROVIDER_IDS, `one of ${PROVIDER_IDS.join(', ')} is expected`),
  baseUrl: optionalText,
  model: optionalText,
  insert: v.picklist(INSERT_MODES, `one of ${INSERT_MODES.join(', ')} is expected`),
  assetsFolder: text,
  fileName: v.pipe(text, v.nonEmpty('a name is expected, such as ${promptSlug}')),
  timeoutSeconds: integer(1, MAX_TIMEOUT_SECONDS),
  maxImageMegabytes: integer(1, 1024),
} as const;

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
  return {
    provider: parseOne('provider', SCHEMAS.provider, read),
    baseUrl: parseOne('baseUrl', SCHEMAS.baseUrl, read),
    model: parseOne('model', SCHEMAS.model, read),
    fields,
    insert: parseOne('insert', SCHEMAS.insert, read),
    assetsFolder: parseOne('assetsFolder', SCHEMAS.assetsFolder, read),
    fileName: parseOne('fileName', SCHEMAS.fileName, read),
    timeoutMs: parseOne('timeoutSeconds', SCHEMAS.timeoutSeconds, read) * 1000,
    maxImageBytes: parseOne('maxImageMegabytes', SCHEMAS.maxImageMegabytes, read) * 1024 * 1024,
  };
}

function parseOne<T>(name: string, schema: v.GenericSchema<unknown, T>, read: (name: string) => unknown): T {
  const value = read(name);
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new PictorError(
    'invalidSetting',
    `The setting pictor.${name} cannot be ${JSON.stringify(value)}: ${result.issues[0].message}.`,
    { setting: `pictor.${name}` },
  );
}
