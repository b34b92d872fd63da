import type { FieldValues } from './fields';
import type { ProviderId } from './providers';

/**
 * A price list as it was known on a date; it is shown as an estimate with that date, and where there is none, nothing
 * is.
 */
interface PriceList {
  readonly provider: ProviderId;
  readonly models: readonly string[];
  /** When it was read, as year and month. */
  readonly asOf: string;
  /** US dollars for one image, by quality and size. A request that leaves either to the model has no price. */
  readonly dollars: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** OpenAI's published prices of one image; the words of the prompt cost a little more. */
const PRICE_LISTS: readonly PriceList[] = [
  {
    provider: 'openai',
    models: ['gpt-image-1'],
    asOf: '2025-05',
    dollars: {
      low: { '1024x1024': 0.011, '1024x1536': 0.016, '1536x1024': 0.016 },
      medium: { '1024x1024': 0.042, '1024x1536': 0.063, '1536x1024': 0.063 },
      high: { '1024x1024': 0.167, '1024x1536': 0.25, '1536x1024': 0.25 },
    },
  },
  {
    provider: 'openai',
    models: ['dall-e-3'],
    asOf: '2025-05',
    dollars: {
      standard: { '1024x1024': 0.04, '1024x1792': 0.08, '1792x1024': 0.08 },
      hd: { '1024x1024': 0.08, '1024x1792': 0.12, '1792x1024': 0.12 },
    },
  },
];

/** What a request will probably cost. */
export interface Estimate {
  readonly dollars: number;
  /** Year and month of the price list. */
  readonly asOf: string;
}

/** Undefined where no price is known for exactly these values: none is ever guessed. */
export function estimateCost(provider: ProviderId, model: string, fields: FieldValues): Estimate | undefined {
  const list = PRICE_LISTS.find((one) => one.provider === provider && one.models.includes(model));
  const each = list?.dollars[String(fields.quality)]?.[String(fields.size)];
  if (!list || each === undefined) return undefined;
  const count = typeof fields.n === 'number' ? fields.n : 1;
  return { dollars: Number((each * count).toFixed(4)), asOf: list.asOf };
}
