import assert from 'node:assert/strict';
import { mapInSlices } from '../../src/core/mapInSlices';

describe('a long list', () => {
  it('is worked through in its order, and lets others come in between', async () => {
    const others: number[] = [];
    let isDone = false;
    const other = (): void => {
      others.push(performance.now());
      if (!isDone) setImmediate(other);
    };
    setImmediate(other);
    const busy = (item: number, index: number): number => {
      const endMs = performance.now() + 4;
      while (performance.now() < endMs);
      return item * 10 + index;
    };
    assert.deepEqual(await mapInSlices([3, 1, 2], (item, index) => item * 10 + index), [30, 11, 22]);
    assert.deepEqual(others, [], 'a short one needs no pause');
    assert.equal(
      (
        await mapInSlices(
          Array.from({ length: 20 }, () => 1),
          busy,
        )
      ).length,
      20,
    );
    isDone = true;
    assert.ok(others.length >= 3, String(others.length));
  });

  it('ends with what one of its items throws', async () => {
    await assert.rejects(
      mapInSlices([1], () => {
        throw new Error('no');
      }),
      /no/,
    );
  });
});
