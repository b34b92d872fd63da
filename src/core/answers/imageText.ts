import type { ImageSource } from './answer';
import { startsAsImage } from '../images/imageStart';
import { isSvg } from '../images/svgStart';
import { isBase64, unescapeBase64, withoutPrefix } from './base64Text';
import type { DivertedImage } from './imageDiverter';

/** The image that was diverted under a token; null for any other text. */
export type FindDiverted = (token: string) => DivertedImage | null;

const DATA_URL = /^data:([^,;]{0,100})[^,]{0,200},/i;
const ADDRESS = /^https?:\/\/[^\s"'<>]+$/i;
/** A path, or an address without its scheme; not the base64 of a JPEG, which begins with a slash too. */
const RELATIVE = /^(?:\/|\.{1,2}\/)[^\s"'<>\\]*$/;
/** `![words](address)`, with words that may be long. */
const MARKDOWN_IMAGE = /!\[[^\]]{0,300}\]\(\s*<?([^\s)>]+)/;
/** Enough to see what base64 begins with. */
const PEEKED_CHARACTERS = 4096;

/**
 * Image that a text is, or whose address it is, whatever the field is called that holds it.
 * @returns undefined for a text that is neither
 */
export function imageOfText(given: string, find: FindDiverted): ImageSource | undefined {
  const text = given.trim();
  const diverted = find(text);
  if (diverted !== null) return diverted ? { kind: 'staged', file: diverted } : { kind: 'tooLarge' };
  if (ADDRESS.test(text)) return { kind: 'url', url: text };
  const inMarkdown = MARKDOWN_IMAGE.exec(text)?.[1];
  if (inMarkdown) return imageOfText(inMarkdown, find);
  const bytes = bytesOf(text);
  if (bytes) return { kind: 'bytes', bytes };
  return RELATIVE.test(text) ? { kind: 'url', url: text } : undefined;
}

/** Bytes of a data URL, or of base64 that is an image; undefined for other texts. */
function bytesOf(text: string): Uint8Array | undefined {
  const header = DATA_URL.exec(text)?.[0] ?? '';
  if (header && !/;base64,$/i.test(header)) return new TextEncoder().encode(decodePercent(text.slice(header.length)));
  const start = unescapeBase64(text.slice(0, PEEKED_CHARACTERS)).clean;
  if (!isBase64(start)) return undefined;
  const head = decodeBase64(start);
  return header || startsAsImage(head) || isSvg(head) ? decodeBase64(unescapeBase64(text).clean) : undefined;
}

/** Bytes of base64, with whatever stands before it. */
export function decodeBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(withoutPrefix(text), 'base64'));
}

/** A percent sign that stands for itself is no reason to lose an image. */
function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
