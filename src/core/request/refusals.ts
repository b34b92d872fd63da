import * as v from 'valibot';
import { FIELD_NAMES, type FieldName, type FieldValue } from '../catalog/fields';

/** A field, or a value of it, that a provider did not take for a model. */
export interface Refusal {
  readonly name: FieldName;
  /** Absent where the field itself is not known there. */
  readonly value?: FieldValue;
  readonly atMs: number;
  /** Whether the user wants it left out from then on. */
  readonly isLeftOut?: true;
}

/** Refusals by `provider@origin#model`, with the catalog of that time: a newer one may know better. */
export interface RefusalMemory {
  readonly catalog: string;
  readonly refusals: Readonly<Record<string, readonly Refusal[]>>;
}

/** Services change what they take. */
const REMEMBERED_MS = 30 * 24 * 60 * 60 * 1000;
/** Enough for all that one person tries out in a month. */
const MAX_MODELS = 200;

const MEMORY = v.object({
  catalog: v.string(),
  refusals: v.record(
    v.string(),
    v.array(
      v.object({
        name: v.picklist(FIELD_NAMES),
        value: v.optional(v.union([v.string(), v.number()])),
        atMs: v.number(),
        isLeftOut: v.optional(v.literal(true)),
      }),
    ),
  ),
});

/** Reads what was stored; nothing of another catalog, or of another shape. */
export function parseRefusals(stored: unknown, catalog: string): RefusalMemory {
  const parsed = v.safeParse(MEMORY, stored);
  return parsed.success && parsed.output.catalog === catalog ? parsed.output : { catalog, refusals: {} };
}

/** Refusals that are still remembered. */
export function refusalsOf({ refusals }: RefusalMemory, key: string, nowMs: number): readonly Refusal[] {
  return (refusals[key] ?? []).filter(({ atMs }) => atMs <= nowMs && nowMs - atMs < REMEMBERED_MS);
}

/** Memory with one refusal more; a newer one takes the place of one about the same. */
export function withRefusal(memory: RefusalMemory, key: string, refusal: Refusal): RefusalMemory {
  const others = (memory.refusals[key] ?? []).filter(
    ({ name, value }) => name !== refusal.name || value !== refusal.value,
  );
  const newest = Object.entries({ ...memory.refusals, [key]: [...others, refusal] })
    .sort(([, a], [, b]) => latest(b) - latest(a))
    .slice(0, MAX_MODELS);
  return { ...memory, refusals: Object.fromEntries(newest) };
}

/** Memory in which a field of a model was never refused. */
export function withoutRefusals(memory: RefusalMemory, key: string, name: FieldName): RefusalMemory {
  const left = (memory.refusals[key] ?? []).filter((refusal) => refusal.name !== name);
  return { ...memory, refusals: { ...memory.refusals, [key]: left } };
}

function latest(refusals: readonly Refusal[]): number {
  return Math.max(0, ...refusals.map(({ atMs }) => atMs));
}
