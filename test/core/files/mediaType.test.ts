import assert from 'node:assert/strict';
import sharp from 'sharp';
import { detectMediaType } from '../../../src/core/files/mediaType';

describe('the media type', () => {
  for (const [format, extension, mediaType] of [['png', 'png', 'image/png'], ['jpeg', 'jpg', 'image/jpeg'], ['webp', 'webp', 'image/webp'], ['gif', 'gif', 'image/gif'], ['avif', 'avif', 'image/avif']] as const) {
    it(`of ${format} comes from its bytes, with its size`, async () => {
      const bytes = await sharp({ create: { width: 48, height: 32, channels: 3, background: '#123456' } })[format]().toBuffer();
      assert.deepEqual(detectMediaType(bytes), { extension, mediaType, width: 48, height: 32 });
    });
  }

  it('of an SVG too', () => {
    const bytes = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20"></svg>');
    assert.deepEqual(detectMediaType(bytes), { extension: 'svg', mediaType: 'image/svg+xml', width: 10, height: 20 });
  });

  for (const [content, what] of [['<!doctype html><p>Gone', 'a web page'], ['{"error":"x"}', 'JSON'], ['', 'nothing'], ['plain words', 'other data']]) {
    it(`is refused for ${what}`, () => assert.throws(() => detectMediaType(new TextEncoder().encode(content)), new RegExp(`${what} instead of a picture`)));
  }
});
