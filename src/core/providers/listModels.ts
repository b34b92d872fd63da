import * as v from 'valibot';
import type { Provider } from '../catalog/providers';
import { askFreely } from './askFreely';
import { providerHeaders, type ProviderAccess } from './providerAccess';

/** A model as a service lists it. */
export interface ListedModel {
  readonly id: string;
  /** Undefined where nothing tells whether it draws. */
  readonly draws?: boolean;
}

/** Names of models that draw: families, and the word itself. */
const DRAWS =
  /image|dall-?e|flux|diffusion|sdxl|\bsd-?[23]|midjourney|\bmj[-_]|ideogram|imagen|recraft|seedream|kolors|hidream|nano-banana|playground-v|firefly|painter/i;
/** Names of models that surely do not, although they may hear or read images. */
const DRAWS_NOT =
  /embed|whisper|tts|transcri|moderation|rerank|realtime|video|sora|^o\d|^gpt-(?!image)|gemini-(?!.*image)|llama|davinci|babbage|caption|image-to-text|vision/i;

const texts = v.fallback(v.array(v.string()), []);
const MODEL = v.union([
  v.pipe(
    v.string(),
    v.transform((id) => ({ id, kinds: [] as string[] })),
  ),
  v.pipe(
    v.looseObject({
      id: v.string(),
      type: v.fallback(v.string(), ''),
      output_modalities: texts,
      supported_endpoint_types: texts,
      architecture: v.fallback(v.looseObject({ output_modalities: texts }), { output_modalities: [] }),
    }),
    v.transform(({ id, type, output_modalities, supported_endpoint_types, architecture }) => ({
      id,
      kinds: [type, ...output_modalities, ...supported_endpoint_types, ...architecture.output_modalities].filter(
        (kind) => kind && kind !== 'model',
      ),
    })),
  ),
]);
const odd = v.transform(() => undefined);
const MODELS = v.array(v.union([MODEL, v.pipe(v.unknown(), odd)]));
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

/**
 * Asks a service for its models, at no cost.
 * @returns undefined where it answers, and not with a list: not every service has one
 * @throws PictorError
 */
export async function listModels(
  provider: Provider,
  access: Pick<ProviderAccess, 'http' | 'baseUrl' | 'apiKey'>,
  signal: AbortSignal,
): Promise<ListedModel[] | undefined> {
  const { http, baseUrl, apiKey } = access;
  const question = {
    method: 'GET',
    url: new URL('models', baseUrl),
    headers: providerHeaders(provider, apiKey),
  } as const;
  const { status, body } = await askFreely(provider, http, question, signal, [404, 405]);
  return status === 404 || status === 405 ? undefined : parseModels(body);
}

/** Reads a list of models, however it is wrapped. */
export function parseModels(body: unknown): ListedModel[] | undefined {
  const parsed = v.safeParse(LIST, body);
  if (!parsed.success) return undefined;
  return parsed.output.flatMap((model) => (model ? [{ id: model.id, draws: draws(model.id, model.kinds) }] : []));
}

/** What a service says of a model counts more than its name. */
function draws(id: string, kinds: readonly string[]): boolean | undefined {
  if (kinds.some((kind) => /image/i.test(kind))) return true;
  if (kinds.some((kind) => /^(text|chat|audio|video|embedding)/i.test(kind)) && !DRAWS.test(id)) return false;
  if (DRAWS_NOT.test(id)) return false;
  return DRAWS.test(id) || undefined;
}
