import { parseJson } from '../http/readText';
import type { ImageSource } from './answer';
import { imageOfText, type FindDiverted } from './imageText';

/** An image in an answer of a shape that nobody foresaw. */
export interface FoundImage {
  /** Names and positions that lead to it. */
  readonly path: readonly (string | number)[];
  readonly source: ImageSource;
}

/** Larger or deeper than this, no answer is that has its images elsewhere. */
const MAX_VALUES = 20_000;
const MAX_DEPTH = 16;

/** What a service repeats of the request, tells about itself, or answers with besides the image asked for. */
const NOT_ASKED_FOR =
  /^(?:input|request|params?$|parameters|prompt|init|orig|reference|source_|mask|control|webhook|callback|notify|logo|avatar|icon|docs?$|help|support|home|error|poll|status|cancel|response_url|urls$|links$|self$|next|model|owner)/i;
/** Of the same image, and not as good. */
const LESSER = /thumb|preview|small|watermark|blur|partial/i;
/** Names under which an address is that of an image. */
const RESULT =
  /image|img|pic|url|uri|output|result|src|link|file|download|asset|content|artifact|sample|data|generation/i;
const IMAGE_EXTENSION = /\.(?:png|jpe?g|webp|gif|avif|svg)(?:$|[?#])/i;

interface Candidate extends FoundImage {
  /** The path, whatever the positions in its lists: images of one request have it in common. */
  readonly pattern: string;
  readonly score: number;
}

/**
 * Images wherever they stand in an answer: those that look most like what was asked for. Bytes go before addresses, an
 * address that ends as an image does before one that only has a likely name, and whatever is the request's own or a
 * lesser copy goes last or not at all.
 */
export function findImages(body: unknown, find: FindDiverted): readonly FoundImage[] {
  const candidates = collect(body, find);
  const best = candidates.reduce<Candidate | undefined>(
    (found, one) => (found && found.score >= one.score ? found : one),
    undefined,
  );
  return candidates.filter(({ pattern }) => pattern === best?.pattern);
}

function collect(body: unknown, find: FindDiverted): Candidate[] {
  const found: Candidate[] = [];
  const seen = new Set<string>();
  const waiting: { readonly value: unknown; readonly path: readonly (string | number)[] }[] = [
    { value: body, path: [] },
  ];
  for (let looked = 0; waiting.length > 0 && looked < MAX_VALUES; looked++) {
    const { value, path } = waiting.pop() ?? { value: undefined, path: [] };
    if (typeof value === 'string') {
      const inner = jsonIn(value);
      if (inner !== undefined) {
        waiting.push({ value: inner, path: [...path, JSON_TEXT] });
        continue;
      }
      const candidate = candidateOf(value, path, find);
      if (!candidate || seen.has(value)) continue;
      seen.add(value);
      found.push(candidate);
    } else if (typeof value === 'object' && value !== null && path.length < MAX_DEPTH) {
      const parts: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
        ? value.map((one: unknown, index) => [index, one] as const)
        : Object.entries(value).filter(([name]) => !NOT_ASKED_FOR.test(name));
      // The last that is put there is taken first.
      for (const [name, part] of [...parts].reverse()) waiting.push({ value: part, path: [...path, name] });
    }
  }
  return found;
}

/** Stands for the step into a JSON text that is a value of other JSON. */
const JSON_TEXT = '{}';

function jsonIn(text: string): unknown {
  if (!/^\s{0,100}[{[]/.test(text)) return undefined;
  const body = parseJson(text);
  return typeof body === 'object' && body !== null ? body : undefined;
}

function candidateOf(text: string, path: readonly (string | number)[], find: FindDiverted): Candidate | undefined {
  const source = imageOfText(text, find);
  if (!source) return undefined;
  const names = path.filter((name) => typeof name === 'string');
  const score = scoreOf(source, names) - (names.some((name) => LESSER.test(name)) ? LESSER_PENALTY : 0);
  return score > 0
    ? { path, source, score, pattern: path.map((name) => (typeof name === 'number' ? '*' : name)).join('/') }
    : undefined;
}

const LESSER_PENALTY = 40;

function scoreOf(source: ImageSource, names: readonly string[]): number {
  if (source.kind !== 'url') return 100;
  if (IMAGE_EXTENSION.test(source.url)) return 80;
  // A path alone is anything: an address of a task, a page.
  const isLikely = /^https?:/i.test(source.url) && (names.length === 0 || names.some((name) => RESULT.test(name)));
  return isLikely ? 60 : 0;
}
