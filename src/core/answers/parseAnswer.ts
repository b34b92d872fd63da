import * as v from 'valibot';
import type { AnsweredImage, ImageAnswer, ImageSource, UsedValues } from './answer';
import type { StagedFile } from '../files/staging';
import type { DivertedImage } from './imageDiverter';
import { taskOf } from './taskOf';
import { parseUsage } from './usage';

/** Services leave fields out, send null, or put other things into them: what is not a text counts as absent. */
const textOrNothing = v.fallback(v.optional(v.string()), undefined);

const USED = { size: textOrNothing, quality: textOrNothing, output_format: textOrNothing, background: textOrNothing };

const NO_ITEM = { url: undefined, b64_json: undefined, revised_prompt: undefined };

/** A gateway may list bare texts where others have objects: addresses, or base64. */
const ITEM = v.union([
  v.looseObject({
    url: textOrNothing,
    b64_json: textOrNothing,
    revised_prompt: textOrNothing,
    ...USED,
  }),
  v.pipe(
    v.string(),
    v.transform((text) => ({ ...NO_ITEM, [/^(https?|data):/i.test(text) ? 'url' : 'b64_json']: text })),
  ),
]);

/** One odd item must not cost the others, which are paid for. */
const ANSWER = v.looseObject({
  data: v.fallback(v.array(v.fallback(ITEM, NO_ITEM)), []),
  ...USED,
});

type Item = Partial<v.InferOutput<typeof ITEM>>;

/** What surrounds an answer. */
export interface AnswerContext {
  readonly requestId?: string;
  /** Whether the status said that the answer is still to come. */
  readonly isAccepted?: boolean;
  /** The image that was diverted under a token; null for any other text. */
  readonly find?: (token: string) => DivertedImage | null;
  /** Every image that was put on disk: a shape that nobody foresaw is searched for them. */
  readonly staged?: readonly StagedFile[];
}

/**
 * Reads the answer to a request. A task id alone does not make a task: missing images do.
 * @returns undefined when there is neither an image nor a task
 */
export function parseAnswer(
  body: unknown,
  { requestId, isAccepted = false, find = () => null }: AnswerContext = {},
): ImageAnswer | undefined {
  const parsed = v.safeParse(ANSWER, body);
  if (!parsed.success) return undefined;
  const { data } = parsed.output;
  const common = usedValues(parsed.output);
  const images = data.flatMap((item): AnsweredImage[] => {
    const source = sourceOf(item, find);
    return source
      ? [{ source, revisedPrompt: item.revised_prompt || undefined, used: { ...common, ...usedValues(item) } }]
      : [];
  });
  if (images.length > 0) return { state: 'images', images, requestId, usage: parseUsage(body) };
  const task = taskOf(body, isAccepted);
  return task && { state: 'task', ...task, requestId };
}

const DATA_URL = /^data:([^,;]*)[^,]*,/i;

/** Where there are both, the image itself wins: an address can fail. */
function sourceOf({ b64_json, url }: Item, find: (token: string) => DivertedImage | null): ImageSource | undefined {
  const text = b64_json || url;
  if (!text) return undefined;
  const diverted = find(text);
  if (diverted !== null) return diverted ? { kind: 'staged', file: diverted } : { kind: 'tooLarge' };
  const isAddress = !b64_json && !DATA_URL.test(text);
  return isAddress ? { kind: 'url', url: text } : { kind: 'bytes', bytes: decode(text) };
}

/** Base64, or a data URL, which may also be written out with percent signs. */
function decode(text: string): Uint8Array {
  const header = DATA_URL.exec(text)?.[0] ?? '';
  const content = text.slice(header.length);
  if (header && !/;base64,$/i.test(header)) return new TextEncoder().encode(decodePercent(content));
  return new Uint8Array(Buffer.from(content, 'base64'));
}

/** A percent sign that stands for itself is no reason to lose an image. */
function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function usedValues({
  size,
  quality,
  output_format: outputFormat,
  background,
}: Partial<v.InferOutput<typeof ANSWER>>): UsedValues {
  return Object.fromEntries(
    Object.entries({ size, quality, outputFormat, background }).filter(([, value]) => Boolean(value)),
  );
}
