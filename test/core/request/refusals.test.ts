import assert from 'node:assert/strict';
import {
  parseRefusals,
  refusalsOf,
  withoutRefusals,
  withRefusal,
  type Refusal,
} from '../../../src/core/request/refusals';

const DAY_MS = 24 * 60 * 60 * 1000;
const KEY = 'openai@https://api.openai.com#gpt-image-2';
const refusal = (changes: Partial<Refusal> = {}): Refusal => ({ name: 'background', atMs: 1000, ...changes });

describe('what a provider did not take', () => {
  const empty = parseRefusals(undefined, '2026-11-25');

  it('is remembered for thirty days, for that model only', () => {
    const memory = withRefusal(empty, KEY, refusal({ value: 'transparent' }));
    assert.deepEqual(refusalsOf(memory, KEY, 1000), [refusal({ value: 'transparent' })]);
    assert.equal(refusalsOf(memory, KEY, 999 + 30 * DAY_MS).length, 1);
    assert.deepEqual(refusalsOf(memory, KEY, 1000 + 30 * DAY_MS), []);
    assert.deepEqual(refusalsOf(memory, KEY, 999), [], 'a clock that was set back');
    assert.deepEqual(refusalsOf(memory, `${KEY}-mini`, 1000), []);
  });

  it('is told once, by its newest time', () => {
    const memory = [refusal(), refusal({ atMs: 2000, isLeftOut: true }), refusal({ value: 'x' })].reduce(
      (before, one) => withRefusal(before, KEY, one),
      empty,
    );
    assert.deepEqual(refusalsOf(memory, KEY, 3000), [
      refusal({ atMs: 2000, isLeftOut: true }),
      refusal({ value: 'x' }),
    ]);
    assert.deepEqual(refusalsOf(withoutRefusals(memory, KEY, 'background'), KEY, 3000), []);
    assert.equal(refusalsOf(withoutRefusals(memory, KEY, 'size'), KEY, 3000).length, 2);
  });

  it('is forgotten by a newer catalog, and read as nothing where it is odd', () => {
    const memory = withRefusal(empty, KEY, refusal());
    assert.deepEqual(parseRefusals(memory, '2026-11-25'), memory);
    assert.deepEqual(parseRefusals(memory, '2026-12-24').refusals, {});
    for (const odd of [7, {}, { catalog: '2026-11-25', refusals: { x: [{ name: 'seed', atMs: 1 }] } }])
      assert.deepEqual(parseRefusals(odd, '2026-11-25').refusals, {});
  });

  it('is not remembered of more models than anybody tries', () => {
    let memory = empty;
    for (let at = 0; at < 250; at++) memory = withRefusal(memory, String(at), refusal({ atMs: at }));
    assert.equal(Object.keys(memory.refusals).length, 200);
    assert.equal(refusalsOf(memory, '49', 300).length, 0);
    assert.equal(refusalsOf(memory, '50', 300).length, 1);
  });
});
