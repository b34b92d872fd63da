import * as v from 'valibot';
import { PROVIDER_IDS } from '../catalog/providers';
import { JOB_RECORD, RECORD_VERSION, type JobRecord } from './jobRecord';

/** Content of a record's file. One that a newer Pictor wrote, or about a provider that only it knows, is left alone. */
export type ParsedRecord =
  { readonly state: 'record'; readonly record: JobRecord } | { readonly state: 'newer' } | { readonly state: 'broken' };

/** Record of any version; reads a text that may be anything, and never throws. */
export function parseJobRecord(content: string): ParsedRecord {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return { state: 'broken' };
  }
  if (v.is(NEWER, value)) return { state: 'newer' };
  const current = v.is(FIRST, value) ? secondOf(value) : value;
  const parsed = v.safeParse(JOB_RECORD, current);
  if (parsed.success) return { state: 'record', record: parsed.output };
  return { state: isOfFutureProvider(current) ? 'newer' : 'broken' };
}

const NEWER = v.looseObject({ version: v.pipe(v.number(), v.minValue(RECORD_VERSION + 1)) });

const OF_PROVIDER = v.looseObject({
  connection: v.looseObject({ provider: v.string() }),
  request: v.looseObject({ provider: v.string() }),
});

/** Whether nothing but the name of its provider is unknown. */
function isOfFutureProvider(value: unknown): boolean {
  if (!v.is(OF_PROVIDER, value)) return false;
  const { connection, request } = value;
  if ((PROVIDER_IDS as readonly string[]).includes(connection.provider)) return false;
  const known = { provider: PROVIDER_IDS[0] };
  return v.is(JOB_RECORD, { ...value, connection: { ...connection, ...known }, request: { ...request, ...known } });
}

/** What differs in version 1; the rest is checked as version 2. */
const FIRST = v.looseObject({
  version: v.literal(1),
  service: v.unknown(),
  request: v.looseObject({ withheld: v.unknown() }),
  instead: v.optional(v.unknown()),
  target: v.looseObject({ place: v.optional(v.unknown()) }),
  pictures: v.unknown(),
});

/** A record of version 1 in the words of version 2. */
function secondOf(first: v.InferOutput<typeof FIRST>): Record<string, unknown> {
  const { service, instead, pictures, ...same } = first;
  const { withheld, ...request } = first.request;
  const { place, ...target } = first.target;
  const asked = place === undefined ? 'prompt' : 'selection';
  return {
    ...same,
    version: RECORD_VERSION,
    origin: instead === undefined ? asked : 'form',
    connection: service,
    request: { ...request, unsupported: withheld },
    overrides: instead,
    inputs: [],
    target: { ...target, anchor: place },
    images: pictures,
  };
}
