/** How each service answers, written from its reference and from nothing in src. */
export type DialectName = 'openai' | 'lemondata' | 'cometapi' | 'acedata' | 'open';

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
  /** Answers with a task, and says that it is asked about at this path behind the prefix. */
  readonly taskPath?: '/images/generations' | '/tasks';
}

export interface Dialect {
  /** Path in front of `/images/generations`. */
  readonly prefix: string;
  /** The key that it accepts; absent where it asks for none. */
  readonly key?: string;
  readonly models: Readonly<Record<string, ModelBehaviour>>;
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
  sizes: ['1024x1024', '1536x1024', '1024x1536', 'auto'],
  defaultSize: '1024x1024',
  gptImage: true,
  maxPrompt: 32_000,
};
const gptImage2: ModelBehaviour = { ...gptImage, sizes: undefined };
const webp = { urlFormat: 'webp' } as const;

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  openai: {
    prefix: '/openai/v1',
    key: 'sk-emulator-openai-0123456789',
    models: {
      'dall-e-2': dallE2,
      'dall-e-3': dallE3,
      'gpt-image-1': gptImage,
      'gpt-image-1-mini': gptImage,
      'gpt-image-1.5': gptImage,
      'gpt-image-2': gptImage2,
    },
    otherModels: ['gpt-4o', 'whisper-1', 'gpt-image-3'],
    fields: [...COMMON, ...GPT_FIELDS],
    error: openAiError,
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
      'qwen-image': { maxCount: 1, defaultSize: '1024x1024', ...webp },
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
      'gpt-image-2': gptImage2,
      'nano-banana': { maxCount: 10, defaultSize: '1024x1024' },
      'nano-banana-2': { maxCount: 10, defaultSize: '1024x1024' },
      'nano-banana-pro': { maxCount: 10, defaultSize: '1024x1024' },
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
