/** What stands where a key was cut out. */
const MASK = '[key]';

/** Anything that looks like a bearer token or an `sk-` key, whoever it belongs to. */
const KEY_SHAPES = /\b(?:sk|pk|rk)-[\w-]{8,}|(?<=\bBearer\s+)[^\s"',;]{8,}/gi;

/** A key that is shorter could be a part of any word, and a still shorter one, such as for a server at home, any word. */
const IN_WORDS_FROM = 8;
const WHOLE_FROM = 4;

/** Cuts the given secrets, and whatever has the shape of a key, out of a text that a person or a log will see. */
export function redact(text: string, secrets: Iterable<string> = []): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length >= IN_WORDS_FROM) clean = clean.replaceAll(secret, MASK);
    else if (secret.length >= WHOLE_FROM) clean = clean.replace(wholeWord(secret), MASK);
  }
  return clean.replace(KEY_SHAPES, MASK);
}

function wholeWord(secret: string): RegExp {
  return new RegExp(`(?<![\\w-])${secret.replace(/[^\w]/g, String.raw`\$&`)}(?![\\w-])`, 'g');
}
