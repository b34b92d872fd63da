import { posix } from 'node:path';
import type { Span } from './paragraph';
import { encodePath, linkPath } from './imageLink';
import { lowerDrive, relativePath } from './relativePath';

/** What ends a path within a link, in whatever language it stands. */
const DELIMITERS = /[\s"'<>()[\]{}`|,=]/;

/** Where a text stands, and which file it may link to; absolute with `/`. */
export interface LinkContext {
  /** Of the text. */
  readonly folder: string;
  readonly file: string;
  /** What a path that begins with `/` begins at: the workspace folder, as in VS Code's Markdown. */
  readonly root?: string;
}

/** Where a text links to a file: every path that leads there, in any language's syntax, percent-encoded or not. */
export function findLinks(text: string, { folder, file, root }: LinkContext): Span[] {
  const name = posix.basename(file);
  const known = pathsTo({ folder, file, root });
  const spans: Span[] = [];
  for (const form of nameForms(name)) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
      const end = at + form.length;
      // "a.png" is no part of "a.png.json" or of "a.pngx".
      if (/[\w.%-]/.test(text[end] ?? '') && !/^\.(?:\s|$)/.test(text.slice(end, end + 2))) continue;
      const start = wholeStart(text, end, known) ?? startOf(text, at);
      if (
        (known.includes(text.slice(start, end)) || leadsTo(text.slice(start, end), { folder, file, root })) &&
        !spans.some((span) => span.start === start)
      )
        spans.push({ start, end });
    }
  }
  return spans.sort((a, b) => a.start - b.start);
}

/** A file's name as texts may have it. */
export function nameForms(name: string): string[] {
  return [...new Set([name, encodePath(name), linkPath('latex', name), encodeURIComponent(name), encodeURI(name)])];
}

/**
 * The ways in which Pictor and most people write the path: with spaces in it, only these can be told from the words
 * before.
 */
function pathsTo({ folder, file, root }: LinkContext): string[] {
  const relative = relativePath(folder, file);
  const fromRoot = root === undefined ? undefined : relativePath(root, file);
  const plain = [
    ...(relative === undefined ? [] : [`./${relative}`, relative]),
    ...(fromRoot === undefined || fromRoot.startsWith('../') ? [] : [`/${fromRoot}`]),
  ];
  return [...new Set(plain.flatMap((path) => [path, encodePath(path), linkPath('latex', path)]))].sort(
    (a, b) => b.length - a.length,
  );
}

/** Where the longest of some paths begins that ends here, and is no part of a longer one. */
function wholeStart(text: string, end: number, paths: readonly string[]): number | undefined {
  const found = paths.find((path) => text.endsWith(path, end) && DELIMITERS.test(text[end - path.length - 1] ?? ' '));
  return found === undefined ? undefined : end - found.length;
}

/** A macro's name, such as `image:` of AsciiDoc, is no part of the path. */
function startOf(text: string, nameAt: number): number {
  let start = nameAt;
  while (start > 0 && !DELIMITERS.test(text[start - 1] ?? '')) start--;
  const macro = /^[a-z]+::?(?!\/\/)/.exec(text.slice(start, nameAt));
  return macro ? start + macro[0].length : start;
}

function leadsTo(path: string, { folder, file, root }: LinkContext): boolean {
  if (/^[a-z][a-z\d+.-]+:/i.test(path)) return false;
  const targets = [path, decoded(path)].flatMap((form) =>
    form === undefined
      ? []
      : [posix.resolve(folder, form), ...(root !== undefined && form.startsWith('/') ? [posix.join(root, form)] : [])],
  );
  return targets.some((target) => lowerDrive(target) === lowerDrive(file));
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
