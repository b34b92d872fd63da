import * as v from 'valibot';
import type { AnsweredImage, ImageAnswer, ImageSource, UsedValues } from './answer';
import type { StagedFile } from '../files/staging';
import { isRefusal } from './errorFacts';
import { findImages } from './findImages';
import { decodeBase64, imageOfText, type FindDiverted } from './imageText';
import { taskOf } from './taskOf';
import { parseUsage } from './usage';

/** Services leave fields out, send null, or put other things into them: what is not a text counts as absent. */
const textOrNothing = v.fallback(v.optional(v.string()), undefined);

const USED = { size: textOrNothing, quality: textOrNothing, output_format: textOrNothing, background: textOrNothing };

const ITEM = v.looseObject({ revised_prompt: textOrNothing, ...USED });
const ANSWER = v.looseObject({ data: v.optional(v.unknown()), ...USED });

/** What surrounds an answer. */
export interface AnswerContext {
  readonly requestId?: string;
  /** Whether the status said that the answer is still to come. */
  readonly isAccepted?: boolean;
  /** Where the head of the answer says that the result will be. */
  readonly location?: string;
  /** Whether images count only where OpenAI has them: others may be of something else while the task runs. */
  readonly onlyListed?: boolean;
  /** The image that was diverted under a token; null for any other text. */
  readonly find?: FindDiverted;
  /** Every image that was put on disk: a shape that nobody foresaw is searched for them. */
  readonly staged?: readonly StagedFile[];
}

/**
 * Reads the answer to a request: images where OpenAI has them, else a task that it names, else images wherever they are.
 * @returns undefined when there is neither an image nor a task
 */
export function parseAnswer(body: unknown, context: AnswerContext = {}): ImageAnswer | undefined {
  const { requestId, isAccepted = false, find = () => null, location, onlyListed } = context;
  const listed = listedImages(body, find);
  const task = listed.images.length > 0 ? undefined : taskOf(body, isAccepted, location);
  if (task?.isPending) return { state: 'task', ...task.name, requestId };
  const { images, refused } = listed.images.length > 0 || onlyListed ? listed : imagesElsewhere(body, find);
  if (images.length > 0)
    return { state: 'images', images, requestId, usage: parseUsage(body), ...(refused && { refused }) };
  return task && { state: 'task', ...task.name, requestId };
}

interface Images {
  readonly images: readonly AnsweredImage[];
  /** What stands in the place of an image: why there is none. */
  readonly refused?: readonly unknown[];
}

/** Images in `data`, as OpenAI has them, one for each item. One odd item must not cost the others. */
function listedImages(body: unknown, find: FindDiverted): Images {
  const answer = v.safeParse(ANSWER, body);
  if (!answer.success || !Array.isArray(answer.output.data)) return { images: [] };
  const common = usedValues(answer.output);
  return imagesOf(answer.output.data, (item) => {
    const source = sourceOf(item, find);
    return source && { source, ...wordsOf(item, common) };
  });
}

/** Images in a shape that nobody foresaw. */
function imagesElsewhere(body: unknown, find: FindDiverted): Images {
  const found = findImages(body, find);
  const [first] = found;
  const list = first?.path.findLastIndex((name) => typeof name === 'number') ?? -1;
  const images = found.map(({ source, path }) => ({ source, ...wordsOf(at(body, path.slice(0, -1)), {}) }));
  const items = list < 0 ? undefined : at(body, first?.path.slice(0, list) ?? []);
  if (!Array.isArray(items) || items.length <= images.length) return { images };
  const withImage = new Set(found.map(({ path }) => path[list]));
  return { images, refused: nothingIfNone(items.filter((item, index) => !withImage.has(index) && isRefusal(item))) };
}

function imagesOf(items: readonly unknown[], read: (item: unknown) => AnsweredImage | undefined): Images {
  const images: AnsweredImage[] = [];
  const refused: unknown[] = [];
  for (const item of items) {
    const image = read(item);
    if (image) images.push(image);
    else if (isRefusal(item)) refused.push(item);
  }
  return { images, refused: nothingIfNone(refused) };
}

function nothingIfNone(list: readonly unknown[]): readonly unknown[] | undefined {
  return list.length > 0 ? list : undefined;
}

function at(body: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined,
    body,
  );
}

const FIELDS = v.looseObject({ b64_json: textOrNothing, url: textOrNothing });

/**
 * Image of an item: what its text is decides, and not the field that holds it. Where there are both, the image itself
 * wins: an address can fail.
 */
function sourceOf(item: unknown, find: FindDiverted): ImageSource | undefined {
  const fields = v.safeParse(FIELDS, typeof item === 'string' ? { b64_json: item } : item);
  if (!fields.success) return undefined;
  const texts = [fields.output.b64_json, fields.output.url].map((text) => text?.trim()).filter(Boolean) as string[];
  const sources = texts.flatMap((text) => imageOfText(text, find) ?? []);
  const known = sources.find(({ kind }) => kind !== 'url') ?? sources[0];
  if (known || texts.length === 0) return known;
  // Neither an image nor a whole address: taken for what its field is called, and looked at when it is here.
  const { b64_json: base64 } = fields.output;
  return base64 ? { kind: 'bytes', bytes: decodeBase64(base64) } : { kind: 'url', url: texts[0] ?? '' };
}

function wordsOf(item: unknown, common: UsedValues): Pick<AnsweredImage, 'revisedPrompt' | 'used'> {
  const words = v.safeParse(ITEM, item);
  if (!words.success) return { revisedPrompt: undefined, used: { ...common } };
  return { revisedPrompt: words.output.revised_prompt || undefined, used: { ...common, ...usedValues(words.output) } };
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
