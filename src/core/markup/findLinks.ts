import { posix } from 'node:path';
import type { Span } from '../document/paragraph';
import { encodePath } from './imageLink';
import { lowerDrive } from './relativePath';

/** What ends a path within a link, in whatever language it stands. */
const DELIMITERS = /[\s"'<>()[\]{}`|,=]/;

/**
 * Where a text links to a file: every path that leads there from the text's own folder, in any language's syntax, percent-encoded or not.
 * @param folder of the text, absolute with `/`
 * @param file absolute with `/`
 */
export function findLinks(text: string, folder: string, file: string): Span[] {
  const wanted = lowerDrive(file);
  const name = posix.basename(file);
  const spans: Span[] = [];
  for (const form of new Set([name, encodePath(name), encodeURIComponent(name), encodeURI(name)])) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
      const end = at + form.length;
      // "a.png" is no part of "a.png.json" or of "a.pngx".
      if (/[\w.%-]/.test(text[end] ?? '') && !/^\.(?:\s|$)/.test(text.slice(end, end + 2))) continue;
      const start = startOf(text, at);
      if (leadsTo(text.slice(start, end), folder, wanted) && !spans.some((span) => span.start === start)) spans.push({ start, end });
    }
  }
  return spans.sort((a, b) => a.start - b.start);
}

/** A macro's name, such as `image:` of AsciiDoc, is no part of the path. */
function startOf(text: string, nameAt: number): number {
  let start = nameAt;
  while (start > 0 && !DELIMITERS.test(text[start - 1] ?? '')) start--;
  const macro = /^[a-z]+::?(?!\/\/)/.exec(text.slice(start, nameAt));
  return macro ? start + macro[0].length : start;
}

function leadsTo(path: string, folder: string, wanted: string): boolean {
  if (/^[a-z][a-z\d+.-]+:/i.test(path)) return false;
  return [path, decoded(path)].some((form) => form !== undefined && lowerDrive(posix.resolve(folder, form)) === wanted);
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
