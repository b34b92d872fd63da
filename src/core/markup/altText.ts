import { shorten } from './shorten';

/** Screen readers cut longer texts; the usual advice for alt texts. */
const MAX_ALT_CHARACTERS = 125;

/** A short form of a prompt for the alt attribute: one line of whole words. */
export function altText(prompt: string): string {
  const line = prompt.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (line.length <= MAX_ALT_CHARACTERS) return line;
  return `${shorten(line, MAX_ALT_CHARACTERS - 1)}…`;
}
