import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { ListedModel } from '../../core/catalog/listedModel';
import type { ProviderId } from '../../core/catalog/providers';

/** A list is asked for anew after a day: models come and go in weeks. */
const FRESH_MS = 24 * 60 * 60 * 1000;

const STORED = v.object({
  atMs: v.number(),
  models: v.array(
    v.object({
      id: v.string(),
      draws: v.optional(v.boolean()),
      endsOn: v.optional(v.nullable(v.string())),
      isEnded: v.optional(v.boolean()),
      replacement: v.optional(v.string()),
      dollarsPerRequest: v.optional(v.number()),
    }),
  ),
});

/** Who lists: two gateways of one host have lists of their own. */
export interface ModelSource {
  readonly provider: ProviderId;
  readonly baseUrl: string;
}

/** A service's own list of models, as it was last told. */
export interface StoredModels {
  readonly models: readonly ListedModel[];
  readonly isFresh: boolean;
}

/** The lists of models that services told, kept between sessions. */
export class ModelLists {
  constructor(private readonly state: vscode.Memento) {}

  get(source: ModelSource): StoredModels | undefined {
    const stored = v.safeParse(STORED, this.state.get(nameOf(source)));
    if (!stored.success) return undefined;
    const ageMs = Date.now() - stored.output.atMs;
    return { models: stored.output.models, isFresh: ageMs >= 0 && ageMs < FRESH_MS };
  }

  /** Models that surely do not draw are not kept: aggregators list thousands. */
  async set(source: ModelSource, models: readonly ListedModel[]): Promise<void> {
    await this.state.update(nameOf(source), {
      atMs: Date.now(),
      models: models.filter(({ draws }) => draws !== false),
    });
  }
}

function nameOf({ provider, baseUrl }: ModelSource): string {
  return `models:${provider}@${baseUrl}`;
}
