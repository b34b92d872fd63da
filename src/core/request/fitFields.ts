import { FIELD_NAMES, type FieldName, type FieldValues } from '../catalog/fields';
import type { Model } from '../catalog/models';
import type { ProviderDefinition } from '../catalog/providers';
import { isAllowed, type Constraint } from '../catalog/rules';

/** What a model takes of some values, and what is kept for another model. */
export interface FittedFields {
  readonly taken: FieldValues;
  readonly unsupported: readonly FieldName[];
}

/** The rules between fields that hold for a model at a service. */
export function constraintsOf(provider: ProviderDefinition, model: Model | undefined): readonly Constraint[] {
  return [...(model?.constraints ?? []), ...provider.constraints];
}

/** Whether a rule between fields is kept. */
export function isSatisfied(constraint: Constraint, values: FieldValues): boolean {
  const value = values[constraint.field];
  const other = values[constraint.needs];
  const asksForIt = value !== undefined && (constraint.value === undefined || value === constraint.value);
  return !asksForIt || (other === undefined ? constraint.orUnset : constraint.values.includes(other));
}

/**
 * Parts the values that a model takes, alone and together, from those that it does not. A model that nobody knows takes
 * all.
 */
export function fitFields(provider: ProviderDefinition, model: Model | undefined, values: FieldValues): FittedFields {
  const set = FIELD_NAMES.filter((name) => values[name] !== undefined);
  const allowed = set.filter((name) => {
    const value = values[name];
    const rule = model?.fields[name];
    return value !== undefined && (!model || (rule !== undefined && isAllowed(rule, value)));
  });
  const candidates: FieldValues = Object.fromEntries(allowed.map((name) => [name, values[name]]));
  const refused = new Set(
    constraintsOf(provider, model)
      .filter((constraint) => !isSatisfied(constraint, candidates))
      .map(({ field }) => field),
  );
  const taken = Object.fromEntries(allowed.filter((name) => !refused.has(name)).map((name) => [name, values[name]]));
  return { taken, unsupported: set.filter((name) => !(name in taken)) };
}
