/** A change of a text, as an editor tells it: `removed` characters at `offset` gave way to `text`. UTF-16 units. */
export interface TextChange {
  readonly offset: number;
  readonly removed: number;
  readonly text: string;
  /**
   * The text around the change, once it is made. Without it, a change that could have been told in two ways is taken as
   * it was told.
   */
  readonly around?: { before(length: number): string; after(length: number): string };
}

/** A piece of text that is followed through the changes around and inside it. */
export type TrackedRange =
  | {
      readonly state: 'present';
      readonly start: number;
      readonly text: string;
      /** What it was at first. */ readonly asked: string;
    }
  /**
   * The text was deleted. `removed` characters went at once, our text `at` characters behind their start: an undo, or a
   * paste of what was cut, brings exactly them back. `removed` is undefined where little of the text was left to go: a
   * letter typed anywhere would bring it back.
   */
  | { readonly state: 'gone'; readonly text: string; readonly removed: number | undefined; readonly at: number };

/** Starts to follow a text. An empty one is a point, which no deletion can take away. */
export function trackRange(start: number, text: string): TrackedRange {
  return { state: 'present', start, text, asked: text };
}

/** Where a present range ends. */
export function endOf(range: Extract<TrackedRange, { state: 'present' }>): number {
  return range.start + range.text.length;
}

/**
 * The range after one change. What is typed at its edges stays outside, what is typed within belongs to it. A change
 * that replaces it together with its surroundings, as formatters do, is searched for the text.
 */
export function applyChange(range: TrackedRange, change: TextChange): TrackedRange {
  if (range.state === 'gone') return revive(range, change);
  const { start, text } = range;
  const end = endOf(range);
  const changeEnd = change.offset + change.removed;
  const shift = change.text.length - change.removed;

  if (changeEnd <= start) return { ...range, start: start + shift };
  if (change.offset >= end) return range;
  if (range.asked === '') return { ...range, start: change.offset };

  const before = text.slice(0, Math.max(0, change.offset - start));
  const after = text.slice(Math.min(text.length, changeEnd - start));
  if (before && after) return { ...range, text: before + change.text + after };

  const found = nearest(change.text, text, start - change.offset);
  if (found !== undefined) return { ...range, start: change.offset + found };
  if (before) return { ...range, text: before + keptPrefix(text.slice(before.length), change) };
  if (after) {
    const kept = keptSuffix(text.slice(0, text.length - after.length), change) + after;
    return { ...range, start: changeEnd + shift - (kept.length - after.length), text: kept };
  }
  return { state: 'gone', text, removed: text === range.asked ? change.removed : undefined, at: start - change.offset };
}

function revive(range: Extract<TrackedRange, { state: 'gone' }>, change: TextChange): TrackedRange {
  const { text, removed, at } = range;
  const isBack = change.text.length === removed && change.text.startsWith(text, at);
  return isBack ? { state: 'present', start: change.offset + at, text, asked: text } : range;
}

/**
 * How much of the removed end of our text stands there all the same: editors do not always tell the smallest change,
 * and of several smallest ones they may tell the one that we do not expect.
 */
function keptPrefix(ours: string, { text, around }: TextChange): string {
  const written = text + (around?.after(ours.length) ?? '');
  let length = 0;
  while (length < ours.length && ours[length] === written[length]) length++;
  return ours.slice(0, length);
}

function keptSuffix(ours: string, { text, around }: TextChange): string {
  const written = (around?.before(ours.length) ?? '') + text;
  let length = 0;
  while (length < ours.length && length < written.length && ours.at(-1 - length) === written.at(-1 - length)) length++;
  return ours.slice(ours.length - length);
}

/** The occurrence of `text` in `inside` that is nearest to `expected`. */
function nearest(inside: string, text: string, expected: number): number | undefined {
  let best: number | undefined;
  for (let at = inside.indexOf(text); at >= 0; at = inside.indexOf(text, at + 1)) {
    if (best === undefined || Math.abs(at - expected) < Math.abs(best - expected)) best = at;
  }
  return best;
}
