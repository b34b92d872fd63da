/** What stands where a key was cut out. */
const MASK = '[key]';

/** Anything that looks like a bearer token or an `sk-` key, whoever it belongs to. */
const KEY_SHAPES = /\b(?:sk|pk|rk)-[\w-]{8,}|(?<=\bBearer\s+)[^\s"',;]{8,}/gi;

/** Cuts the given secrets, and whatever has the shape of a key, out of a text that a person or a log will see. */
export function redact(text: string, secrets: Iterable<string> = []): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret) clean = clean.replaceAll(secret, MASK);
  }
  return clean.replace(KEY_SHAPES, MASK);
}
