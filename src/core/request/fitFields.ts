import { FIELD_NAMES, type FieldName, type FieldValue, type FieldValues } from '../catalog/fields';
import { ruleOf } from '../catalog/frames';
import type { Model } from '../catalog/model';
import type { Provider } from '../catalog/providers';
import { isAllowed, type Constraint } from '../catalog/rules';

/** What a model takes of some values, and what is kept for another model. */
export interface FittedFields {
  readonly taken: FieldValues;
  readonly unsupported: readonly FieldName[];
}

/** The rules between fields that hold for a model at a service. */
export function constraintsOf(provider: Provider, model: Model | undefined): readonly Constraint[] {
  return [...(model?.constraints ?? []), ...provider.constraints];
}

/** Whether a rule between fields is kept. */
export function isSatisfied(constraint: Constraint, values: FieldValues): boolean {
  const value = values[constraint.field];
  const other = values[constraint.needs];
  const asksForIt = value !== undefined && (constraint.value === undefined || value === constraint.value);
  return !asksForIt || (other === undefined ? constraint.orUnset : constraint.values.includes(other));
}

/** Values that are taken, and the names of those that are not: one rule for what is sent and for what the form shows. */
export function splitFields(
  values: FieldValues,
  isTaken: (name: FieldName, value: FieldValue) => boolean,
): FittedFields {
  const set = FIELD_NAMES.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [{ name, value }];
  });
  const taken = set.filter(({ name, value }) => isTaken(name, value));
  return {
    taken: Object.fromEntries(taken.map(({ name, value }) => [name, value])),
    unsupported: set.filter((one) => !taken.includes(one)).map(({ name }) => name),
  };
}

/**
 * Parts the values that a model takes, alone and together, from those that it does not. A model that nobody knows takes
 * all.
 */
export function fitFields(provider: Provider, model: Model | undefined, values: FieldValues): FittedFields {
  const isAssumed = model?.assumedFrom !== undefined;
  const isAlone = (name: FieldName, value: FieldValue): boolean => {
    const rule = model && ruleOf(model, name, values);
    return !model || (rule !== undefined && (isAssumed || isAllowed(rule, value)));
  };
  const candidates = splitFields(values, isAlone).taken;
  const broken = new Set(
    constraintsOf(provider, isAssumed ? undefined : model)
      .filter((constraint) => !isSatisfied(constraint, candidates))
      .map(({ field }) => field),
  );
  return splitFields(values, (name, value) => isAlone(name, value) && !broken.has(name));
}
