import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findAnchor, rememberAnchor } from '../../../src/core/anchors/findAnchor';

const TEXT = '# Birds\n\nA heron at dawn.\n\nSome words.\n\nA heron at dawn.\n\nThe end.\n';
const SECOND = TEXT.lastIndexOf('A heron');

function found(text: string, of = { start: SECOND, end: SECOND + 16 }): string | undefined {
  const span = findAnchor(text, rememberAnchor(TEXT, of));
  return span && `${span.start}-${span.end}`;
}

describe('a place that nobody followed', () => {
  it('is found in the same text', () => assert.equal(found(TEXT), `${SECOND}-${SECOND + 16}`));

  it('is remembered with 200 characters on each side, or as many as there are', () => {
    const [before, after] = ['b'.repeat(300), 'a'.repeat(300)];
    assert.deepEqual(rememberAnchor(`${before}kite${after}`, { start: 300, end: 304 }), {
      text: 'kite',
      start: 300,
      before: 'b'.repeat(200),
      after: 'a'.repeat(200),
    });
    assert.deepEqual(rememberAnchor('A kite.', { start: 2, end: 6 }), {
      text: 'kite',
      start: 2,
      before: 'A ',
      after: '.',
    });
  });

  it('is the one among several with its surroundings, wherever they have moved', () => {
    const longer = `Much more at the top.\n\n${TEXT}`;
    assert.equal(found(longer), `${SECOND + 23}-${SECOND + 39}`);
    const shorter = TEXT.replace('# Birds\n\nA heron at dawn.\n\n', '');
    assert.equal(found(shorter), `${SECOND - 27}-${SECOND - 11}`);
  });

  it('is told by what stands behind it where all before it is the same', () => {
    const text = 'See: a kite here. See: a kite there.';
    const second = text.lastIndexOf('a kite');
    const anchor = rememberAnchor(text, { start: second, end: second + 6 });
    const moved = `See: a kite there. ${'x'.repeat(50)} See: a kite here.`;
    assert.equal(findAnchor(moved, { ...anchor, before: 'See: ' })?.start, 5);
  });

  it('is the nearest of several that are equally like it', () => {
    const text = 'A kite. | A kite. | A kite. | A kite.';
    for (const start of [10, 20]) {
      // Of what stood around it, nothing tells one from the other.
      assert.equal(findAnchor(text, { text: 'A kite.', start: start + 2, before: ' | ', after: ' | ' })?.start, start);
    }
    // Where two are equally near, the first one.
    assert.equal(
      findAnchor('x A kite. y x A kite. y', { text: 'A kite.', start: 7, before: 'x ', after: ' y' })?.start,
      2,
    );
  });

  it('is found without its surroundings where its text stands only once', () =>
    assert.equal(found('Look: A heron at dawn.'), '6-22'));

  it('is gone with its text, and where several have nothing of its surroundings', () => {
    assert.equal(found(TEXT.replaceAll('heron', 'gull')), undefined);
    assert.equal(found('xA heron at dawn.xA heron at dawn.x'), undefined);
  });

  it('that is a cursor is known by what stands around it', () => {
    const at = TEXT.indexOf('\n\nThe end');
    const cursor = { start: at + 1, end: at + 1 };
    assert.equal(found(TEXT, cursor), `${at + 1}-${at + 1}`);
    assert.equal(found(`New.\n${TEXT}`, cursor), `${at + 6}-${at + 6}`);
    assert.equal(found('Something else altogether.', cursor), undefined);
    assert.equal(findAnchor('', rememberAnchor('', { start: 0, end: 0 }))?.start, 0);
  });

  it('is always found in the text that it was remembered in, at a place with the same text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), maxLength: 60 }),
        fc.nat(60),
        fc.nat(10),
        (text, at, length) => {
          const start = Math.min(at, text.length);
          const span = { start, end: Math.min(text.length, start + length) };
          assert.deepEqual(findAnchor(text, rememberAnchor(text, span)), span);
        },
      ),
    );
  });
});
