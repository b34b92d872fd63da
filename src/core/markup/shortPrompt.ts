import { altText } from './altText';
import { shorten } from './shorten';

/** Enough of a prompt to tell it from others, within a line. */
const MAX_CHARACTERS = 40;

/** Beginning of a prompt, for titles and lists. */
export function shortPrompt(prompt: string): string {
  const line = altText(prompt);
  const short = shorten(line, MAX_CHARACTERS);
  return short === line ? line : `${short}…`;
}
