import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  applyChange,
  endOf,
  trackRange,
  type TextChange,
  type TrackedRange,
} from '../../../src/core/anchors/trackedRange';

interface Cell {
  readonly char: string;
  /** `within` was typed inside of the asked text, `typed` elsewhere. */
  readonly origin: 'before' | 'asked' | 'within' | 'after' | 'typed';
}

const BEFORE = 'The first lines. ';
const ASKED = 'A cat on a red mat';
const AFTER = '. The last lines.';

function cells(text: string, origin: Cell['origin']): Cell[] {
  return [...text].map((char) => ({ char, origin }));
}

/** Letters that the document does not have, so that a typed text is never taken for the asked one. */
const typed = fc.string({ unit: fc.constantFrom('x', 'y', 'z', '\n'), maxLength: 6 });

/**
 * As many letters as the text has, and no letter twice in a whole run: what is typed anew is not what stood there
 * before.
 */
let nextLetter = 0;
function fresh(text: string): string {
  return Array.from(text, () => String.fromCharCode(0x4e00 + (nextLetter++ % 0x5000))).join('');
}

/** A change as shares of the text's length at that moment. */
const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), removed: fc.nat({ max: 12 }), text: typed });

function asChange(length: number, { at, removed, text }: { at: number; removed: number; text: string }): TextChange {
  const offset = Math.floor(at * length);
  return { offset, removed: Math.min(removed, length - offset), text };
}

function isOurs({ origin }: Cell): boolean {
  return origin === 'asked' || origin === 'within';
}

function textOf(document: readonly Cell[]): string {
  return document.map(({ char }) => char).join('');
}

function present(range: TrackedRange): Extract<TrackedRange, { state: 'present' }> {
  assert.equal(range.state, 'present');
  return range;
}

function apply(text: string, { offset, removed, text: inserted }: TextChange): string {
  return text.slice(0, offset) + inserted + text.slice(offset + removed);
}

describe('a tracked range', () => {
  it('holds what is left of the asked text, and nothing from around it, after any edits', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 25 }), (edits) => {
        let document = [...cells(BEFORE, 'before'), ...cells(ASKED, 'asked'), ...cells(AFTER, 'after')];
        let range = trackRange(BEFORE.length, ASKED);
        for (const shares of edits) {
          const change = asChange(document.length, { ...shares, text: fresh(shares.text) });
          const head = document.slice(0, change.offset);
          const tail = document.slice(change.offset + change.removed);
          document = [
            ...head,
            ...cells(change.text, head.some(isOurs) && tail.some(isOurs) ? 'within' : 'typed'),
            ...tail,
          ];
          range = applyChange(range, change);
          const ours = document.flatMap((cell, index) => (isOurs(cell) ? [index] : []));
          if (ours.length === 0) return assert.equal(range.state, 'gone');
          const { start, text } = present(range);
          assert.equal(textOf(document.slice(start, start + text.length)), text);
          assert.deepEqual([start, endOf(present(range)) - 1], [ours[0], ours.at(-1)]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('moves with edits above it and ignores edits below it', () => {
    const range = trackRange(10, 'asked');
    assert.deepEqual(applyChange(range, { offset: 0, removed: 2, text: 'longer' }), { ...range, start: 14 });
    assert.deepEqual(applyChange(range, { offset: 20, removed: 5, text: '' }), range);
  });

  it('leaves what is typed at its edges outside', () => {
    const range = trackRange(10, 'asked');
    assert.deepEqual(applyChange(range, { offset: 15, removed: 0, text: ' and more' }), range);
    assert.deepEqual(applyChange(range, { offset: 10, removed: 0, text: 'so ' }), { ...range, start: 13 });
  });

  it('is found again in a replacement of the whole document', () => {
    fc.assert(
      fc.property(typed, typed, (head, tail) => {
        const text = BEFORE + ASKED + AFTER;
        const range = applyChange(trackRange(BEFORE.length, ASKED), {
          offset: 0,
          removed: text.length,
          text: head + ASKED + tail,
        });
        assert.equal(present(range).start, head.length);
      }),
    );
  });

  it('is whole again when a change wrote its end or its start anew', () => {
    const range = trackRange(10, 'A cat.');
    assert.deepEqual(applyChange(range, { offset: 15, removed: 12, text: '. Other' }), range);
    assert.deepEqual(applyChange(range, { offset: 2, removed: 10, text: 'longer than it was A ' }), {
      ...range,
      start: 21,
    });
    assert.deepEqual(applyChange(range, { offset: 12, removed: 6, text: 'cow' }), { ...range, text: 'A c' });
  });

  it('is whole again when the same letters stand behind a deletion', () => {
    const following = '. Next';
    const around = { before: () => '', after: (length: number) => following.slice(0, length) };
    assert.deepEqual(
      applyChange(trackRange(10, 'A cat.'), { offset: 15, removed: 12, text: '', around }),
      trackRange(10, 'A cat.'),
    );
  });

  it('takes the nearest of several occurrences', () => {
    const range = applyChange(trackRange(6, 'cat'), { offset: 0, removed: 12, text: 'cat and cat and cat' });
    assert.equal(present(range).start, 8);
  });

  it('is gone when its text is deleted, and comes back with an undo or a paste elsewhere', () => {
    const deletion: TextChange = { offset: BEFORE.length - 2, removed: ASKED.length + 4, text: '' };
    const whole = BEFORE + ASKED + AFTER;
    const cut = whole.slice(deletion.offset, deletion.offset + deletion.removed);
    const gone = applyChange(trackRange(BEFORE.length, ASKED), deletion);
    assert.equal(gone.state, 'gone');
    for (const offset of [deletion.offset, 3]) {
      const document = apply(apply(whole, deletion), { offset, removed: 0, text: cut });
      const { start, text } = present(applyChange(gone, { offset, removed: 0, text: cut }));
      assert.equal(document.slice(start, start + text.length), ASKED);
    }
    assert.equal(applyChange(gone, { offset: 0, removed: 0, text: 'something else' }).state, 'gone');
  });

  it('does not come back with a letter, after its text was deleted letter by letter', () => {
    let range = trackRange(2, 'red house');
    for (let end = 11; end > 2; end--) range = applyChange(range, { offset: end - 1, removed: 1, text: '' });
    assert.equal(range.state, 'gone');
    assert.equal(applyChange(range, { offset: 20, removed: 0, text: 'r' }).state, 'gone');
  });

  it('is gone when other words are typed over it', () => {
    assert.equal(applyChange(trackRange(4, 'cat'), { offset: 4, removed: 3, text: 'd' }).state, 'gone');
  });

  it('keeps a bare cursor position through everything', () => {
    let range = trackRange(5, '');
    range = applyChange(range, { offset: 0, removed: 10, text: '' });
    assert.equal(present(range).start, 0);
    assert.equal(present(applyChange(range, { offset: 0, removed: 0, text: 'typed' })).start, 5);
  });
});
