import type { Usage } from './usage';
import { rowsAbout, SOURCES, TOKEN_RATES } from './prices';
import type { ProviderId } from './providers';

/** What a request has cost. */
export interface Cost {
  readonly dollars: number;
  /** The day of the price list, `YYYY-MM-DD`; absent where the provider itself says the sum. */
  readonly asOf?: string;
  /** Whether something was billed besides, whose price is not known. */
  readonly isPartial?: true;
}

const DECIMALS = 6;

/** Cost of a request by what was used; undefined where the provider tells too little, or no price is known. */
export function costOf(provider: ProviderId, model: string, usage: Usage | undefined): Cost | undefined {
  if (!usage) return undefined;
  if (usage.dollars !== undefined) return { dollars: usage.dollars };
  const [rates] = rowsAbout(TOKEN_RATES, provider, model.replace(/-\d{4}-\d{2}-\d{2}$/, ''));
  const { input = 0, output, cachedInput = 0 } = usage;
  if (!rates || output === undefined) return undefined;
  const imageIn = usage.imageInput ?? 0;
  const textIn = usage.textInput ?? input - imageIn;
  const textOut = rates.textOut === undefined ? 0 : (usage.textOutput ?? 0);
  // Which input was cached is not told: of text, as far as there is any.
  const cachedText = Math.min(cachedInput, textIn);
  const cachedImage = Math.min(cachedInput - cachedText, imageIn);
  const perMillion =
    (textIn - cachedText) * rates.textIn +
    cachedText * rates.cachedTextIn +
    (imageIn - cachedImage) * rates.imageIn +
    cachedImage * rates.cachedImageIn +
    (output - textOut) * rates.imageOut +
    textOut * (rates.textOut ?? 0);
  return {
    dollars: Number((perMillion / 1e6).toFixed(DECIMALS)),
    asOf: SOURCES[rates.source].date,
    ...(usage.svgTokens && { isPartial: true }),
  };
}
