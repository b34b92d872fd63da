/** How each service answers, written from its reference and from nothing in src. */
export type DialectName = 'openai' | 'tokenlab' | 'lemondata' | 'cometapi' | 'acedata' | 'open';

export interface ModelBehaviour {
  readonly maxCount: number;
  /** Absent: any WIDTHxHEIGHT. */
  readonly sizes?: readonly string[];
  readonly defaultSize: string;
  /** GPT image models know no `response_format` and answer with base64. */
  readonly gptImage?: boolean;
  /** What an `url` answer delivers, whatever was asked for. */
  readonly urlFormat?: 'png' | 'jpeg' | 'webp';
  readonly maxPrompt?: number;
  readonly revises?: boolean;
  /** Sizes by the rule of the later GPT image models. */
  readonly isFree?: boolean;
  readonly qualities?: readonly string[];
  /** Tokens of an image, by its quality; see OpenAI's price tables. */
  readonly tokens?: Readonly<Record<string, number>>;
  /** No transparent background. */
  readonly isOpaque?: boolean;
  /** Further fields that this model takes. */
  readonly fields?: readonly string[];
  readonly formats?: readonly string[];
  /** Draws one image, whatever is asked for. */
  readonly ignoresCount?: boolean;
  /** Answers with a task, and says that it is asked about at this path behind the prefix. */
  readonly taskPath?: '/images/generations' | '/tasks';
}

export interface Dialect {
  /** Path in front of `/images/generations`. */
  readonly prefix: string;
  /** The key that it accepts; absent where it asks for none. */
  readonly key?: string;
  readonly models: Readonly<Record<string, ModelBehaviour>>;
  /** Models that it once had. */
  readonly retired?: readonly string[];
  /** What its list says of models besides their ids. */
  readonly listed?: Readonly<Record<string, object>>;
  /** Whether models that are not listed are drawn all the same. */
  readonly anyModel?: boolean;
  /** Further models of its list, which do not draw. */
  readonly otherModels?: readonly string[];
  /** False where there is no list. */
  readonly listsModels?: boolean;
  readonly fields: readonly string[];
  readonly error: (status: number, code: string, message: string, param?: string) => object;
}

const openAiError: Dialect['error'] = (status, code, message, param) => ({
  error: { message, type: status >= 500 ? 'server_error' : 'invalid_request_error', param: param ?? null, code },
});

const COMMON = ['prompt', 'model', 'n', 'size', 'quality', 'response_format', 'style', 'user'];
/** What OpenAI knows: its models take no `response_format` and no `style`. */
const OPENAI_COMMON = ['prompt', 'model', 'n', 'size', 'quality', 'user', 'safety_identifier'];
const GPT_FIELDS = ['background', 'moderation', 'output_format', 'output_compression', 'stream', 'partial_images'];

const dallE2: ModelBehaviour = {
  maxCount: 10,
  sizes: ['256x256', '512x512', '1024x1024'],
  defaultSize: '1024x1024',
  maxPrompt: 1000,
};
const dallE3: ModelBehaviour = {
  maxCount: 1,
  sizes: ['1024x1024', '1792x1024', '1024x1792'],
  defaultSize: '1024x1024',
  maxPrompt: 4000,
  revises: true,
};
const gptImage: ModelBehaviour = {
  maxCount: 10,
  tokens: { low: 272, medium: 1056, high: 4160 },
  sizes: ['1024x1024', '1536x1024', '1024x1536', 'auto'],
  defaultSize: '1024x1024',
  gptImage: true,
  maxPrompt: 32_000,
};
const gptImage2: ModelBehaviour = {
  ...gptImage,
  sizes: undefined,
  isFree: true,
  isOpaque: true,
  tokens: { low: 196, medium: 1756, high: 7024 },
};
const fine: ModelBehaviour = {
  ...gptImage2,
  isOpaque: false,
  qualities: ['auto', 'low', 'medium', 'high', 'xhigh', 'max'],
  tokens: { low: 196, medium: 439, high: 1756, xhigh: 3122, max: 7024 },
};
const moving: ModelBehaviour = {
  ...fine,
  fields: ['complexity', 'frame_count', 'frame_duration_ms', 'svg'],
  formats: ['png', 'jpeg', 'webp', 'gif', 'svg'],
};
/** Ace Data Cloud gives addresses unless it is asked for base64. */
const aceImage2: ModelBehaviour = { ...gptImage2, gptImage: false };
const aceBanana: ModelBehaviour = { maxCount: 10, defaultSize: '1024x1024', ignoresCount: true };
const webp = { urlFormat: 'webp' } as const;

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  openai: {
    prefix: '/openai/v1',
    key: 'sk-emulator-openai-0123456789',
    models: {
      // Newer than the catalog.
      'gpt-image-2.7-flare-2027-01-01': moving,
      'gpt-image-2.6-flare': moving,
      'gpt-image-2.6-sunburst': moving,
      'gpt-image-2.5-flare': fine,
      'gpt-image-2.5-sunburst': fine,
      'gpt-image-2': gptImage2,
      'gpt-image-1.5': gptImage,
      'gpt-image-1-mini': gptImage,
      'chatgpt-image-latest': gptImage,
    },
    retired: ['dall-e-2', 'dall-e-3', 'gpt-image-1'],
    otherModels: ['gpt-4o', 'whisper-1', 'gpt-image-3'],
    listed: {
      'gpt-image-2.6-flare': { shutdown_date: null },
      'gpt-image-1.5': { shutdown_date: '2026-12-01' },
      'gpt-image-1-mini': { shutdown_date: '2026-12-01' },
      // Later than anybody announced it: a test must not end with the model.
      'chatgpt-image-latest': { shutdown_date: '2099-01-31' },
    },
    fields: [...OPENAI_COMMON, ...GPT_FIELDS],
    error: openAiError,
  },
  tokenlab: {
    prefix: '/tokenlab/v1',
    key: 'sk-emulator-tokenlab-0123456789',
    models: {
      'gpt-image-2': { ...gptImage2, gptImage: false, maxPrompt: 4000 },
      'nano-banana-2': { maxCount: 10, defaultSize: '1024x1024', maxPrompt: 4000 },
      'grok-imagine-image': { maxCount: 10, defaultSize: '1024x1024', maxPrompt: 4000 },
    },
    listed: {
      'gpt-image-2': { tokenlab: tokenLabSays('active') },
      'nano-banana-2': { tokenlab: { ...tokenLabSays('active'), pricing: { per_request: '0.04' } } },
      'grok-imagine-image': {
        tokenlab: tokenLabSays('deprecated', { replacement_model: 'gpt-image-2', sunset_at: '2099-03-01T00:00:00Z' }),
      },
      'gpt-5.5': { tokenlab: { ...tokenLabSays('active'), category: 'chat' } },
    },
    otherModels: ['gpt-5.5'],
    fields: [
      ...COMMON,
      'background',
      'moderation',
      'output_format',
      'output_compression',
      'stream',
      'async',
      'operation',
      'aspect_ratio',
      'resolution',
      'seed',
      'negative_prompt',
    ],
    error: (status, code, message, param) => ({
      error: { message, type: code, code, param, retryable: status >= 500 || status === 429 },
    }),
  },
  lemondata: {
    prefix: '/lemondata/v1',
    key: 'sk-emulator-lemondata-0123456789',
    models: {
      'dall-e-3': dallE3,
      'dall-e-2': { ...dallE2, maxCount: 4 },
      'flux-schnell': { maxCount: 4, defaultSize: '1024x1024', urlFormat: 'jpeg' },
      'stable-diffusion-3': { maxCount: 4, defaultSize: '1024x1024' },
      'flux-pro': { maxCount: 4, defaultSize: '1024x1024', taskPath: '/images/generations' },
      'ideogram-v3': { maxCount: 4, defaultSize: '1024x1024', taskPath: '/images/generations' },
      midjourney: { maxCount: 4, defaultSize: '1024x1024', taskPath: '/tasks' },
    },
    fields: COMMON,
    error: (status, code, message) => ({
      error: { message, type: 'api_error', code, retryable: status >= 500 || status === 429 },
    }),
  },
  cometapi: {
    prefix: '/cometapi/v1',
    key: 'sk-emulator-cometapi-0123456789',
    models: {
      'dall-e-2': { ...dallE2, ...webp },
      'dall-e-3': { ...dallE3, ...webp },
      'gpt-image-1': gptImage,
      'gpt-image-1-mini': gptImage,
      'gpt-image-1.5': gptImage,
      'gpt-image-2': gptImage2,
      'gpt-image-2.6-flare': fine,
      'gpt-image-2.6-sunburst': fine,
      'qwen-image': { maxCount: 1, defaultSize: '1024x1024', ...webp },
      'grok-imagine-image': { maxCount: 1, defaultSize: '1024x1024', ...webp },
    },
    fields: [...COMMON, ...GPT_FIELDS],
    error: openAiError,
  },
  acedata: {
    prefix: '/acedata/openai',
    key: 'emulator-acedata-0123456789abcdef',
    models: {
      'dall-e-3': dallE3,
      'gpt-image-1': gptImage,
      'gpt-image-1.5': gptImage,
      'gpt-image-2': aceImage2,
      'gpt-image-2:official': aceImage2,
      'gpt-image-2:reverse': aceImage2,
      'gpt-image-2.5-flare': { ...aceImage2, isOpaque: false },
      'nano-banana': aceBanana,
      'nano-banana-2': aceBanana,
      'nano-banana-2-lite': aceBanana,
      'nano-banana-pro': aceBanana,
    },
    listsModels: false,
    fields: [...COMMON, ...GPT_FIELDS, 'callback_url', 'async', 'trace_id'],
    error: (_status, code, message) => ({ success: false, error: { code, message }, trace_id: 'trace-emulated' }),
  },
  open: {
    prefix: '/open/v1',
    models: {},
    anyModel: true,
    fields: [...COMMON, ...GPT_FIELDS],
    error: openAiError,
  },
};

/** TokenLab's own words about a model of its list. */
function tokenLabSays(stage: string, changes: object = {}): Readonly<Record<string, unknown>> {
  return {
    aliases: [],
    pricing: {},
    capabilities: ['text-to-image'],
    max_input_tokens: null,
    max_output_tokens: null,
    category: 'image',
    pricing_unit: 'per_image',
    has_complex_pricing: false,
    lifecycle: {
      stage,
      reason: null,
      replacement_model: null,
      released_at: null,
      deprecated_at: null,
      retired_at: null,
      sunset_at: null,
      latest: false,
      latest_source: 'none',
      latest_window_days: null,
      ...changes,
    },
    commercial: { user_charge_policy: 'paid', free_reason: null, free_until: null },
    badges: [],
  };
}

/** CometAPI's list for everybody, in pages. */
export function cometList(page: number): object {
  const drawing = [...Object.keys(DIALECTS.cometapi.models), 'seedream-5'].map((id) => ({
    id,
    provider: 'emulated',
    model_type: 'image',
    features: ['text-to-image'],
    pricing: { ...NO_PRICE, per_request: id === 'seedream-5' ? 0.035 : null },
  }));
  const writing = { id: 'gpt-5.5', provider: 'openai', model_type: 'text', features: ['chat'], pricing: NO_PRICE };
  const all = [...drawing, writing].map((model) => ({ ...model, api_doc_url: 'https://docs.example' }));
  const pageSize = Math.ceil(all.length / 2);
  const data = all.slice((page - 1) * pageSize, page * pageSize);
  return { success: true, page, page_size: pageSize, total: all.length, data };
}

const NO_PRICE = { currency: 'USD', input: null, output: null, per_request: null, per_second: null };
