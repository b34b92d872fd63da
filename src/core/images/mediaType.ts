import { t } from '@vscode/l10n';
import { imageSize } from 'image-size';
import { isSvg } from './svgStart';

/** What an image is, read from its bytes. */
export interface MediaType {
  /** Without a dot. */
  readonly extension: string;
  /** Such as `image/png`. */
  readonly mediaType: string;
  /** `WIDTHxHEIGHT` in pixels, where the image tells it. */
  readonly size?: string;
}

/**
 * The kinds that documents and browsers show, by the names that image-size gives them. It knows others too, and takes
 * many a text for one of those.
 */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  svg: 'image/svg+xml',
};

const START_BYTES = 2048;

/**
 * Tells what the bytes are, whatever was asked for and whatever a server calls them; undefined when they are no
 * image.
 */
export function detectMediaType(bytes: Uint8Array): MediaType | undefined {
  try {
    const { width, height, type: extension = '' } = imageSize(bytes);
    const mediaType = MEDIA_TYPES[extension];
    // A web page may have an SVG in it.
    if (!mediaType || (extension === 'svg' && !isSvg(bytes))) return undefined;
    return { extension, mediaType, size: `${width}x${height}` };
  } catch {
    return isSvg(bytes) ? { extension: 'svg', mediaType: 'image/svg+xml' } : undefined;
  }
}

/** What is neither a text nor an image. */
export const OTHER_DATA = t('other data');

/** What stands where an image should be, in words. */
export function describeContent(bytes: Uint8Array): string {
  const text = startOf(bytes).trimStart();
  if (!text) return t('nothing');
  if (text.startsWith('<')) return t('a web page');
  if (/^[{[]/.test(text)) return 'JSON';
  return /(?![\t\n\r])\p{Cc}|\ufffd/u.test(text) ? OTHER_DATA : t('a text');
}

function startOf(bytes: Uint8Array): string {
  // A letter that is cut in two at the end is none.
  return new TextDecoder().decode(bytes.subarray(0, START_BYTES), { stream: true });
}
