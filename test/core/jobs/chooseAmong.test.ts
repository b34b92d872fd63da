import assert from 'node:assert/strict';
import { chooseAmong } from '../../../src/core/jobs/chooseAmong';

describe('what is offered with each of several images', () => {
  const images = (linked: string): { id: string; isLinked: boolean }[] =>
    [...'abc'].map((id) => ({ id, isLinked: linked.includes(id) }));
  const rows: readonly (readonly [string, string | undefined, readonly unknown[]])[] = [
    ['', undefined, ['insert', 'insert', 'insert']],
    ['abc', undefined, ['keepOnly', 'keepOnly', 'keepOnly']],
    ['b', undefined, ['replaceInDocument', undefined, 'replaceInDocument']],
    ['b', 'b', ['replaceInDocument', 'deleteOthers', 'replaceInDocument']],
    ['ab', undefined, [undefined, undefined, 'replaceInDocument']],
  ];
  for (const [linked, picked, expected] of rows)
    it(`follows the document: ${linked || 'none'} linked, ${picked ?? 'none'} picked`, () => {
      assert.deepEqual(chooseAmong(images(linked), picked), expected);
    });
});
