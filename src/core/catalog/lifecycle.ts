import type { ListedModel } from './listedModel';
import type { Model } from './model';

/** Where a model stands in its life at a provider. */
export type Lifecycle =
  | { readonly state: 'current' }
  /** @property on `YYYY-MM-DD` */
  | { readonly state: 'ending'; readonly on: string; readonly replacement?: string }
  | { readonly state: 'ended'; readonly on?: string; readonly replacement?: string }
  /** Nobody has tried it at this provider lately. */
  | { readonly state: 'doubtful' }
  /** Neither we nor the provider's list know it. */
  | { readonly state: 'unknown' };

/** Where lists show them: what ends comes later. What is only not known stays: a list must not move while one reads. */
export const LIFECYCLE_RANKS: Readonly<Record<Lifecycle['state'], number>> = {
  current: 0,
  unknown: 0,
  doubtful: 0,
  ending: 1,
  ended: 2,
};

interface Knowledge {
  /** From the catalog. */
  readonly model: Model | undefined;
  /** What the provider's own list says of it. */
  readonly listed: ListedModel | undefined;
  /** Whether the provider has told a list. */
  readonly hasList: boolean;
  readonly nowMs: number;
}

/** Lifecycle of a model: what the provider says wins over the catalog. */
export function lifecycleOf({ model, listed, hasList, nowMs }: Knowledge): Lifecycle {
  const replacement = listed?.replacement ?? model?.ends?.replacement;
  if (listed?.isEnded) return { state: 'ended', on: listed.endsOn ?? model?.ends?.on, replacement };
  // Where a list says dates, none means that no end is known.
  const on = listed?.endsOn === undefined ? model?.ends?.on : (listed.endsOn ?? undefined);
  if (on !== undefined && !isPast(on, nowMs)) return { state: 'ending', on, replacement };
  // What is listed is there, whatever we thought of it.
  if (listed && typeof listed.endsOn !== 'string') return { state: 'current' };
  if (on !== undefined) return { state: 'ended', on, replacement };
  if (hasList) return { state: 'unknown' };
  if (model?.mayHaveEnded) return { state: 'doubtful' };
  return { state: model && model.assumedFrom === undefined ? 'current' : 'unknown' };
}

function isPast(day: string, nowMs: number): boolean {
  return nowMs >= Date.parse(day);
}
