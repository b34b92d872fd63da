import type { ListedModel } from '../../core/catalog/listedModel';
import { modelRows, rowOf, type ModelRow } from '../../core/catalog/modelRows';
import { providerFor } from '../../core/settings/providerFor';
import type { Settings } from '../../core/settings/settings';
import type { ModelLists } from './modelLists';
import { resolveAddress, sourceOf } from './providerAddress';

/** What is known now of a model at the provider of the settings. */
export function modelRow(lists: ModelLists, settings: Settings, id: string): ModelRow {
  return rowOf(providerFor(settings), id, 'known', listOf(lists, settings), Date.now());
}

/** What is known now of all models of the provider of the settings. */
export function allModelRows(lists: ModelLists, settings: Settings): ModelRow[] {
  return modelRows(providerFor(settings), listOf(lists, settings), Date.now());
}

/** Undefined where there is no address, or no list was told. */
function listOf(lists: ModelLists, settings: Settings): readonly ListedModel[] | undefined {
  try {
    const address = resolveAddress(settings);
    return address && lists.get(sourceOf(address))?.models;
  } catch {
    return undefined;
  }
}
