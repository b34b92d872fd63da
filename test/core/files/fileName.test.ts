import assert from 'node:assert/strict';
import fc from 'fast-check';
import { promptSlug, safeName } from '../../../src/core/files/fileName';

const FORBIDDEN = /[<>:"/\\|?*\p{Cc}\p{Cs}]/u;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

describe('a name from a prompt', () => {
  const names: [string, string][] = [
    ['A small Lighthouse, at dusk!', 'a-small-lighthouse-at-dusk'],
    ["The keeper's lamp", 'the-keepers-lamp'],
    ['雨中的灯塔，水彩画。', '雨中的灯塔-水彩画'],
    ["İstanbul'da ışıklı köprü", 'istanbulda-ışıklı-köprü'],
    ['Ein Bär über Öl', 'ein-bär-über-öl'],
    ['قطة على سجادة', 'قطة-على-سجادة'],
    ['🐱🌈', '🐱🌈'],
    ['👩‍🚀 🇹🇷', '👩‍🚀-🇹🇷'],
    ['🐱 in space', 'in-space'],
    ['…!?', 'image'],
    ['', 'image'],
  ];
  for (const [prompt, slug] of names)
    it(`${JSON.stringify(prompt)} gives ${slug}`, () => assert.equal(promptSlug(prompt), slug));

  it('is the same for both Unicode forms of a letter', () => {
    assert.equal(promptSlug('caf\u0065\u0301'), promptSlug('caf\u00e9'));
  });

  it('ends with a whole word', () => {
    assert.match(promptSlug('lighthouse '.repeat(20)), /^(lighthouse-)*lighthouse$/);
  });
});

describe('a safe name', () => {
  it('is accepted by Windows, macOS and Linux, and fits with a number and an extension', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 400 }),
          fc.string({ unit: fc.constantFrom(...'.. /\\:con nul\u0000🐱') }),
        ),
        (text) => {
          const name = safeName(text);
          assert.ok(name.length > 0);
          assert.doesNotMatch(name, FORBIDDEN);
          assert.doesNotMatch(name, RESERVED);
          assert.doesNotMatch(name, /^[. ]|[. ]$/);
          assert.ok(Buffer.byteLength(`${name}-100000.webp`) <= 255);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('goes around the devices of Windows', () => {
    assert.equal(safeName('CON'), 'CON-image');
    assert.equal(safeName('nul.old'), 'nul-image.old');
    assert.equal(safeName('console'), 'console');
    assert.deepEqual(
      ['a', 'é', '雨'].map((letter) => safeName(letter.repeat(200)).length),
      [180, 90, 60],
      'as much as fits into 180 bytes',
    );
  });
});
