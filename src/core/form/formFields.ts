import { FIELD_NAMES, type FieldName, type FieldValue, type FieldValues } from '../catalog/fields';
import { sizeRuleOf } from '../catalog/frames';
import type { Model } from '../catalog/model';
import type { Provider } from '../catalog/providers';
import { describeRule, listWords, type Constraint, type Rule } from '../catalog/rules';
import { constraintsOf, isSatisfied } from '../request/fitFields';
import { isAllowedSize, parseSize, type SizeRule } from '../catalog/sizes';
import { shapeOf, type Shape } from './shapes';

/** A value that a model takes. */
export interface FieldOption {
  readonly value: string;
  /** Of a size in pixels. */
  readonly shape?: Shape;
  /** Set where it cannot be chosen beside what else is chosen: why. */
  readonly reason?: Reason;
}

/** A field works only together with certain values of another one. */
export interface Reason {
  readonly needs: FieldName;
  /** In words, such as "png or webp". */
  readonly values: string;
  /** The values are those that it does not work with. */
  readonly isNot?: true;
}

interface Common {
  readonly name: FieldName;
  /** Set where the whole field cannot be used beside what else is chosen. */
  readonly reason?: Reason;
}

/** A field of a request as a form shows it. An empty or absent value leaves it to the model. */
export type FormField =
  | (Common & { readonly kind: 'choice'; readonly options: readonly FieldOption[]; readonly value: string })
  /** With `rule`, other sizes can be typed: what they must be, in words. */
  | (Common & {
      readonly kind: 'size';
      readonly options: readonly FieldOption[];
      readonly value: string;
      readonly rule?: string;
      /** What is set, and not taken. */
      readonly refused?: string;
      /** Whether the provider calls images of that many pixels experimental. */
      readonly isExperimental?: boolean;
    })
  | (Common & { readonly kind: 'integer'; readonly min: number; readonly max: number; readonly value?: number })
  | (Common & { readonly kind: 'text'; readonly value: string });

/** How an image travels and who asks is for the settings. */
const NOT_IN_FORM: ReadonlySet<FieldName> = new Set<FieldName>(['responseFormat', 'user']);

/** What a service of which nothing is known may take. */
const UNKNOWN_MODEL: Readonly<Partial<Record<FieldName, Rule>>> = {
  size: { kind: 'size', values: ['auto'], free: {} },
  n: { kind: 'integer', min: 1, max: 10 },
  quality: { kind: 'text' },
  style: { kind: 'text' },
  background: { kind: 'choice', values: ['auto', 'transparent', 'opaque'] },
  outputFormat: { kind: 'choice', values: ['png', 'jpeg', 'webp'] },
};

/** What fewer of them take is shown only where it is set: what is sent must be seen. */
const SELDOM: Readonly<Partial<Record<FieldName, Rule>>> = {
  outputCompression: { kind: 'integer', min: 0, max: 100 },
  partialImages: { kind: 'integer', min: 0, max: 3 },
  moderation: { kind: 'choice', values: ['auto', 'low'] },
};

/** The order in which a person decides. */
const ORDER: readonly FieldName[] = [
  'size',
  'quality',
  'style',
  'complexity',
  'background',
  'outputFormat',
  'outputCompression',
  'frameCount',
  'frameDurationMs',
  'svgModel',
  'svgEffort',
  'n',
  'partialImages',
  'moderation',
];

/**
 * The fields that a model takes, each with only the values that it takes.
 * @param values what is set
 * @param taken what it takes of that, see `fitFields`
 */
export function formFields(
  provider: Provider,
  model: Model | undefined,
  values: FieldValues,
  taken: FieldValues,
): FormField[] {
  const seldom = Object.fromEntries(Object.entries(SELDOM).filter(([name]) => values[name as FieldName] !== undefined));
  const rules: typeof UNKNOWN_MODEL = model?.fields ?? { ...UNKNOWN_MODEL, ...seldom };
  const constraints = constraintsOf(provider, model);
  const names = [...ORDER, ...FIELD_NAMES.filter((name) => !ORDER.includes(name))];
  return names.flatMap((name) => {
    const rule = name === 'size' && model ? sizeRuleOf(model, taken) : rules[name];
    return rule && !NOT_IN_FORM.has(name) && hasChoice(rule)
      ? [markExperimental(fieldOf(name, rule, values[name], taken, constraints), model)]
      : [];
  });
}

function markExperimental(field: FormField, model: Model | undefined): FormField {
  const limit = model?.experimentalAbovePixels;
  const size = field.kind === 'size' ? parseSize(field.value) : undefined;
  if (field.kind !== 'size' || limit === undefined || !size) return field;
  return { ...field, isExperimental: size.width * size.height > limit };
}

/** What is set is among what can be chosen, also where rules are only assumed. */
function withOwn(values: readonly string[], own: string): readonly string[] {
  return own === '' || values.includes(own) ? values : [...values, own];
}

function hasChoice(rule: Rule): boolean {
  if (rule.kind === 'choice') return rule.values.length > 1;
  return rule.kind !== 'integer' || rule.max > rule.min;
}

function fieldOf(
  name: FieldName,
  rule: Rule,
  wish: FieldValue | undefined,
  taken: FieldValues,
  constraints: readonly Constraint[],
): FormField {
  const value = taken[name];
  const text = value === undefined ? '' : String(value);
  const own = constraints.find((constraint) => constraint.field === name && constraint.value === undefined);
  const common = {
    name,
    reason: own && !isSatisfied(own, { ...taken, [name]: value ?? 0 }) ? reasonOf(own) : undefined,
  };
  const refused = wish !== undefined && value === undefined ? String(wish) : undefined;
  const options = (values: readonly string[]): FieldOption[] =>
    values.map((option) => ({
      value: option,
      shape: name === 'size' ? shapeOf(option) : undefined,
      reason: refusal(name, option, taken, constraints),
    }));
  switch (rule.kind) {
    case 'choice':
      return { ...common, kind: 'choice', options: options(withOwn(rule.values, text)), value: text };
    case 'size':
      return {
        ...common,
        kind: 'size',
        options: options(namedSizes(rule)),
        value: text,
        rule: rule.free && describeRule({ ...rule, values: [] }),
        refused,
      };
    case 'integer':
      return {
        ...common,
        kind: 'integer',
        min: rule.min,
        max: rule.max,
        value: typeof value === 'number' ? value : undefined,
      };
    case 'text':
      return { ...common, kind: 'text', value: text };
  }
}

/** Sizes of every shape to begin with, where a model takes any. */
function namedSizes(rule: SizeRule): readonly string[] {
  if (!rule.free) return rule.values;
  const fitting = (sizes: readonly string[]): string[] =>
    sizes.filter((size) => !rule.values.includes(size) && isAllowedSize(rule, size));
  const usual = fitting(['1024x1024', '1536x1024', '1024x1536']);
  // Frames of an animation are smaller.
  return [...rule.values, ...(usual.length > 0 ? usual : fitting(['960x960', '816x816', '720x720']).slice(0, 1))];
}

/** Why a value cannot be chosen, in either direction of a rule: the newer wish does not undo the older one. */
function refusal(
  name: FieldName,
  option: FieldValue,
  taken: FieldValues,
  constraints: readonly Constraint[],
): Reason | undefined {
  const wished = { ...taken, [name]: option };
  const broken = constraints.find(
    (constraint) =>
      (constraint.field === name || (constraint.needs === name && constraint.value !== undefined)) &&
      !isSatisfied(constraint, wished),
  );
  if (!broken) return undefined;
  return broken.field === name ? reasonOf(broken) : { needs: broken.field, values: String(broken.value), isNot: true };
}

function reasonOf({ needs, values }: Constraint): Reason {
  return { needs, values: listWords(values) };
}
