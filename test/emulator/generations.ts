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
    dialect.models[model] ?? (dialect.anyModel ? { maxCount: 10, defaultSize: '1024x1024' } : undefined);
  if (!behaviour) return refuse('model_not_found', `The model '${model}' does not exist.`, 'model', 404);
  const wrong = findWrongField(dialect, behaviour, body);
  if (wrong) return refuse('invalid_value', `Invalid value for ${wrong}.`, wrong);
  const drawn = await draw(behaviour, body, prompt, publish);
  const answer = body.stream === true ? await streamed(drawn, body, prompt) : drawn;
  const asTask = body.async === true || Boolean(body.callback_url);
  return { ...answer, taskPath: behaviour.taskPath ?? (asTask ? '/tasks' : undefined) };
}

function findWrongField(dialect: Dialect, behaviour: ModelBehaviour, body: Body): string | undefined {
  const {
    n,
    size,
    prompt,
    response_format: responseFormat,
    background,
    output_format: outputFormat,
    output_compression: compression,
  } = body;
  const unknown = Object.keys(body).find((field) => !dialect.fields.includes(field));
  if (unknown) return unknown;
  if (n !== undefined && !(Number.isInteger(n) && Number(n) >= 1 && Number(n) <= behaviour.maxCount)) return 'n';
  if (
    size !== undefined &&
    !(behaviour.sizes ? behaviour.sizes.includes(String(size)) : /^(auto|\d+x\d+)$/.test(String(size)))
  )
    return 'size';
  if (String(prompt).length > (behaviour.maxPrompt ?? Infinity)) return 'prompt';
  if (responseFormat !== undefined && (behaviour.gptImage || !['url', 'b64_json'].includes(String(responseFormat))))
    return 'response_format';
  if (dialect.prefix.startsWith('/acedata') && responseFormat === 'b64_json' && Number(n ?? 1) > 1)
    return 'response_format';
  if (background === 'transparent' && outputFormat === 'jpeg') return 'background';
  if (body.stream === true && !behaviour.gptImage && !dialect.anyModel) return 'stream';
  if (
    body.partial_images !== undefined &&
    (body.stream !== true || ![0, 1, 2, 3].includes(Number(body.partial_images)))
  )
    return 'partial_images';
  if (compression !== undefined && !['jpeg', 'webp'].includes(String(outputFormat))) return 'output_compression';
  return undefined;
}

async function draw(behaviour: ModelBehaviour, body: Body, prompt: string, publish: Publish): Promise<ApiAnswer> {
  const count = Number(body.n ?? 1);
  const size = body.size === undefined || body.size === 'auto' ? behaviour.defaultSize : String(body.size);
  const [width = 0, height = 0] = size.split('x').map(Number);
  const asUrl = !behaviour.gptImage && body.response_format !== 'b64_json';
  const format: ImageFormat = (asUrl ? behaviour.urlFormat : (body.output_format as ImageFormat | undefined)) ?? 'png';
  const transparent = body.background === 'transparent';
  const quality = body.output_compression as number | undefined;
  const data = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const bytes = await renderImage({ prompt, index, width, height, format, transparent, quality });
      const delivered = asUrl ? { url: publish(bytes, format) } : { b64_json: bytes.toString('base64') };
      return behaviour.revises ? { ...delivered, revised_prompt: `${prompt} In soft light.` } : delivered;
    }),
  );
  const used = behaviour.gptImage && {
    background: transparent ? 'transparent' : 'opaque',
    output_format: format,
    size,
    quality: body.quality && body.quality !== 'auto' ? body.quality : 'medium',
    usage: {
      total_tokens: 1100,
      input_tokens: 50,
      output_tokens: 1050,
      input_tokens_details: { text_tokens: 50, image_tokens: 0 },
    },
  };
  return { status: 200, body: { created: Math.floor(Date.now() / 1000), data, ...used }, billed: count };
}

/** The same images as events: each with its previews before it. */
async function streamed(answer: ApiAnswer, body: Body, prompt: string): Promise<ApiAnswer> {
  const {
    data,
    created,
    usage = { total_tokens: 1, input_tokens: 0, output_tokens: 1, input_tokens_details: {} },
    ...used
  } = answer.body as {
    data: { b64_json: string }[];
    created: number;
    usage?: object;
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
    events.push({ type: 'image_generation.completed', b64_json, usage, ...common });
  }
  return { ...answer, events };
}

/** A name that nobody guesses. */
export function cdnName(extension: string): string {
  return `${randomUUID()}.${extension}`;
}
