import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parted, selectionAfter, spansAfter, type Edit } from '../../../src/core/markup/edits';

function applied(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .reverse()
    .reduce((now, { start, end, text: put }) => now.slice(0, start) + put + now.slice(end), text);
}

const TEXT = 'One kite. Two herons. Three boats.';
const EDITS = fc.array(
  fc
    .tuple(fc.nat(TEXT.length), fc.nat(6), fc.string({ maxLength: 5 }))
    .map(([start, length, text]) => ({ start, end: Math.min(TEXT.length, start + length), text })),
  { maxLength: 8 },
);

describe('edits of one text', () => {
  it('that touch each other are not made at once, and none is lost', () => {
    const edits = [
      { start: 9, end: 9, text: 'b' },
      { start: 3, end: 9, text: 'a' },
      { start: 9, end: 9, text: 'c' },
      { start: 20, end: 20, text: 'd' },
    ];
    const { now, later } = parted(edits);
    assert.deepEqual(
      [now.map(({ text }) => text), later.map(({ text }) => text)],
      [
        ['a', 'd'],
        ['b', 'c'],
      ],
    );
  });

  it('are found again where they stand once all of them are made', () => {
    fc.assert(
      fc.property(EDITS, (edits) => {
        const { now, later } = parted(edits);
        assert.equal(now.length + later.length, edits.length);
        const after = applied(TEXT, now);
        const found = spansAfter(now).map(({ start, end }) => after.slice(start, end));
        assert.deepEqual(
          found,
          now.map(({ text }) => text),
        );
      }),
    );
  });

  it('do not grow a selection that ends where one of them begins', () => {
    const edits = [
      { start: 0, end: 0, text: '>> ' },
      { start: 9, end: 9, text: ' ![]' },
    ];
    assert.deepEqual(selectionAfter({ start: 4, end: 9 }, edits), {
      kept: { start: 7, end: 12 },
      grown: { start: 7, end: 16 },
    });
    assert.equal(selectionAfter({ start: 9, end: 9 }, edits), undefined, 'a cursor');
    assert.equal(selectionAfter({ start: 4, end: 8 }, edits), undefined, 'it ends elsewhere');
    assert.equal(selectionAfter({ start: 4, end: 9 }, [{ start: 9, end: 11, text: 'x' }]), undefined, 'a replacement');
  });
});
