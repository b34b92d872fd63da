/** What stands before base64: the header of a data URL, `base64,`, or the beginning of a printed byte string. */
const PREFIX = /^\s*(?:b?['"]|data:[\w/+.;=-]{0,200},|base64,)/i;
/** Wrapped more often than this, it is something else. */
const MAX_PREFIXES = 4;
const BASE64_ONLY = /^[A-Za-z0-9+/_=\s-]*['"]?\s*$/;

/** Base64 without what stands before it; other texts as they are. */
export function withoutPrefix(text: string): string {
  let rest = text;
  for (let left = MAX_PREFIXES; left > 0; left--) {
    const prefix = PREFIX.exec(rest)?.[0];
    if (!prefix) break;
    rest = rest.slice(prefix.length);
  }
  return rest;
}

/** Whether a text holds base64 and nothing else. @param text as `unescapeBase64` gives it */
export function isBase64(text: string): boolean {
  const content = withoutPrefix(text);
  return content !== '' && BASE64_ONLY.test(content);
}

/** An escape that may be cut in two at the end of a piece. */
const CUT_ESCAPE = /(?:\\{1,8}(?:u[\da-f]{0,3})?|%[\da-f]?)$/i;
const ESCAPE = /\\{1,8}(?:u([\da-f]{4})|(.))|%([\da-f]{2})/gis;

/**
 * Base64 whose letters and line breaks were escaped once or twice, as JSON (`\/`, `\u002b`, `\n`, `\\n`) or as an
 * address (`%2B`, a blank for `+`) does it.
 * @returns what is complete, and an escape at the very end that may go on in the next piece
 */
export function unescapeBase64(text: string): { clean: string; rest: string } {
  const rest = CUT_ESCAPE.exec(text)?.[0] ?? '';
  const whole = text.slice(0, text.length - rest.length);
  const unescaped = /[\\%]/.test(whole)
    ? whole.replace(ESCAPE, (_all, unicode?: string, letter?: string, percent?: string) => {
        const code = unicode ?? percent;
        if (code) return String.fromCharCode(parseInt(code, 16));
        return letter === '/' ? '/' : '';
      })
    : whole;
  return { clean: unescaped.replaceAll(' ', '+'), rest };
}
