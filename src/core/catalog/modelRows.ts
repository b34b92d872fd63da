import { lifecycleOf, LIFECYCLE_RANKS, type Lifecycle } from './lifecycle';
import type { ListedModel } from './listedModel';
import type { Model } from './model';
import { modelOf } from './modelOf';
import type { Provider } from './providers';

/** A model as lists show it. */
export interface ModelRow {
  readonly id: string;
  /** Undefined where nothing is known of it. */
  readonly model?: Model;
  readonly listed?: ListedModel;
  readonly lifecycle: Lifecycle;
  /** Whether the catalog names it, or only the provider's own list, which may not say that it draws. */
  readonly group: 'known' | 'listed' | 'perhaps';
}

/**
 * Models of a provider, those that last before those that end.
 * @param listed its own list, where it has told one
 */
export function modelRows(
  provider: Pick<Provider, 'models' | 'relays'>,
  listed: readonly ListedModel[] | undefined,
  nowMs: number,
): ModelRow[] {
  const known = provider.models.map(({ id }) => rowOf(provider, id, 'known', listed, nowMs));
  const others = (listed ?? []).flatMap(({ id, draws }) =>
    draws === false || provider.models.some((model) => model.id === id)
      ? []
      : [rowOf(provider, id, draws ? 'listed' : 'perhaps', listed, nowMs)],
  );
  const inGroup = (group: ModelRow['group']): ModelRow[] =>
    byLifecycle([...known, ...others].filter((row) => row.group === group));
  return [...inGroup('known'), ...inGroup('listed'), ...inGroup('perhaps')];
}

/** One model as lists show it. */
export function rowOf(
  provider: Pick<Provider, 'models' | 'relays'>,
  id: string,
  group: ModelRow['group'],
  list: readonly ListedModel[] | undefined,
  nowMs: number,
): ModelRow {
  const model = modelOf(provider, id);
  const listed = list?.find((one) => one.id === id);
  const hasList = list !== undefined && list.length > 0;
  return { id, model, listed, group, lifecycle: lifecycleOf({ model, listed, hasList, nowMs }) };
}

function byLifecycle(rows: readonly ModelRow[]): ModelRow[] {
  return [...rows].sort((a, b) => LIFECYCLE_RANKS[a.lifecycle.state] - LIFECYCLE_RANKS[b.lifecycle.state]);
}
