import { START_BYTES, startsAsImage } from '../images/imageStart';
import { isSvg, SVG_START_BYTES } from '../images/svgStart';
import { isBase64 } from './base64Text';

/**
 * What an answer is: an image itself, the text of one (base64, a data URL), events, or any other text, such as JSON.
 */
export type ContentKind = 'image' | 'imageText' | 'events' | 'text';

/** So many characters tell the kinds of text apart. */
const TELLING_CHARACTERS = 16;
/** Longer than any word of a message, and as long as a text must be to be an image. */
const BASE64_CHARACTERS = 64;

const EVENT_FIELD = /^(?:event|data|id|retry)?:/;
/** How base64 begins of what we save: PNG, JPEG, GIF, WebP, AVIF, SVG with and without its XML declaration. */
const BASE64_START = /^(?:iVBORw0KGgo|\/9j\/|R0lGOD|UklGR|AAAA[A-Za-z\d+/]{2}Z0eX|PHN2Zy|PD94bWwg)/;
const TEXT_PREFIX = /^(?:data:image\/|base64,|b')/i;
const BASE64_DATA_URL = /^data:image\/[^,]{0,40};base64,/i;
const PRINTABLE = /^[\t\n\r\x20-\x7e\x80-\xff]*$/;

/**
 * Kind of an answer by its first bytes: what a server calls it is often wrong, and only counts where they do not tell.
 * @param head what has come, without white space before it
 * @param type the header `content-type`, in lower case
 * @param isAll whether nothing more will come
 * @returns undefined where more must come first
 */
export function contentKind(head: Buffer, type: string, isAll: boolean): ContentKind | undefined {
  if (startsAsImage(head)) return 'image';
  if (!isAll && head.length < Math.max(START_BYTES, TELLING_CHARACTERS)) return undefined;
  const text = head.toString('latin1', 0, BASE64_CHARACTERS);
  if (text.startsWith('<')) return markupKind(head, isAll);
  if (/^[{["]/.test(text)) return 'text';
  if (TEXT_PREFIX.test(text) || BASE64_START.test(text)) return isBase64Start(head, isAll);
  if (EVENT_FIELD.test(text) || type.startsWith('text/event-stream')) return 'events';
  return type.startsWith('image/') && !PRINTABLE.test(text) ? 'image' : 'text';
}

/** An SVG, or a web page. */
function markupKind(head: Buffer, isAll: boolean): ContentKind | undefined {
  if (isSvg(head)) return 'image';
  return isAll || head.length >= SVG_START_BYTES ? 'text' : undefined;
}

function isBase64Start(head: Buffer, isAll: boolean): ContentKind | undefined {
  if (!isAll && head.length < BASE64_CHARACTERS) return undefined;
  const text = head.toString('latin1', 0, BASE64_CHARACTERS);
  return BASE64_DATA_URL.test(text) || isBase64(text) ? 'imageText' : 'text';
}
