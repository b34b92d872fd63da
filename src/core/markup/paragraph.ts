/** Offsets into a text, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The block of non-blank lines around an offset, without the white space at its ends; empty on a blank line. */
export function paragraphAt(text: string, offset: number): Span {
  const start = lastBlankLineEnd(text, offset);
  const end = nextBlankLineStart(text, offset);
  return trimSpan(text, start < end ? { start, end } : { start: offset, end: offset });
}

/** The span without white space at its ends. An all-white span becomes its start. */
export function trimSpan(text: string, { start, end }: Span): Span {
  const content = text.slice(start, end);
  const trimmed = content.trim();
  if (!trimmed) return { start, end: start };
  const first = start + content.indexOf(trimmed);
  return { start: first, end: first + trimmed.length };
}

/** The start of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  // A negative index would be taken for 0 and find a line break that stands behind the offset.
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** The end of the line that holds `offset`, in front of its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

function isBlank(text: string, start: number): boolean {
  return text.slice(start, lineEnd(text, start)).trim() === '';
}

function lastBlankLineEnd(text: string, offset: number): number {
  let start = lineStart(text, offset);
  if (isBlank(text, start)) return offset;
  while (start > 0 && !isBlank(text, lineStart(text, start - 1))) start = lineStart(text, start - 1);
  return start;
}

/** The end of the block of non-blank lines that holds `offset`. */
export function nextBlankLineStart(text: string, offset: number): number {
  let end = lineEnd(text, offset);
  if (isBlank(text, lineStart(text, offset))) return offset;
  while (end < text.length && !isBlank(text, end + 1)) end = lineEnd(text, end + 1);
  return end;
}
