import { imageSize } from 'image-size';

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

/** Tells what the bytes are, whatever was asked for and whatever a server calls them; undefined when they are no picture. */
export function detectMediaType(bytes: Uint8Array): MediaType | undefined {
  try {
    const { width, height, type = '' } = imageSize(bytes);
    return { ...(NAMES[type] ?? { extension: type, mediaType: `image/${type}` }), size: `${width}x${height}` };
  } catch {
    return SVG_START.test(startOf(bytes)) ? { extension: 'svg', mediaType: 'image/svg+xml' } : undefined;
  }
}

/** What stands where a picture should be, in words. */
export function describeContent(bytes: Uint8Array): string {
  const text = startOf(bytes).trimStart();
  if (!text) return 'nothing';
  if (text.startsWith('<')) return 'a web page';
  if (/^[{[]/.test(text)) return 'JSON';
  return /^[\s\w.,;:!?'"()\p{L}-]+$/u.test(text) ? 'a text' : 'other data';
}

function startOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, START_BYTES));
}
