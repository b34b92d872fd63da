import type { FieldValues } from './fields';
import type { ListedModel } from './listedModel';
import type { Model } from './model';
import { IMAGE_PRICES, PREVIEW_TOKENS, rowsAbout, SOURCES, TOKEN_RATES } from './prices';
import type { ProviderId } from './providers';

/** What a request will probably cost. */
export interface Estimate {
  readonly dollars: number;
  /** Whether it may be less: the model chooses the size. */
  readonly isUpTo?: true;
  readonly basis:
    /** A price list, and the day on which it was read, `YYYY-MM-DD`. */
    | { readonly kind: 'list'; readonly asOf: string }
    /** What the provider's own list of models says. */
    | { readonly kind: 'provider' }
    /** What so many equal requests of this user have really cost. */
    | { readonly kind: 'own'; readonly count: number };
}

/** What is known of a request that is not sent yet. */
export interface Plan {
  readonly provider: ProviderId;
  readonly model: Model | undefined;
  readonly fields: FieldValues;
  readonly listed?: ListedModel;
  /** In US dollars for one image, of equal requests that were paid for. */
  readonly ownCosts?: readonly number[];
}

/** The sizes that OpenAI's models choose from, where they may. */
const CLASSIC_SIZES = ['1024x1024', '1536x1024', '1024x1536'] as const;
/** Tenths of a millicent are noise. */
const DECIMALS = 4;

/** Cost of a request before it is sent; undefined where no price is known: none is ever guessed. */
export function estimateCost(plan: Plan): Estimate | undefined {
  const count = typeof plan.fields.n === 'number' ? plan.fields.n : 1;
  const each = listPrice(plan) ?? providerPrice(plan, count) ?? ownPrice(plan);
  return each && { ...each, dollars: Number((each.dollars * count).toFixed(DECIMALS)) };
}

function listPrice({ provider, model, fields }: Plan): Estimate | undefined {
  // Of an animation or a drawing, nobody has told the price.
  if (!model || model.assumedFrom !== undefined || fields.outputFormat === 'gif' || fields.outputFormat === 'svg')
    return undefined;
  const quality = fields.quality ?? model.defaultQuality;
  const row = rowsAbout(IMAGE_PRICES, provider, pricedId(model)).find((one) => one.quality === quality);
  if (!row) return undefined;
  const isOpen = fields.size === undefined || fields.size === 'auto';
  const dollars = isOpen ? dearest(row.dollars) : row.dollars[String(fields.size)];
  const previews = previewDollars(provider, model, fields);
  if (dollars === undefined || previews === undefined) return undefined;
  return {
    dollars: dollars + previews,
    ...(isOpen && { isUpTo: true }),
    basis: { kind: 'list', asOf: SOURCES[row.source].date },
  };
}

/** A dated version costs what its model does. */
function pricedId({ id }: Model): string {
  return id.replace(/-\d{4}-\d{2}-\d{2}$/, '');
}

/** Undefined where the square, which a model chooses most, has none. */
function dearest(dollars: Readonly<Record<string, number>>): number | undefined {
  if (dollars['1024x1024'] === undefined) return undefined;
  return Math.max(...CLASSIC_SIZES.map((size) => dollars[size] ?? 0));
}

function previewDollars(provider: ProviderId, model: Model, { partialImages }: FieldValues): number | undefined {
  if (!partialImages) return 0;
  const [rates] = rowsAbout(TOKEN_RATES, provider, pricedId(model));
  return rates && (Number(partialImages) * PREVIEW_TOKENS * rates.imageOut) / 1e6;
}

/** A price for a request says nothing of several images. */
function providerPrice({ listed }: Plan, count: number): Estimate | undefined {
  const dollars = listed?.dollarsPerRequest;
  return dollars === undefined || count > 1 ? undefined : { dollars, basis: { kind: 'provider' } };
}

function ownPrice({ ownCosts = [] }: Plan): Estimate | undefined {
  const sorted = [...ownCosts].sort((a, b) => a - b);
  const dollars = sorted[Math.floor(sorted.length / 2)];
  return dollars === undefined ? undefined : { dollars, basis: { kind: 'own', count: sorted.length } };
}
