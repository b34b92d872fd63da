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
  /** What was read already: lists are looked at with every key that is pressed. */
  readonly #parsed = new WeakMap<object, v.InferOutput<typeof STORED> | 'odd'>();

  constructor(private readonly state: vscode.Memento) {}

  get(source: ModelSource): StoredModels | undefined {
    const stored = this.read(this.state.get(nameOf(source)));
    if (!stored) return undefined;
    const ageMs = Date.now() - stored.atMs;
    return { models: stored.models, isFresh: ageMs >= 0 && ageMs < FRESH_MS };
  }

  /** Models that surely do not draw are not kept: aggregators list thousands. */
  async set(source: ModelSource, models: readonly ListedModel[]): Promise<void> {
    await this.state.update(nameOf(source), {
      atMs: Date.now(),
      models: models.filter(({ draws }) => draws !== false),
    });
  }

  private read(value: unknown): v.InferOutput<typeof STORED> | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    const known = this.#parsed.get(value) ?? parse(value);
    this.#parsed.set(value, known);
    return known === 'odd' ? undefined : known;
  }
}

function parse(value: unknown): v.InferOutput<typeof STORED> | 'odd' {
  const parsed = v.safeParse(STORED, value);
  return parsed.success ? parsed.output : 'odd';
}

function nameOf({ provider, baseUrl }: ModelSource): string {
  return `models:${provider}@${baseUrl}`;
}
