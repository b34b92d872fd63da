import type { ProviderId } from './providers';

/** Where a figure is from. */
interface Source {
  readonly what: string;
  /** When it was read, `YYYY-MM-DD`. */
  readonly date: string;
}

export const SOURCES = {
  modelPages: { what: 'OpenAI’s model pages', date: '2026-11-25' },
  guide: { what: 'OpenAI’s image generation guide', date: '2026-07-15' },
  calculator: { what: 'OpenAI’s calculator, as a blog has copied it', date: '2026-09-26' },
  priceLists: { what: 'public price lists of gateways', date: '2026-09-15' },
  measured: { what: 'a reseller’s measurements at OpenAI', date: '2026-11-05' },
} as const satisfies Readonly<Record<string, Source>>;

export type SourceId = keyof typeof SOURCES;

/** US dollars per million tokens; a kind that is absent has no known price. */
export interface TokenRates {
  readonly provider: ProviderId;
  readonly models: readonly string[];
  readonly source: SourceId;
  readonly textIn: number;
  readonly cachedTextIn: number;
  readonly imageIn: number;
  readonly cachedImageIn: number;
  readonly imageOut: number;
  readonly textOut?: number;
}

/** US dollars for one image, by its size; the words of the prompt cost a little more. */
export interface ImagePrices {
  readonly provider: ProviderId;
  readonly models: readonly string[];
  readonly source: SourceId;
  readonly quality: string;
  readonly dollars: Readonly<Record<string, number>>;
}

const VERSION_2_6 = ['gpt-image-2.6-flare', 'gpt-image-2.6-sunburst'] as const;
const VERSION_2_5 = ['gpt-image-2.5-flare', 'gpt-image-2.5-sunburst'] as const;
const VERSION_2 = ['gpt-image-2'] as const;
const VERSION_1_5 = ['gpt-image-1.5'] as const;
const MINI = ['gpt-image-1-mini'] as const;

export const TOKEN_RATES: readonly TokenRates[] = [
  { ...rates(VERSION_2_6, 'modelPages'), textIn: 5, cachedTextIn: 1.25, imageIn: 8, cachedImageIn: 2, imageOut: 30 },
  { ...rates(VERSION_2_5, 'priceLists'), textIn: 5, cachedTextIn: 1.25, imageIn: 8, cachedImageIn: 2, imageOut: 30 },
  {
    ...rates(VERSION_2, 'modelPages'),
    textIn: 5,
    cachedTextIn: 1.25,
    imageIn: 8,
    cachedImageIn: 2,
    imageOut: 30,
    textOut: 10,
  },
  {
    ...rates([...VERSION_1_5, 'chatgpt-image-latest'], 'modelPages'),
    textIn: 5,
    cachedTextIn: 1.25,
    imageIn: 8,
    cachedImageIn: 2,
    imageOut: 32,
    textOut: 10,
  },
  { ...rates(MINI, 'modelPages'), textIn: 2, cachedTextIn: 0.2, imageIn: 2.5, cachedImageIn: 0.25, imageOut: 8 },
];

/** A size that is absent has no known price: none is ever guessed. */
export const IMAGE_PRICES: readonly ImagePrices[] = [
  ...image(VERSION_2_6, 'measured', {
    low: { '1024x1024': 0.02, '1536x1024': 0.02 },
    medium: { '1024x1024': 0.045 },
    high: { '1024x1024': 0.053, '1536x1024': 0.041, '3840x2160': 0.1 },
    xhigh: { '1024x1024': 0.094 },
    max: { '1024x1024': 0.211 },
  }),
  ...image(VERSION_2_5, 'calculator', {
    low: { '1024x1024': 0.006 },
    medium: { '1024x1024': 0.013 },
    high: { '1024x1024': 0.053 },
    xhigh: { '1024x1024': 0.094 },
    max: { '1024x1024': 0.211 },
  }),
  ...image(VERSION_2, 'guide', {
    low: { '1024x1024': 0.006, '1024x1536': 0.005, '1536x1024': 0.005 },
    medium: { '1024x1024': 0.053, '1024x1536': 0.041, '1536x1024': 0.041 },
    high: { '1024x1024': 0.211, '1024x1536': 0.165, '1536x1024': 0.165 },
  }),
  ...image(VERSION_1_5, 'guide', {
    low: { '1024x1024': 0.009, '1024x1536': 0.013, '1536x1024': 0.013 },
    medium: { '1024x1024': 0.034, '1024x1536': 0.05, '1536x1024': 0.05 },
    high: { '1024x1024': 0.133, '1024x1536': 0.2, '1536x1024': 0.2 },
  }),
  ...image(MINI, 'guide', {
    low: { '1024x1024': 0.005, '1024x1536': 0.006, '1536x1024': 0.006 },
    medium: { '1024x1024': 0.011, '1024x1536': 0.015, '1536x1024': 0.015 },
    high: { '1024x1024': 0.036, '1024x1536': 0.052, '1536x1024': 0.052 },
  }),
];

/** Why current models of a provider have no price here. */
export const WITHOUT_PRICES: Readonly<Partial<Record<ProviderId, string>>> = {
  placeholder: 'it costs nothing',
  tokenlab: 'its own list tells prices, and they change',
  lemondata: 'nothing dated is known',
  cometapi: 'its own list tells prices, and they change',
  acedata: 'prices in dollars are in its console only',
  custom: 'nothing is known of its models',
};

function rates(models: readonly string[], source: SourceId): Pick<TokenRates, 'provider' | 'models' | 'source'> {
  return { provider: 'openai', models, source };
}

function image(
  models: readonly string[],
  source: SourceId,
  qualities: Readonly<Record<string, ImagePrices['dollars']>>,
): ImagePrices[] {
  return Object.entries(qualities).map(([quality, dollars]) => ({
    provider: 'openai',
    models,
    source,
    quality,
    dollars,
  }));
}

interface Priced {
  readonly provider: ProviderId;
  readonly models: readonly string[];
}

/** Rows about a model. @param rulesOf the model whose prices hold for a dated version */
export function rowsAbout<T extends Priced>(rows: readonly T[], provider: ProviderId, model: string): T[] {
  return rows.filter((row) => row.provider === provider && row.models.includes(model));
}

/** Tokens of one preview, which are billed beside those of the image (measured, 2026-09). */
export const PREVIEW_TOKENS = 100;
