import assert from 'node:assert/strict';
import sharp from 'sharp';
import type { FileBytes } from '../../../src/core/images/fileBytes';
import { isWhole } from '../../../src/core/images/isWhole';
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
  const file = (bytes: Buffer): FileBytes => ({
    size: bytes.length,
    read: (at, length) => Promise.resolve(bytes.subarray(at, at + length)),
  });
  const check = (extension: string, bytes: Buffer): Promise<boolean> => isWhole(extension, file(bytes));
  const noise = Buffer.from(Array.from({ length: 90 * 90 * 3 }, (_, at) => (at * 7919) % 251));

  for (const format of ['png', 'jpeg', 'webp', 'gif', 'avif', 'svg'] as const) {
    it(`that is ${format} is told from the first half of one`, async () => {
      const image = sharp(noise, { raw: { width: 90, height: 90, channels: 3 } });
      const whole =
        format === 'svg'
          ? Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${'<g></g>'.repeat(900)}</svg>\n`)
          : await image[format]().toBuffer();
      const extension = format === 'jpeg' ? 'jpg' : format;
      assert.equal(await check(extension, whole), true);
      for (const part of [0.5, 0.9, 0.999])
        assert.equal(await check(extension, whole.subarray(0, Math.floor(whole.length * part))), false, String(part));
    });
  }

  it('whose base64 was decoded with letters that do not belong to it is not whole, although it has its ends', async () => {
    const source = sharp(noise, { raw: { width: 90, height: 90, channels: 3 } });
    for (const [extension, bytes] of [
      ['png', await source.png().toBuffer()],
      ['webp', await source.webp({ lossless: true }).toBuffer()],
      ['avif', await source.avif().toBuffer()],
      ['gif', await source.gif().toBuffer()],
    ] as const) {
      const middle = Math.floor(bytes.length / 2);
      const damaged = Buffer.concat([bytes.subarray(0, middle), Buffer.from('damage'), bytes.subarray(middle)]);
      assert.equal(await check(extension, damaged), false, extension);
    }
    const png = await source.png().toBuffer();
    const middle = Math.floor(png.length / 2);
    png.writeUInt8((png[middle] ?? 0) ^ 1, middle);
    assert.equal(await check('png', png), false);
  });

  it('may have what others append to it', async () => {
    const source = sharp(noise, { raw: { width: 90, height: 90, channels: 3 } });
    for (const [extension, bytes, behind] of [
      ['jpg', await source.jpeg().toBuffer(), 'metadata'],
      ['jpg', await source.jpeg({ progressive: true }).toBuffer(), '\0\0'],
      ['gif', await source.gif().toBuffer(), '\0\0\0'],
      ['webp', await source.webp().toBuffer(), '\0\0'],
      ['png', await source.png().toBuffer(), 'metadata'],
    ] as const)
      assert.equal(await check(extension, Buffer.concat([bytes, Buffer.from(behind)])), true, extension);
  });

  it('of several megabytes is followed to its end, piece by piece', async () => {
    const many = Buffer.from(Array.from({ length: 900 * 900 * 3 }, (_, at) => (at * 7919 + ((at * at) % 97)) % 256));
    const source = sharp(many, { raw: { width: 900, height: 900, channels: 3 } });
    for (const [extension, bytes] of [
      ['jpg', await source.jpeg({ quality: 100 }).toBuffer()],
      ['png', await source.png().toBuffer()],
    ] as const) {
      assert.ok(bytes.length > 600_000);
      assert.equal(await check(extension, bytes), true, extension);
      assert.equal(await check(extension, bytes.subarray(0, -9)), false, extension);
    }
  });

  it('that is an SVG without content is whole too, and one that ends with some other element is not', async () => {
    assert.equal(await check('svg', Buffer.from('<?xml version="1.0"?>\n<svg width="1"/>\n')), true);
    assert.equal(await check('svg', Buffer.from('<s:svg xmlns:s="http://www.w3.org/2000/svg"></s:svg>')), true);
    assert.equal(await check('svg', Buffer.from('<svg><path/><path/>')), false);
  });

  it('of a kind that does not tell its end counts as whole', async () =>
    assert.equal(await check('bmp', Buffer.alloc(9)), true));
});
