import { shorten } from '../markup/shorten';

/** Longest slug of a prompt, in UTF-16 units. */
const MAX_SLUG_LENGTH = 60;

/**
 * Longest name without its extension, in UTF-8 bytes: file systems take 255, and a number, the extension and the name
 * of the temporary file need room too.
 */
const MAX_NAME_BYTES = 180;

/** Names that Windows keeps for devices, whatever their extension. */
const RESERVED = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])$/i;

/** The name for a prompt of which nothing can be kept. */
const FALLBACK = 'image';

const NOT_WORDS = /[^\p{L}\p{M}\p{N}]+/gu;
/** Flags, skin tones and joined emoji are several code points. */
const NOT_EMOJI = /(?:(?!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{RI}|\u200d|\ufe0f).)+/gsu;

/**
 * A short name from a prompt: the letters and digits of any script, in lower case, joined by hyphens; emoji if there is
 * nothing else.
 */
export function promptSlug(prompt: string): string {
  // A capital İ would leave a loose dot behind when it becomes small.
  const text = prompt.normalize('NFC').replaceAll('İ', 'i').toLowerCase().replace(/['’ʼ]/g, '');
  return slugOf(text, NOT_WORDS) || slugOf(text, NOT_EMOJI) || FALLBACK;
}

function slugOf(text: string, separators: RegExp): string {
  const slug = text.replace(separators, '-').replace(/^-+|-+$/g, '');
  return shorten(slug, MAX_SLUG_LENGTH).replace(/-+$/, '');
}

/**
 * Makes one part of a path safe on Windows, macOS and Linux: no separators, no reserved characters or names, no dots or
 * spaces at its ends, not too long. Never empty.
 */
export function safeName(name: string): string {
  const clean = name
    .normalize('NFC')
    .replace(/[\s\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/[<>:"/\\|?*]/g, '-')
    .replace(/^[. ]+|[. ]+$/g, '');
  const short = limitBytes(clean, MAX_NAME_BYTES).replace(/[. ]+$/, '');
  if (!short) return FALLBACK;
  return RESERVED.test(short.split('.')[0] ?? '') ? short.replace(/^[^.]+/, '$&-image') : short;
}

function limitBytes(text: string, maxBytes: number): string {
  let short = text;
  while (Buffer.byteLength(short) > maxBytes) short = shorten(short, short.length - 1);
  return short;
}
