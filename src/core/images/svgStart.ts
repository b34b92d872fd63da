/** So much may stand before the root of an SVG: a licence as a comment, a DOCTYPE with declarations. */
export const SVG_START_BYTES = 16 * 1024;

/** What may stand before the root, by its beginning and end. */
const BEFORE_ROOT: readonly (readonly [start: string, end: string])[] = [
  ['<?', '?>'],
  ['<!--', '-->'],
];
const ROOT = /^<(?:[\w.-]{1,100}:)?svg[\s/>]/;
const DOCTYPE = /^<!doctype\s/i;

/** Whether bytes are those of an SVG document, whatever stands before its root. Linear. */
export function isSvg(bytes: Uint8Array): boolean {
  // A letter that is cut in two at the end is none.
  const text = new TextDecoder().decode(bytes.subarray(0, SVG_START_BYTES), { stream: true });
  let at = 0;
  for (;;) {
    at += blanks(text, at);
    if (ROOT.test(text.slice(at, at + 128))) return true;
    const end = endOf(text, at);
    if (end === undefined) return false;
    at = end;
  }
}

function blanks(text: string, at: number): number {
  const found = /\S/g;
  found.lastIndex = at;
  return (found.exec(text)?.index ?? text.length) - at;
}

/** Where a declaration, a comment or a DOCTYPE ends; undefined where none begins, or it has no end. */
function endOf(text: string, at: number): number | undefined {
  if (DOCTYPE.test(text.slice(at, at + 16))) return endOfDoctype(text, at);
  const known = BEFORE_ROOT.find(([start]) => text.startsWith(start, at));
  const end = known ? text.indexOf(known[1], at + known[0].length) : -1;
  return known && end >= 0 ? end + known[1].length : undefined;
}

function endOfDoctype(text: string, at: number): number | undefined {
  const close = text.indexOf('>', at);
  const subset = text.indexOf('[', at);
  if (subset < 0 || (close >= 0 && close < subset)) return close < 0 ? undefined : close + 1;
  const end = /\]\s{0,100}>/g;
  end.lastIndex = subset;
  const found = end.exec(text);
  return found ? found.index + found[0].length : undefined;
}
