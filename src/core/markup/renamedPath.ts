import { encodePath, linkPath, PLAIN_PATH_LANGUAGES } from './imageLink';

/** A module's path is no address, also where a language's links are. */
const IN_IMPORT = /(?:\bfrom|\bimport\s*\(?|\brequire(?:\.resolve)?\()\s*["'`]$/;

const ENCODED = /%[\dA-F]{2}/i;

/**
 * A path with another name at its end, written as the language has it, and as the old one was where there is a choice.
 * @param before the text before the path
 */
export function renamedPath(
  languageId: string,
  before: string,
  path: string,
  { from, to }: { readonly from: string; readonly to: string },
): string {
  const [folder = ''] = /^.*\//.exec(path) ?? [];
  if (PLAIN_PATH_LANGUAGES.has(languageId)) return folder + linkPath(languageId, to);
  const wasPlain = path.endsWith(from) && encodePath(from) !== from;
  if (wasPlain || IN_IMPORT.test(before.slice(-40))) return folder + to;
  return folder + (ENCODED.test(path) ? encodePath(to) : linkPath(languageId, to));
}
