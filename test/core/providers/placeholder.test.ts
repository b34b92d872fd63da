import assert from 'node:assert/strict';
import fc from 'fast-check';
import sharp from 'sharp';
import { providerOf } from '../../../src/core/catalog/providers';
import { detectMediaType } from '../../../src/core/files/mediaType';
import { createProvider } from '../../../src/core/providers/createProvider';
import { drawPlaceholder, METADATA_NAMESPACE } from '../../../src/core/providers/placeholder/drawPlaceholder';
import { composeRequest } from '../../../src/core/request/composeRequest';
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

  it('shows all of its words, from the first line to the last, as large as they fit', () => {
    const shown = (svg: string): { words: string; px: number; lastY: number } => {
      const [, px = '', spans = ''] = /<text fill="#fff"[^>]* font-size="([\d.]+)"[^>]*>(.*?)<\/text>/.exec(svg) ?? [];
      const lines = [...spans.matchAll(/<tspan x="[\d.]+" y="([\d.]+)">([^<]*)<\/tspan>/g)];
      return { words: lines.map(([, , line]) => line).join(' '), px: Number(px), lastY: Number(lines.at(-1)?.[1]) };
    };
    const short = shown(draw('A cat at night'));
    assert.equal(short.words, 'A cat at night');
    assert.ok(short.px > 60, `${short.px} px for four words`);
    const long = Array.from({ length: 120 }, (_, index) => `word${index}`).join(' ');
    const large = shown(draw(long));
    assert.equal(large.words, long);
    assert.ok(large.px < short.px && large.px > 11 && large.lastY < 768 * 0.9, `${large.px} px, last line at ${large.lastY}`);
    const tiny = shown(draw(long, 64, 64));
    assert.ok(tiny.px === 11 && tiny.words.endsWith('…') && long.startsWith(tiny.words.slice(0, -1)), tiny.words);
  });

  it('has one colour for a prompt, and other colours for others', () => {
    const fill = (svg: string): string => /fill="(hsl[^"]+)"/.exec(svg)?.[1] ?? '';
    assert.equal(fill(draw('A cat')), fill(draw('A cat', 512, 512)));
    assert.notEqual(fill(draw('A cat')), fill(draw('A dog')));
    assert.notEqual(draw('A cat', 64, 64, 1), draw('A cat', 64, 64, 2));
  });
});

describe('the provider of placeholders', () => {
  it('draws as many as are asked for, each with its number, in the size that is asked for', async () => {
    const request = composeRequest(providerOf('placeholder'), { prompt: 'A cat', fields: { n: 3, size: '640x480' } });
    const answer = await createProvider(providerOf('placeholder'), () => assert.fail('there is no service to reach')).submit(request, { signal: new AbortController().signal, onWait: () => undefined, onPreview: () => Promise.resolve() });
    assert.ok(answer.state === 'images');
    const svgs = answer.images.map(({ source }) => (source.kind === 'bytes' ? new TextDecoder().decode(source.bytes) : ''));
    assert.deepEqual(svgs.map(requestOf), [1, 2, 3].map((index) => ({ prompt: 'A cat', size: '640x480', index })));
  });

  it('draws a square where no size is asked for', async () => {
    const request = composeRequest(providerOf('placeholder'), { prompt: 'A cat', fields: {} });
    const answer = await createProvider(providerOf('placeholder'), () => assert.fail()).submit(request, { signal: new AbortController().signal, onWait: () => undefined, onPreview: () => Promise.resolve() });
    assert.ok(answer.state === 'images' && answer.images.length === 1 && answer.images[0]?.source.kind === 'bytes');
    assert.equal(detectMediaType(answer.images[0].source.bytes)?.size, '1024x1024');
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

  it('ends with an ellipsis where it does not fit, and only there', () => {
    const text = Array.from({ length: 100 }, (_, index) => `w${index}`).join(' ');
    const { lines, complete } = wrapText(text, 10, 3);
    assert.equal(complete, false);
    assert.equal(lines.length, 3);
    assert.ok(text.startsWith(lines.join(' ').replace(/…$/, '')) && lines.join('').indexOf('…') === lines.join('').length - 1, lines.join(' / '));
    // As much as there is room for.
    assert.ok(textWidthEm(lines[2] ?? '') > 7, lines[2]);
    assert.deepEqual(wrapText('two words', 30, 1), { lines: ['two words'], complete: true });
  });
});
