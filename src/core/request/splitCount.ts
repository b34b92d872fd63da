import { modelOf } from '../catalog/modelOf';
import type { Provider } from '../catalog/providers';

/**
 * How many images each of several requests asks for, where a model draws fewer at once than are wanted. A model that
 * nobody knows is asked for all.
 */
export function splitCount(provider: Pick<Provider, 'models' | 'relays'>, modelId: string, count: number): number[] {
  const model = modelOf(provider, modelId);
  const rule = model?.fields.n;
  const otherwise = model ? 1 : count;
  const max = rule?.kind === 'integer' ? rule.max : otherwise;
  return Array.from({ length: Math.ceil(count / max) }, (_, index) => Math.min(max, count - index * max));
}
