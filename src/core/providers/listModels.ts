import * as v from 'valibot';
import type { ListedModel } from '../catalog/listedModel';
import type { Provider } from '../catalog/providers';
import { withoutGaps } from '../withoutGaps';
import { askFreely } from './askFreely';
import { providerHeaders, type ProviderAccess } from './providerAccess';

/** Names of models that draw: families, and the word itself. */
const DRAWS =
  /image|dall-?e|flux|diffusion|sdxl|\bsd-?[23]|midjourney|\bmj[-_]|ideogram|imagen|recraft|seedream|kolors|hidream|nano-banana|playground-v|firefly|painter/i;
/** Names of models that surely do not, although they may hear or read images, or move. */
const NEVER = /embed|whisper|tts|transcri|moderation|rerank|realtime|video|caption|image-to-text|vision/i;
/** Families that write, or film, unless a name says that it draws. */
const WRITES = /^o\d|^gpt-|gemini-|llama|davinci|babbage|sora/i;

const texts = v.fallback(v.array(v.string()), []);
const text = v.fallback(v.optional(v.string()), undefined);
const textOrNull = v.fallback(v.nullish(v.string()), undefined);
const dollars = v.fallback(
  v.optional(v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.finite(), v.gtValue(0))),
  undefined,
);

/** What TokenLab adds to a model, formerly under the name of LemonData. */
const EXTENSION = v.fallback(
  v.optional(
    v.looseObject({
      category: text,
      lifecycle: v.fallback(
        v.optional(
          v.looseObject({
            stage: text,
            replacement_model: textOrNull,
            retired_at: textOrNull,
            sunset_at: textOrNull,
          }),
        ),
        undefined,
      ),
      pricing: v.fallback(v.optional(v.looseObject({ per_request: dollars })), undefined),
    }),
  ),
  undefined,
);

/** What services are known to tell of a model. A field that is odd counts as absent. */
const MODEL = v.looseObject({
  id: v.string(),
  type: text,
  /** CometAPI. */
  model_type: text,
  features: texts,
  pricing: v.fallback(v.optional(v.looseObject({ currency: text, per_request: dollars })), undefined),
  output_modalities: texts,
  supported_endpoint_types: texts,
  architecture: v.fallback(v.optional(v.looseObject({ output_modalities: texts })), undefined),
  /** OpenAI: a day, or null where none is planned. */
  shutdown_date: textOrNull,
  tokenlab: EXTENSION,
  lemondata: EXTENSION,
});

const LISTED = v.union([
  v.pipe(
    v.string(),
    v.transform((id): ListedModel => ({ id, draws: draws(id, []) })),
  ),
  v.pipe(MODEL, v.transform(listedModel)),
]);
const odd = v.transform(() => undefined);
const MODELS = v.array(v.union([LISTED, v.pipe(v.unknown(), odd)]));
const LIST = v.union([
  v.pipe(
    v.looseObject({ data: MODELS }),
    v.transform(({ data }) => data),
  ),
  v.pipe(
    v.looseObject({ models: MODELS }),
    v.transform(({ models }) => models),
  ),
  MODELS,
]);

/** How many of a list that comes in pages are read: nobody looks through more. */
const MAX_PAGES = 20;

const PAGE = v.looseObject({
  page: v.pipe(v.number(), v.minValue(1)),
  page_size: v.pipe(v.number(), v.minValue(1)),
  total: v.number(),
});

/**
 * Asks a service for its models, at no cost.
 * @param path where they are listed, relative to the base URL
 * @returns undefined where it answers, and not with a list: not every service has one
 * @throws PictorError
 */
export async function listModels(
  provider: Provider,
  access: Pick<ProviderAccess, 'http' | 'baseUrl' | 'apiKey'>,
  signal: AbortSignal,
  path = 'models',
): Promise<ListedModel[] | undefined> {
  const { http, baseUrl, apiKey } = access;
  let models: ListedModel[] | undefined;
  for (let page = 1; page <= MAX_PAGES; page++) {
    const url = new URL(path, baseUrl);
    if (page > 1) url.searchParams.set('page', String(page));
    const question = { method: 'GET', url, headers: providerHeaders(provider, apiKey) } as const;
    const { status, body } = await askFreely(provider, http, question, signal, [404, 405]);
    const found = status === 404 || status === 405 ? undefined : parseModels(body);
    if (!found) return models;
    models = [...(models ?? []), ...found];
    if (found.length === 0 || isLastPage(body, page)) break;
  }
  return models;
}

function isLastPage(body: unknown, page: number): boolean {
  const parsed = v.safeParse(PAGE, body);
  return !parsed.success || parsed.output.page !== page || page * parsed.output.page_size >= parsed.output.total;
}

/** Reads a list of models, however it is wrapped. */
export function parseModels(body: unknown): ListedModel[] | undefined {
  const parsed = v.safeParse(LIST, body);
  if (!parsed.success) return undefined;
  return parsed.output.flatMap((model) => model ?? []);
}

function listedModel(model: v.InferOutput<typeof MODEL>): ListedModel {
  const { id, type, model_type, features, output_modalities, supported_endpoint_types, architecture } = model;
  const extension = model.tokenlab ?? model.lemondata;
  const kinds = [
    type,
    model_type,
    extension?.category,
    ...features,
    ...output_modalities,
    ...supported_endpoint_types,
    ...(architecture?.output_modalities ?? []),
  ].flatMap((kind) => (kind && kind !== 'model' ? [kind] : []));
  const { stage, replacement_model, retired_at, sunset_at } = extension?.lifecycle ?? {};
  const isUsd = (model.pricing?.currency ?? 'USD').toUpperCase() === 'USD';
  return withoutGaps({
    id,
    draws: draws(id, kinds),
    endsOn: extension?.lifecycle ? (dayOf(retired_at ?? sunset_at) ?? null) : dayOf(model.shutdown_date),
    isEnded: stage === 'retired' || undefined,
    replacement: replacement_model ?? undefined,
    dollarsPerRequest: (isUsd ? model.pricing?.per_request : undefined) ?? extension?.pricing?.per_request,
  });
}

/** The day of a date; null for null, undefined for what is no date. */
function dayOf(date: string | null | undefined): string | null | undefined {
  if (typeof date !== 'string') return date;
  return /^\d{4}-\d{2}-\d{2}/.exec(date)?.[0];
}

/** What a service says of a model counts more than its name. */
function draws(id: string, kinds: readonly string[]): boolean | undefined {
  if (kinds.some((kind) => /image/i.test(kind) && !/image-to-text/i.test(kind))) return true;
  if (kinds.some((kind) => /^(text|chat|audio|video|embedding)/i.test(kind)) && !DRAWS.test(id)) return false;
  if (NEVER.test(id)) return false;
  if (DRAWS.test(id)) return true;
  return WRITES.test(id) ? false : undefined;
}
