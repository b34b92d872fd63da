import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { PictorError } from '../../../src/core/errors';
import { inspectImage } from '../../../src/core/images/inspectImage';
import { StagingArea } from '../../../src/core/files/staging';

const staging = new StagingArea(mkdtempSync(path.join(tmpdir(), 'pictor-inspect-')));
const noise = Buffer.from(Array.from({ length: 200 * 200 * 3 }, (_, at) => (at * 7919) % 251));
const image = (): Sharp => sharp(noise, { raw: { width: 200, height: 200, channels: 3 } });

/** A JPEG with so many bytes between its start and its size, as a certificate of origin puts them there. */
async function withSegments(bytes: number): Promise<Buffer> {
  const jpeg = await image().jpeg().toBuffer();
  const size = 60_000;
  const segment = Buffer.alloc(size + 4);
  segment.writeUInt16BE(0xffeb, 0);
  segment.writeUInt16BE(size + 2, 2);
  return Buffer.concat([
    jpeg.subarray(0, 2),
    ...Array.from({ length: Math.ceil(bytes / size) }, () => segment),
    jpeg.subarray(2),
  ]);
}

describe('a staged file', () => {
  it('is told by its bytes, with its size', async () => {
    const file = await staging.add(await image().png().toBuffer());
    assert.deepEqual(await inspectImage(file), { extension: 'png', mediaType: 'image/png', size: '200x200' });
  });

  it('that claims to be enormous is read no further than its header', async () => {
    const png = await image().png().toBuffer();
    png.writeUInt32BE(65_535, 16);
    png.writeUInt32BE(65_535, 20);
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    const file = await staging.add(png);
    const before = process.memoryUsage();
    assert.equal((await inspectImage(file)).size, '65535x65535');
    const after = process.memoryUsage();
    // Decoded, it would take 17 GB.
    assert.ok(after.arrayBuffers - before.arrayBuffers < 1 << 20 && after.rss - before.rss < 64 << 20);
  });

  it('cannot hold us up for ever', async () => {
    const box = (type: string, content: Buffer): Buffer =>
      Buffer.concat([Buffer.from([0, 0, 0, content.length + 8]), Buffer.from(type, 'latin1'), content]);
    const ispe = box('ispe', Buffer.from([0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 16]));
    const meta = box('meta', Buffer.concat([Buffer.alloc(4), box('iprp', box('ipco', ispe))]));
    const endless = Buffer.concat([Buffer.from([0, 0, 0, 1]), Buffer.from('free'), Buffer.alloc(8), Buffer.alloc(64)]);
    for (const hostile of [
      Buffer.concat([box('ftyp', Buffer.from('avif\0\0\0\0avif', 'latin1')), meta, endless]),
      Buffer.from('<!---->'.repeat(300)),
      Buffer.from(`<!--${'-->x<!--'.repeat(250)}`),
    ]) {
      const file = await staging.add(hostile);
      // One that was read for ever would end at the time limit of the test.
      await assert.rejects(inspectImage(file), PictorError);
    }
  });

  it('may have a long certificate before its size', async () => {
    const file = await staging.add(await withSegments(500_000));
    assert.deepEqual(await inspectImage(file), { extension: 'jpg', mediaType: 'image/jpeg', size: '200x200' });
  });

  it('that is only a part is refused, and another try may help', async () => {
    const whole = await image().png().toBuffer();
    const file = await staging.add(whole.subarray(0, -20));
    await assert.rejects(
      inspectImage(file),
      (error) =>
        error instanceof PictorError &&
        error.kind === 'badAnswer' &&
        error.details.retryable === true &&
        error.message.includes('only a part'),
    );
  });

  for (const [content, says] of [
    ['', /delivered nothing/],
    ['{"error":"gone"}', /delivered JSON/],
    ['<!doctype html>', /delivered a web page/],
  ] as const) {
    it(`that is ${content || 'empty'} is refused, and can be read`, async () => {
      await assert.rejects(
        inspectImage(await staging.add(Buffer.from(content))),
        (error) => error instanceof PictorError && says.test(error.message) && error.details.answer === content,
      );
    });
  }

  it('of several writes is whole', async () => {
    const file = await staging.create();
    for (let at = 0; at < 9; at++) await file.write(Buffer.alloc(100_000, at));
    assert.equal((await file.finish()).bytes, 900_000);
  });
});
