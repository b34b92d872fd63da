import type { Span } from '../markup/paragraph';

/** What is known of a place in a text that nobody followed meanwhile. */
export interface RememberedAnchor {
  readonly text: string;
  /** Where it began. */
  readonly start: number;
  /** What stood around it. */
  readonly before: string;
  readonly after: string;
}

/** So much of what stands around a place is enough to know it by. */
const CONTEXT_CHARACTERS = 200;

/**
 * A point is known only by its surroundings: so much of them must be there still on each side, or all where there was
 * less.
 */
const MIN_POINT_CONTEXT = 12;

/** What is worth remembering of a place. */
export function rememberAnchor(text: string, { start, end }: Span): RememberedAnchor {
  return {
    text: text.slice(start, end),
    start,
    before: text.slice(Math.max(0, start - CONTEXT_CHARACTERS), start),
    after: text.slice(end, end + CONTEXT_CHARACTERS),
  };
}

/**
 * Finds the place again: where most of its surroundings are the same; of several such, the nearest. Undefined where it
 * has gone, or where its text stands in several places and none of them has anything of its surroundings.
 */
export function findAnchor(document: string, anchor: RememberedAnchor): Span | undefined {
  const { text, start, before, after } = anchor;
  if (text === '') return findPoint(document, anchor);
  let best: { at: number; score: number } | undefined;
  let found = 0;
  for (let at = document.indexOf(text); at >= 0; at = document.indexOf(text, at + 1)) {
    found++;
    const score = sameEnd(document.slice(0, at), before) + sameStart(document.slice(at + text.length), after);
    if (!best || score > best.score || (score === best.score && Math.abs(at - start) < Math.abs(best.at - start)))
      best = { at, score };
  }
  return best && (found === 1 || best.score > 0) ? { start: best.at, end: best.at + text.length } : undefined;
}

/** A cursor between two texts: enough of both must stand there still. */
function findPoint(text: string, { start, before, after }: RememberedAnchor): Span | undefined {
  const isHere = (at: number): boolean => {
    const left = sameEnd(text.slice(0, at), before);
    const right = sameStart(text.slice(at), after);
    return left >= Math.min(before.length, MIN_POINT_CONTEXT) && right >= Math.min(after.length, MIN_POINT_CONTEXT);
  };
  for (let distance = 0; distance <= text.length; distance++) {
    for (const at of [start - distance, start + distance]) {
      if (at >= 0 && at <= text.length && isHere(at)) return { start: at, end: at };
    }
  }
  return undefined;
}

function sameStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function sameEnd(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length;
}
