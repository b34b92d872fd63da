import { imageSize } from 'image-size';
import { PictorError } from '../errors';

/** What a picture is, read from its bytes. */
export interface MediaType {
  /** Without a dot. */
  readonly extension: string;
  /** Such as `image/png`. */
  readonly mediaType: string;
  /** `WIDTHxHEIGHT` in pixels, where the picture tells it. */
  readonly size?: string;
}

/** Where the usual name of a kind is not the name that image-size gives it. */
const NAMES: Readonly<Record<string, Pick<MediaType, 'extension' | 'mediaType'>>> = {
  jpg: { extension: 'jpg', mediaType: 'image/jpeg' },
  svg: { extension: 'svg', mediaType: 'image/svg+xml' },
};

/** An SVG may say no size in pixels, and is a picture all the same. */
const SVG_START = /^\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i;
const START_BYTES = 2048;

/**
 * Tells what the bytes are, whatever was asked for and whatever a server calls them.
 * @param url where they came from: it goes into the error, since a person may still make something of what lies there
 * @throws PictorError `badAnswer` when they are no picture
 */
export function detectMediaType(bytes: Uint8Array, url?: string): MediaType {
  const start = new TextDecoder().decode(bytes.subarray(0, START_BYTES));
  try {
    const { width, height, type = '' } = imageSize(bytes);
    return { ...(NAMES[type] ?? { extension: type, mediaType: `image/${type}` }), size: `${width}x${height}` };
  } catch (cause) {
    if (SVG_START.test(start)) return { extension: 'svg', mediaType: 'image/svg+xml' };
    throw new PictorError('badAnswer', `The service delivered ${describe(start)} instead of a picture.`, { url, cause });
  }
}

function describe(start: string): string {
  const text = start.trimStart();
  if (!text) return 'nothing';
  if (text.startsWith('<')) return 'a web page';
  return /^[{[]/.test(text) ? 'JSON' : 'other data';
}
