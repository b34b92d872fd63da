import assert from 'node:assert/strict';
import fc from 'fast-check';
import sharp from 'sharp';
import { detectMediaType } from '../../../src/core/files/mediaType';
import { drawPlaceholder, METADATA_NAMESPACE } from '../../../src/core/providers/placeholder/drawPlaceholder';
import { textWidthEm, wrapText } from '../../../src/core/providers/placeholder/wrapText';

/** Reads back what a later replacement will look for. */
function requestOf(svg: string): unknown {
  const json = new RegExp(`<request xmlns="${METADATA_NAMESPACE}">([^<]*)</request>`).exec(svg)?.[1] ?? '';
  return JSON.parse(json.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))));
}

describe('a placeholder', () => {
  const draw = (prompt: string, width = 1024, height = 768, index = 1): string => drawPlaceholder({ prompt, width, height, index });

  it('has the asked size, the title, the caption and the request', () => {
    const svg = draw('A cat & a <dog> "at" night');
    assert.deepEqual(detectMediaType(new TextEncoder().encode(svg)), { extension: 'svg', mediaType: 'image/svg+xml', size: '1024x768' });
    assert.match(svg, /<title>A cat &#38; a &#60;dog&#62; &#34;at&#34; night<\/title>/);
    assert.match(svg, /1024 × 768/);
    assert.deepEqual(requestOf(svg), { prompt: 'A cat & a <dog> "at" night', size: '1024x768', index: 1 });
  });

  it('is an SVG that another program draws, whatever the prompt holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom([64, 64], [1024, 256], [300, 900]), async (prompt, [width = 0, height = 0]) => {
        const { info } = await sharp(Buffer.from(draw(prompt, width, height))).png().toBuffer({ resolveWithObject: true });
        assert.deepEqual([info.width, info.height], [width, height]);
      }),
      { numRuns: 60 },
    );
  });

  it('has one colour for a prompt, and other colours for others', () => {
    const fill = (svg: string): string => /fill="(hsl[^"]+)"/.exec(svg)?.[1] ?? '';
    assert.equal(fill(draw('A cat')), fill(draw('A cat', 512, 512)));
    assert.notEqual(fill(draw('A cat')), fill(draw('A dog')));
    assert.notEqual(draw('A cat', 64, 64, 1), draw('A cat', 64, 64, 2));
  });
});

describe('wrapped text', () => {
  it('keeps every line within its width, in every script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 4, max: 30 }), (text, maxEm) => {
        for (const line of wrapText(text, maxEm, 5).lines) assert.ok(textWidthEm(line) <= maxEm, line);
      }),
    );
  });

  it('breaks between words and loses none', () => {
    const text = 'A small lighthouse on a cliff at dusk, its beam just lit.';
    const { lines, complete } = wrapText(text, 12, 20);
    assert.ok(complete && lines.length > 2);
    assert.equal(lines.join(' '), text);
    assert.deepEqual(wrapText('雨中的灯塔', 3.2, 9).lines.join(''), '雨中的灯塔');
  });

  it('ends with an ellipsis where it does not fit', () => {
    const { lines, complete } = wrapText('word '.repeat(100), 10, 3);
    assert.equal(complete, false);
    assert.equal(lines.length, 3);
    assert.match(lines[2] ?? '', /…$/);
  });
});
