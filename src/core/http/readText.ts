import { t } from '@vscode/l10n';
import { PictorError } from '../errors';

/**
 * A body as text.
 * @param maxBytes a larger one is left unread
 * @throws PictorError `tooLarge`; what the body throws
 */
export async function readText(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length).toString('utf8');
}

/** JSON where it is JSON, else the text itself: an HTML page of a gateway is an answer too. */
export function parseJson(text: string): unknown {
  const json = keepDigits(text.replace(/^\ufeff/, ''));
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return firstValue(json) ?? text;
  }
}

/** Longer than any answer without its images. */
const MAX_GLUED_CHARACTERS = 8 * 1024 * 1024;
const BRACKET_OR_TEXT = /[{}[\]]|"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)/gs;

/** The first of several JSON values that a gateway has glued together; undefined where there is none. */
function firstValue(json: string): unknown {
  if (!/^\s{0,1000}[{[]/.test(json) || json.length > MAX_GLUED_CHARACTERS) return undefined;
  let depth = 0;
  for (const { 0: found, index } of json.matchAll(BRACKET_OR_TEXT)) {
    if (found === '{' || found === '[') depth++;
    else if (found === '}' || found === ']') depth--;
    if (depth > 0 || found.startsWith('"')) continue;
    try {
      return JSON.parse(json.slice(0, index + 1)) as unknown;
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/** So many digits may be more than a number holds. */
const LONG_NUMBER = /\d{16}/;
/** A text, which is left as it is, or a whole number behind it. A text without an end goes on to the end: linear. */
const TEXT_OR_LONG_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|(?<![\w.+-])-?\d{16,}(?![\d.eE])/gs;

/** JSON in which whole numbers that a number cannot hold are texts: names of tasks are such. */
function keepDigits(json: string): string {
  if (!LONG_NUMBER.test(json)) return json;
  return json.replace(TEXT_OR_LONG_NUMBER, (found) =>
    found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`,
  );
}

/** The error of a body that is larger than what was asked for can be. */
export function tooLarge(maxBytes: number): PictorError {
  const megabytes = Math.max(1, Math.floor(maxBytes / 1024 / 1024));
  return new PictorError(
    'tooLarge',
    t('The answer is larger than {megabytes} MB. Raise pictor.maxImageMegabytes if that is right.', { megabytes }),
    {
      setting: 'pictor.maxImageMegabytes',
    },
  );
}
