import { randomUUID } from 'node:crypto';
import type { Dialect, ModelBehaviour } from './dialects';
import { renderImage, renderPreview, type ImageFormat } from './render';
import type { StreamEvent } from './shapes';

/** An answer of the API. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: object;
  /** How many images are billed; absent when nothing is. */
  readonly billed?: number;
  /** Set where the service answers with a task: the path at which it is asked about. */
  readonly taskPath?: string;
  /** Set where the request asked for a stream: its events, in their order. */
  readonly events?: readonly StreamEvent[];
}

/** Keeps an image for the CDN and tells its address. */
export type Publish = (bytes: Buffer, extension: string) => string;

type Body = Readonly<Record<string, unknown>>;

/** `POST …/images/generations` of a dialect. */
export async function answerGeneration(dialect: Dialect, body: Body, publish: Publish): Promise<ApiAnswer> {
  const refuse = (code: string, message: string, param?: string, status = 400): ApiAnswer => ({
    status,
    body: dialect.error(status, code, message, param),
  });
  const { prompt, model } = body;
  if (typeof prompt !== 'string' || !prompt)
    return refuse('missing_required_parameter', 'Missing required parameter: prompt.', 'prompt');
  if (typeof model !== 'string')
    return refuse('missing_required_parameter', 'Missing required parameter: model.', 'model');
  const behaviour: ModelBehaviour | undefined =
    dialect.models[model] ??
    (dialect.anyModel ? { maxCount: 10, defaultSize: '1024x1024', urlFormat: 'png' } : undefined);
  if (dialect.retired?.includes(model)) {
    const error = { message: `The model '${model}' does not exist.`, param: 'model', code: 'invalid_value' };
    return { status: 400, body: { error: { ...error, type: 'image_generation_user_error' } } };
  }
  if (!behaviour) return refuse('model_not_found', `The model '${model}' does not exist.`, 'model', 404);
  const unknown = Object.keys(body).find(
    (field) => !dialect.fields.includes(field) && !(behaviour.fields ?? []).includes(field),
  );
  if (unknown) return refuse('unknown_parameter', `Unknown parameter: '${unknown}'.`, unknown);
  const wrong = findWrongField(dialect, behaviour, body);
  if (wrong) {
    const [field, message = `Invalid value for ${field}.`] = wrong;
    return refuse('invalid_value', message, field);
  }
  const drawn = await draw(behaviour, body, prompt, publish);
  const answer = body.stream === true ? await streamed(drawn, body, prompt) : drawn;
  const asTask = body.async === true || Boolean(body.callback_url);
  return { ...answer, taskPath: behaviour.taskPath ?? (asTask ? '/tasks' : undefined) };
}

type Wrong = readonly [field: string, message?: string];

function findWrongField(dialect: Dialect, behaviour: ModelBehaviour, body: Body): Wrong | undefined {
  const { n, size, prompt, quality, response_format: responseFormat, background, output_format: format } = body;
  if (n !== undefined && !(Number.isInteger(n) && Number(n) >= 1 && Number(n) <= behaviour.maxCount)) return ['n'];
  const wrongSize = size === undefined ? undefined : findWrongSize(behaviour, String(size), format === 'gif');
  if (wrongSize) return wrongSize;
  if (String(prompt).length > (behaviour.maxPrompt ?? Infinity)) return ['prompt'];
  if (quality !== undefined && behaviour.qualities && !behaviour.qualities.includes(String(quality)))
    return ['quality'];
  if (responseFormat !== undefined && (behaviour.gptImage || !['url', 'b64_json'].includes(String(responseFormat))))
    return ['response_format'];
  if (dialect.prefix.startsWith('/acedata') && responseFormat === 'b64_json' && Number(n ?? 1) > 1)
    return ['response_format'];
  if (background === 'transparent' && behaviour.isOpaque)
    return ['background', 'Transparent background is not supported for this model.'];
  if (background === 'transparent' && format === 'jpeg') return ['background'];
  return findWrongDelivery(dialect, behaviour, body);
}

/** In what form an image comes. */
function findWrongDelivery(dialect: Dialect, behaviour: ModelBehaviour, body: Body): Wrong | undefined {
  const { output_format: format, output_compression: compression } = body;
  if (format !== undefined && behaviour.gptImage && !(behaviour.formats ?? STILL).includes(String(format)))
    return ['output_format'];
  const isWhole = format === 'gif' || format === 'svg';
  if (isWhole && (body.stream === true || compression !== undefined)) return [format];
  if (body.frame_count !== undefined && (format !== 'gif' || !isBetween(body.frame_count, 2, 16)))
    return ['frame_count'];
  if (body.svg !== undefined && format !== 'svg') return ['svg'];
  if (format === 'svg' && Number(body.n ?? 1) > 1) return ['n'];
  if (body.stream === true && dialect.prefix.startsWith('/tokenlab')) return ['stream'];
  if (body.stream === true && !behaviour.gptImage && !dialect.anyModel && !dialect.prefix.startsWith('/acedata'))
    return ['stream'];
  if (body.partial_images !== undefined && (body.stream !== true || !isBetween(body.partial_images, 0, 3)))
    return ['partial_images'];
  if (compression !== undefined && !['jpeg', 'webp'].includes(String(format))) return ['output_compression'];
  return undefined;
}

const STILL: readonly string[] = ['png', 'jpeg', 'webp'];

function isBetween(value: unknown, min: number, max: number): boolean {
  return Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
}

/** The refusals of OpenAI's free sizes, word for word. */
function findWrongSize({ sizes, isFree }: ModelBehaviour, size: string, isFrame: boolean): Wrong | undefined {
  if (sizes) return sizes.includes(size) ? undefined : ['size'];
  if (!/^(auto|\d+x\d+)$/.test(size)) return ['size'];
  if (!isFree || size === 'auto') return undefined;
  const [width = 0, height = 0] = size.split('x').map(Number);
  if (width % 16 !== 0 || height % 16 !== 0) return ['size', 'Width and height must both be divisible by 16.'];
  if (Math.max(width, height) > 3840) return ['size', 'The longest edge must be less than or equal to 3840.'];
  if (Math.max(width, height) > 3 * Math.min(width, height)) return ['size', 'The aspect ratio must be at most 3:1.'];
  if (width * height < 655_360 && !isFrame)
    return ['size', 'Requested resolution is below the current minimum pixel budget.'];
  return width * height > 8_294_400 ? ['size', 'Requested resolution exceeds the current pixel budget.'] : undefined;
}

async function draw(behaviour: ModelBehaviour, body: Body, prompt: string, publish: Publish): Promise<ApiAnswer> {
  const count = behaviour.ignoresCount ? 1 : Number(body.n ?? 1);
  const size = body.size === undefined || body.size === 'auto' ? behaviour.defaultSize : String(body.size);
  const [width = 0, height = 0] = size.split('x').map(Number);
  // Events carry the image itself.
  const asUrl = !behaviour.gptImage && body.response_format !== 'b64_json' && body.stream !== true;
  const asked = body.output_format as ImageFormat | undefined;
  const format = (asUrl ? behaviour.urlFormat : undefined) ?? asked ?? 'png';
  const transparent = body.background === 'transparent';
  const quality = body.output_compression as number | undefined;
  const frames = Number(body.frame_count ?? 9);
  const usedQuality = String(body.quality && body.quality !== 'auto' ? body.quality : 'high');
  const output = count * (behaviour.tokens?.[usedQuality] ?? 1000);
  const data = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const bytes = await renderImage({ prompt, index, width, height, format, transparent, quality, frames });
      const delivered = asUrl ? { url: publish(bytes, format) } : { b64_json: bytes.toString('base64') };
      return behaviour.revises ? { ...delivered, revised_prompt: `${prompt} In soft light.` } : delivered;
    }),
  );
  const used = behaviour.gptImage && {
    background: transparent ? 'transparent' : 'opaque',
    output_format: format,
    size,
    quality: usedQuality,
    ...(format === 'svg' && {
      svg_usage: {
        model: 'gpt-5.4',
        input_tokens: 900,
        output_tokens: 1200,
        reasoning_tokens: 300,
        total_tokens: 2100,
      },
    }),
    usage: {
      total_tokens: 50 + output,
      input_tokens: 50,
      output_tokens: output,
      input_tokens_details: { text_tokens: 50, image_tokens: 0 },
      output_tokens_details: { text_tokens: 0, image_tokens: output },
    },
  };
  return { status: 200, body: { created: Math.floor(Date.now() / 1000), data, ...used }, billed: count };
}

/** What a stream counts where the answer has nothing; it never parts its output. */
const NO_USAGE: Readonly<Record<string, unknown>> = {
  total_tokens: 1,
  input_tokens: 0,
  output_tokens: 1,
  input_tokens_details: {},
};

/** The same images as events: each with its previews before it. */
async function streamed(answer: ApiAnswer, body: Body, prompt: string): Promise<ApiAnswer> {
  const {
    data,
    created,
    usage = NO_USAGE,
    ...used
  } = answer.body as {
    data: { b64_json: string }[];
    created: number;
    usage?: typeof NO_USAGE;
    size?: string;
    quality?: string;
    background?: string;
    output_format?: string;
  };
  const common = {
    created_at: created,
    size: '1024x1024',
    quality: 'medium',
    background: 'opaque',
    output_format: 'png',
    ...used,
  };
  const events: StreamEvent[] = [];
  for (const [index, { b64_json }] of data.entries()) {
    for (let preview = 0; preview < Number(body.partial_images ?? 0); preview++) {
      const bytes = await renderPreview(prompt, index, preview);
      events.push({
        type: 'image_generation.partial_image',
        b64_json: bytes.toString('base64'),
        partial_image_index: preview,
        ...common,
      });
    }
    events.push({
      type: 'image_generation.completed',
      b64_json,
      usage: { ...usage, output_tokens_details: undefined },
      ...common,
    });
  }
  return { ...answer, events };
}

/** A name that nobody guesses. */
export function cdnName(extension: string): string {
  return `${randomUUID()}.${extension}`;
}
