import { encodePath, linkPath } from './imageLink';

/** A module's path is no address, also where a language's links are. */
const IN_IMPORT = /(?:\bfrom|\bimport|\brequire\()\s*["'`]$/;

/**
 * A path with another name at its end, written as the language has it, and as the old one was.
 * @param before the text before the path
 */
export function renamedPath(languageId: string, before: string, path: string, { from, to }: { readonly from: string; readonly to: string }): string {
  const [folder = ''] = /^.*\//.exec(path) ?? [];
  const wasPlain = path.endsWith(from) && encodePath(from) !== from && linkPath(languageId, from) !== from;
  return folder + (wasPlain || IN_IMPORT.test(before.slice(-40)) ? to : linkPath(languageId, to));
}
