import assert from 'node:assert/strict';
import fc from 'fast-check';
import sharp from 'sharp';
import { providerOf } from '../../../src/core/catalog/providers';
import { detectMediaType } from '../../../src/core/images/mediaType';
import { createImagesApi } from '../../../src/core/providers/createImagesApi';
import { drawPlaceholder, METADATA_NAMESPACE } from '../../../src/core/providers/placeholder/drawPlaceholder';
import { composeRequest } from '../../../src/core/request/composeRequest';
import { textWidthEm, wrapText } from '../../../src/core/providers/placeholder/wrapText';

/** Reads back what a later replacement will look for. */
function requestOf(svg: string): unknown {
  const json = new RegExp(`<request xmlns="${METADATA_NAMESPACE}">([^<]*)</request>`).exec(svg)?.[1] ?? '';
  return JSON.parse(json.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))));
}

describe('a placeholder', () => {
  const draw = (prompt: string, width = 1024, height = 768, index = 1): string =>
    drawPlaceholder({ prompt, width, height, index });

  it('has the asked size, the title, the caption and the request', () => {
    const svg = draw('A cat & a <dog> "at" night');
    assert.deepEqual(detectMediaType(new TextEncoder().encode(svg)), {
      extension: 'svg',
      mediaType: 'image/svg+xml',
      size: '1024x768',
    });
    assert.match(svg, /<title>A cat &#38; a &#60;dog&#62; &#34;at&#34; night<\/title>/);
    assert.match(svg, /1024 × 768/);
    assert.deepEqual(requestOf(svg), { prompt: 'A cat & a <dog> "at" night', size: '1024x768', index: 1 });
  });

  it('is an SVG that another program draws, whatever the prompt holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom([64, 64], [1024, 256], [300, 900]),
        async (prompt, [width = 0, height = 0]) => {
          const { info } = await sharp(Buffer.from(draw(prompt, width, height)))
            .png()
            .toBuffer({ resolveWithObject: true });
          assert.deepEqual([info.width, info.height], [width, height]);
        },
      ),
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
    assert.ok(
      large.px < short.px && large.px > 11 && large.lastY < 768 * 0.9,
      `${large.px} px, last line at ${large.lastY}`,
    );
    const tiny = shown(draw(long, 64, 64));
    assert.ok(tiny.px === 11 && tiny.words.endsWith('…') && long.startsWith(tiny.words.slice(0, -1)), tiny.words);
  });

  it('is the same for ever, so that a document’s history shows no change where there is none', () => {
    const drawing = (svg: string): string[] => svg.trim().split('\n').slice(3);
    assert.deepEqual(drawing(draw('A cat')), [
      '<rect width="100%" height="100%" fill="hsl(280 45% 24%)"/>',
      '<rect x="16" y="16" width="992" height="736" fill="none" stroke="hsl(280 60% 70%)" stroke-width="4" stroke-dasharray="16"/>',
      '<text fill="#fff" font-family="system-ui, sans-serif" font-size="65.3" text-anchor="middle"><tspan x="512" y="406.8">A cat</tspan></text>',
      '<text fill="hsl(280 60% 85%)" font-family="system-ui, sans-serif" font-size="32" text-anchor="middle" x="512" y="729.6">1024 × 768</text>',
      '</svg>',
    ]);
    assert.deepEqual(drawing(draw('A small lighthouse on a cliff at dusk, its beam just lit.', 300, 900, 2)), [
      '<rect width="100%" height="100%" fill="hsl(86 45% 24%)"/>',
      '<rect x="6.3" y="6.3" width="287.5" height="887.5" fill="none" stroke="hsl(86 60% 70%)" stroke-width="1.6" stroke-dasharray="6.3"/>',
      '<text fill="#fff" font-family="system-ui, sans-serif" font-size="30" text-anchor="middle"><tspan x="150" y="382.5">A small</tspan><tspan x="150" y="421.5">lighthouse on a</tspan><tspan x="150" y="460.5">cliff at dusk,</tspan><tspan x="150" y="499.5">its beam just</tspan><tspan x="150" y="538.5">lit.</tspan></text>',
      '<text fill="hsl(86 60% 85%)" font-family="system-ui, sans-serif" font-size="12.5" text-anchor="middle" x="150" y="885">300 × 900</text>',
      '</svg>',
    ]);
  });

  it('has a caption that can be read in the smallest image, and does not fill the largest', () => {
    const captionPx = (side: number): string | undefined =>
      /font-size="([\d.]+)" text-anchor="middle" x=/.exec(draw('A cat', side, side))?.[1];
    assert.deepEqual([64, 240, 8192].map(captionPx), ['8', '10', '40']);
  });

  it('has a line, however flat it is', () => {
    assert.equal([...draw('word '.repeat(30), 400, 12).matchAll(/<tspan/g)].length, 1);
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
    const answer = await createImagesApi(providerOf('placeholder'), () =>
      assert.fail('there is no service to reach'),
    ).submit(request, {
      signal: new AbortController().signal,
      onWait: () => undefined,
      onPreview: () => Promise.resolve(),
    });
    assert.ok(answer.state === 'images');
    const svgs = answer.images.map(({ source }) =>
      source.kind === 'bytes' ? new TextDecoder().decode(source.bytes) : '',
    );
    assert.deepEqual(
      svgs.map(requestOf),
      [1, 2, 3].map((index) => ({ prompt: 'A cat', size: '640x480', index })),
    );
  });

  it('draws a square where no size is asked for', async () => {
    const request = composeRequest(providerOf('placeholder'), { prompt: 'A cat', fields: {} });
    const answer = await createImagesApi(providerOf('placeholder'), () => assert.fail()).submit(request, {
      signal: new AbortController().signal,
      onWait: () => undefined,
      onPreview: () => Promise.resolve(),
    });
    assert.ok(answer.state === 'images' && answer.images.length === 1 && answer.images[0]?.source.kind === 'bytes');
    assert.equal(detectMediaType(answer.images[0].source.bytes)?.size, '1024x1024');
  });
});

describe('wrapped text', () => {
  it('is measured by the kinds of its characters', () => {
    assert.deepEqual(['a', 'W', 'i', ' ', '雨', '🚀'].map(textWidthEm), [0.6, 0.8, 0.35, 0.35, 1.05, 1.05]);
    assert.equal(textWidthEm('👩‍🚀').toFixed(2), '1.05', 'what is one character to a person is one');
    assert.equal(textWidthEm('A cat').toFixed(2), '2.70');
  });

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
    assert.ok(
      text.startsWith(lines.join(' ').replace(/…$/, '')) && lines.join('').indexOf('…') === lines.join('').length - 1,
      lines.join(' / '),
    );
    // As much as there is room for.
    assert.ok(textWidthEm(lines[2] ?? '') > 7, lines[2]);
    assert.deepEqual(wrapText('two words', 30, 1), { lines: ['two words'], complete: true });
  });
});
