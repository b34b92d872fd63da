import assert from 'node:assert/strict';
import { atPointer } from '../../src/core/jsonPointer';

describe('a JSON pointer', () => {
  const value = { a: { b: [1, { 'x/y': 2, 'm~n': 3 }] }, '': 4 };
  for (const [pointer, found] of [
    ['', value],
    ['/a/b/0', 1],
    ['/a/b/1/x~1y', 2],
    ['/a/b/1/m~0n', 3],
    ['/', 4],
    ['/a/c/d', undefined],
    ['/a/b/7', undefined],
    ['/a/b/0/x', undefined],
    ['/constructor', undefined],
  ] as const) {
    it(`${pointer || '(empty)'} finds what it names`, () => assert.equal(atPointer(value, pointer), found));
  }
});
