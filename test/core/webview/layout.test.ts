import assert from 'node:assert/strict';
import fc from 'fast-check';
import { layOut, lineOf, linesBetween } from '../../../media/gallery/layout';
import type { GalleryItem } from '../../../src/protocol';

const DAY_MS = 86_400_000;
const NOON_MS = new Date(2026, 10, 21, 12).getTime();

const images = (...daysAgo: readonly number[]): GalleryItem[] =>
  daysAgo.map((days, index) => ({
    id: `${index}`,
    prompt: '',
    model: 'm',
    createdMs: NOON_MS - days * DAY_MS - index,
  }));
const name = (ms: number): string => new Date(ms).toDateString();

describe('the layout of the gallery', () => {
  it('has a heading for each day, and as many images in a line as there is room for', () => {
    const { columns, lines, height } = layOut(images(0, 0, 0, 0, 1), 300, name);
    assert.equal(columns, 3);
    assert.deepEqual(
      lines.map(({ top, items, day }) => [top, items?.map(({ id }) => id) ?? day]),
      [
        [0, 'Sat Nov 21 2026'],
        [28, ['0', '1', '2']],
        [128, ['3']],
        [228, 'Fri Nov 20 2026'],
        [256, ['4']],
      ],
    );
    assert.equal(height, 356);
    assert.equal(layOut(images(0), 100, name).columns, 2, 'never fewer than two');
    assert.deepEqual(layOut(images(0), 0, name).lines, [], 'nothing stands anywhere before there is room');
  });

  it('tells what is seen, and what stands next to it, of any number of images', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(3), { maxLength: 60 }),
        fc.integer({ min: 100, max: 900 }),
        fc.nat(3000),
        fc.nat(900),
        (days, width, from, room) => {
          const items = images(...[...days].sort((a, b) => a - b));
          const layout = layOut(items, width, name);
          assert.deepEqual(
            layout.lines.flatMap((line) => line.items ?? []),
            items,
            'every picture once, in its order',
          );
          for (const [index, line] of layout.lines.entries())
            assert.equal(
              line.top,
              index === 0 ? 0 : (layout.lines[index - 1]?.top ?? 0) + (layout.lines[index - 1]?.height ?? 0),
            );
          assert.deepEqual(
            linesBetween(layout, from, from + room),
            layout.lines.filter(({ top, height }) => top + height >= from && top <= from + room),
          );
          for (const index of items.keys())
            assert.ok(lineOf(layout, index)?.items?.includes(items[index] as GalleryItem));
          assert.equal(lineOf(layout, items.length), undefined);
        },
      ),
    );
  });
});
