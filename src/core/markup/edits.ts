import type { Span } from './paragraph';

/** One edit of a text: what stands in the span gives way to `text`. */
export interface Edit extends Span {
  readonly text: string;
}

/**
 * Edits that can be made at once, in the order of the text, and those that must be planned anew after them, since they
 * touch one of the former. Of two that touch, the one that comes first in the list is made first.
 */
export function parted<T extends Edit>(edits: readonly T[]): { now: T[]; later: T[] } {
  const later: T[] = [];
  const now: T[] = [];
  const order = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.start - b.edit.start || a.index - b.index);
  for (const { edit } of order) {
    const before = now.at(-1);
    if (before && edit.start <= before.end) later.push(edit);
    else now.push(edit);
  }
  return { now, later };
}

/** Spans of the new texts once all edits are made. @param edits apart from each other, in the order of the text */
export function spansAfter(edits: readonly Edit[]): Span[] {
  let shift = 0;
  return edits.map(({ start, end, text }) => {
    const from = start + shift;
    shift += text.length - (end - start);
    return { start: from, end: from + text.length };
  });
}

/**
 * Selection as it is to be after edits were made: what is inserted at its end stays outside, or the next key would
 * delete it together with what was selected. Undefined where no edit touches its end.
 * @param edits apart from each other, in the order of the text
 */
export function selectionAfter({ start, end }: Span, edits: readonly Edit[]): { kept: Span; grown: Span } | undefined {
  const at = edits.find((edit) => edit.start === end && edit.end === end);
  if (!at || start === end) return undefined;
  const shiftTo = (offset: number): number =>
    edits.reduce(
      (sum, edit) => (edit.end <= offset && edit !== at ? sum + edit.text.length - (edit.end - edit.start) : sum),
      0,
    );
  const kept = { start: start + shiftTo(start), end: end + shiftTo(end) };
  return { kept, grown: { start: kept.start, end: kept.end + at.text.length } };
}
