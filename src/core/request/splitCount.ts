import type { Provider } from '../catalog/providers';

/**
 * How many images each of several requests asks for, where a model draws fewer at once than are wanted. A model that
 * nobody knows is asked for all.
 */
export function splitCount({ models }: Pick<Provider, 'models'>, modelId: string, count: number): number[] {
  const model = models.find(({ id }) => id === modelId);
  const rule = model?.fields.n;
  const otherwise = model ? 1 : count;
  const max = rule?.kind === 'integer' ? rule.max : otherwise;
  return Array.from({ length: Math.ceil(count / max) }, (_, index) => Math.min(max, count - index * max));
}
