import type { Edit } from './edits';
import type { InsertMode } from '../settings/settings';
import { lineEnd, lineStart, nextBlankLineStart, type Span } from './paragraph';

export interface InsertionRequest {
  /** The whole document. */
  readonly document: string;
  /** The text that asked for the image, where it stands now. */
  readonly range: Span;
  /** What it was when it was asked. */
  readonly askedText: string;
  readonly mode: Exclude<InsertMode, 'none'>;
  /** Whether a link of the same ask stands before the range: this one goes beside it. */
  readonly isFollowUp?: boolean;
  readonly links: readonly string[];
  readonly eol: string;
  /** Whether the language wants a link in a block of its own (reStructuredText directives). */
  readonly blockLink: boolean;
}

/** Where and how the links go in. Words that were typed since the image was asked for are never replaced. */
export function planInsertion(request: InsertionRequest): Edit {
  const { document, range, askedText, links, eol, isFollowUp = false } = request;
  const mode = effectiveMode(request);
  if (mode === 'below') return below(document, range, links, eol);
  const text = joinLinks(request);
  if (mode === 'replace') return { ...range, text };
  const previous = document[range.end - 1];
  const isPoint = askedText === '' && !isFollowUp;
  // At a cursor, only words are kept from the link: within brackets or tags it may stand as close as it likes.
  const isGlued = previous !== undefined && (isPoint ? /[\p{L}\p{N}.,;:!?)]/u.test(previous) : !/\s/.test(previous));
  const isBeforeWord = isPoint && /[\p{L}\p{N}!]/u.test(document[range.end] ?? '');
  return { start: range.end, end: range.end, text: (isGlued ? ' ' : '') + text + (isBeforeWord ? ' ' : '') };
}

/** Several links, side by side or, where each is a block, apart from each other. */
export function joinLinks({ links, eol, blockLink }: Pick<InsertionRequest, 'links' | 'eol' | 'blockLink'>): string {
  return blockLink ? links.map((link) => link.replaceAll('\n', eol)).join(eol + eol) : links.join(' ');
}

/** A block can only stand where the text has its line for itself. */
function effectiveMode({
  document,
  range,
  askedText,
  mode,
  blockLink,
  isFollowUp,
}: InsertionRequest): InsertionRequest['mode'] {
  const unchanged = document.slice(range.start, range.end) === askedText;
  const wanted = mode === 'replace' && (isFollowUp || !unchanged) ? 'after' : mode;
  if (!blockLink) return wanted;
  const around =
    document.slice(lineStart(document, range.start), range.start) +
    document.slice(range.end, lineEnd(document, range.end));
  const alone = around.trim() === '' && (wanted === 'replace' || askedText === '');
  return alone ? wanted : 'below';
}

/**
 * A block of its own behind the paragraph, with the quotation marks and the indent that keep it in its list or
 * quotation.
 */
function below(document: string, range: Span, links: readonly string[], eol: string): Edit {
  const blockEnd = itemEnd(document, range.end);
  const at = document[blockEnd - 1] === '\r' ? blockEnd - 1 : blockEnd;
  const prefix = continuationPrefix(document.slice(lineStart(document, range.end), range.end));
  const lines = links.flatMap((link) => ['', ...link.split('\n')]).map((line) => (prefix + line).trimEnd());
  return { start: at, end: at, text: lines.map((line) => eol + line).join('') };
}

const LIST_ITEM = /^([^\S\n]*)(?:[-*+]|\d{1,9}[.)])\s/;

/** The end of the block at `offset`; within a list without blank lines, of its own item: the next one is not ours. */
function itemEnd(document: string, offset: number): number {
  const blockEnd = nextBlankLineStart(document, offset);
  const own = itemAt(document, offset);
  if (!own) return blockEnd;
  let end = lineEnd(document, offset);
  while (end < blockEnd) {
    const next = LIST_ITEM.exec(document.slice(end + 1));
    if (next && (next[1] ?? '').length <= (own[1] ?? '').length) return end;
    end = lineEnd(document, end + 1);
  }
  return blockEnd;
}

/** The list item that the line of `offset` begins or continues. */
function itemAt(document: string, offset: number): RegExpExecArray | null {
  for (let start = lineStart(document, offset); ; start = lineStart(document, start - 1)) {
    const item = LIST_ITEM.exec(document.slice(start));
    const previousLine = document.slice(lineStart(document, Math.max(0, start - 1)), start);
    if (item || previousLine.trim() === '') return item;
  }
}

/** What a further line of the same list item or quotation begins with. */
function continuationPrefix(line: string): string {
  const lead = /^(?:\s*>)*\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?/.exec(line)?.[0] ?? '';
  return lead.replace(/[-*+]|\d{1,9}[.)]/g, (marker) => ' '.repeat(marker.length));
}
