import assert from 'node:assert/strict';
import sharp from 'sharp';
import { isWhole, type FileEnds } from '../../../src/core/images/isWhole';
import { describeContent, detectMediaType } from '../../../src/core/images/mediaType';

describe('the media type', () => {
  for (const [format, extension, mediaType] of [
    ['png', 'png', 'image/png'],
    ['jpeg', 'jpg', 'image/jpeg'],
    ['webp', 'webp', 'image/webp'],
    ['gif', 'gif', 'image/gif'],
    ['avif', 'avif', 'image/avif'],
  ] as const) {
    it(`of ${format} comes from its bytes, with its size`, async () => {
      const image = sharp({ create: { width: 48, height: 32, channels: 3, background: '#123456' } });
      const bytes = await image.toFormat(format).toBuffer();
      assert.deepEqual(detectMediaType(bytes), { extension, mediaType, size: '48x32' });
    });
  }

  it('of an SVG too', () => {
    const bytes = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20"></svg>');
    assert.deepEqual(detectMediaType(bytes), { extension: 'svg', mediaType: 'image/svg+xml', size: '10x20' });
  });

  it('of an SVG that says no size is no reason to lose it', () => {
    const svg = new TextEncoder().encode(
      '<?xml version="1.0"?>\n<!-- x --><svg xmlns="http://www.w3.org/2000/svg" width="100%"><path/></svg>',
    );
    assert.deepEqual(detectMediaType(svg), { extension: 'svg', mediaType: 'image/svg+xml' });
  });

  it('is not that of an image for what only looks like one', () => {
    for (const content of [
      '<!doctype html><html><svg width="10" height="20"></svg>',
      '{"icon":"<svg width=\'1\' height=\'1\'></svg>"}',
      'P3 is not a model that we have',
      '\0'.repeat(64),
      'BMW is not a bitmap, and this text is long enough to be read as one.',
    ]) {
      assert.equal(detectMediaType(new TextEncoder().encode(content)), undefined, content.slice(0, 20));
    }
  });

  for (const [content, what] of [
    ['<!doctype html><p>Gone', 'a web page'],
    ['{"error":"x"}', 'JSON'],
    ['', 'nothing'],
    ['plain words', 'a text'],
    ['Rate limit reached – see https://x.example/limits?a=1', 'a text'],
    [`${'ä'.repeat(1023)}xä`, 'a text'],
    ['\u0001\u0002', 'other data'],
  ] as const) {
    it(`is refused for ${what}`, () => {
      const bytes = new TextEncoder().encode(content);
      assert.equal(detectMediaType(bytes), undefined);
      assert.equal(describeContent(bytes), what);
    });
  }
});

describe('an image', () => {
  const ends = (bytes: Buffer): FileEnds => ({ head: bytes, tail: bytes.subarray(-4096), bytes: bytes.length });
  const noise = Buffer.from(Array.from({ length: 90 * 90 * 3 }, (_, at) => (at * 7919) % 251));

  for (const format of ['png', 'jpeg', 'webp', 'gif', 'avif', 'svg'] as const) {
    it(`that is ${format} is told from the first half of one`, async () => {
      const image = sharp(noise, { raw: { width: 90, height: 90, channels: 3 } });
      const whole =
        format === 'svg'
          ? Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${'<g></g>'.repeat(900)}</svg>\n`)
          : await image[format]().toBuffer();
      const extension = format === 'jpeg' ? 'jpg' : format;
      assert.ok(isWhole(extension, ends(whole)));
      assert.ok(!isWhole(extension, ends(whole.subarray(0, whole.length / 2))));
    });
  }

  it('that is an SVG without content is whole too, and one that ends with some other element is not', () => {
    assert.ok(isWhole('svg', ends(Buffer.from('<?xml version="1.0"?>\n<svg width="1"/>\n'))));
    assert.ok(!isWhole('svg', ends(Buffer.from('<svg><path/><path/>'))));
  });

  it('of a kind that does not tell its end counts as whole', () => assert.ok(isWhole('bmp', ends(Buffer.alloc(9)))));
});
