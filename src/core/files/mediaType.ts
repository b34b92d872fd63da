import { imageSize } from 'image-size';
import { PictorError } from '../errors';

/** What a picture is, read from its bytes. */
export interface MediaType {
  /** Without a dot. */
  readonly extension: string;
  /** Such as `image/png`. */
  readonly mediaType: string;
  /** In pixels; for an SVG, as it says itself. */
  readonly width: number;
  readonly height: number;
}

/** The kinds that the services deliver, by the name that image-size gives them. */
const KINDS: Readonly<Record<string, Pick<MediaType, 'extension' | 'mediaType'>>> = {
  png: { extension: 'png', mediaType: 'image/png' },
  jpg: { extension: 'jpg', mediaType: 'image/jpeg' },
  webp: { extension: 'webp', mediaType: 'image/webp' },
  gif: { extension: 'gif', mediaType: 'image/gif' },
  avif: { extension: 'avif', mediaType: 'image/avif' },
  svg: { extension: 'svg', mediaType: 'image/svg+xml' },
};

/**
 * Tells what the bytes are, whatever was asked for and whatever a server calls them.
 * @throws PictorError `badAnswer` when they are no picture that a document can show
 */
export function detectMediaType(bytes: Uint8Array): MediaType {
  try {
    const { width, height, type } = imageSize(bytes);
    const kind = KINDS[type ?? ''];
    if (kind) return { ...kind, width, height };
  } catch (error) {
    throw notAnImage(bytes, error);
  }
  throw notAnImage(bytes);
}

function notAnImage(bytes: Uint8Array, cause?: unknown): PictorError {
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  const what =
    bytes.length === 0 ? 'nothing' : start.startsWith('<') ? 'a web page' : /^[{[]/.test(start) ? 'JSON' : 'other data';
  return new PictorError('badAnswer', `The service delivered ${what} instead of a picture.`, { cause });
}
