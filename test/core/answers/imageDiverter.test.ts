import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { Base64Decoder, decodedLength } from '../../../src/core/answers/base64Decoder';
import { ImageDiverter } from '../../../src/core/answers/imageDiverter';
import { PictorError } from '../../../src/core/errors';
import { StagingArea } from '../../../src/core/files/staging';

const directory = mkdtempSync(path.join(tmpdir(), 'pictor-diverter-'));
const staging = new StagingArea(directory);
const image = (bytes: number, seed = 7): Buffer =>
  Buffer.from(Array.from({ length: bytes }, (_, at) => (at * seed) % 251));

interface Diverted {
  readonly text: string;
  readonly diverter: ImageDiverter;
}

/** Feeds a text in pieces of the given sizes, over and over. */
async function divert(text: string, sizes: readonly number[] = [65_536], maxBytes = 1 << 20): Promise<Diverted> {
  const pieces: string[] = [];
  const diverter = new ImageDiverter(staging, maxBytes, (piece) => pieces.push(piece));
  const bytes = Buffer.from(text);
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    await diverter.push(bytes.subarray(at, at + size));
    at += size;
  }
  await diverter.end();
  return { text: pieces.join(''), diverter };
}

function contentOf({ diverter }: Diverted, token: unknown): Buffer {
  const file = diverter.find(String(token));
  assert.ok(file, String(token));
  return readFileSync(file.path);
}

describe('a large image in an answer', () => {
  it('goes to a file, whatever the pieces in which it arrives and however its base64 is written', async () => {
    const writings = [
      (base64: string): string => base64,
      (base64: string): string => base64.replaceAll('/', '\\/'),
      (base64: string): string => base64.replaceAll('+', '\\u002B').replaceAll('=', '\\u003d'),
      (base64: string): string => base64.replace(/(.{76})/g, '$1\\r\\n'),
      (base64: string): string => base64.replaceAll('=', ''),
      (base64: string): string => `data:image\\/png;base64,${base64}`,
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 3200, max: 9000 }),
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...writings),
        async (length, sizes, write) => {
          const bytes = image(length);
          const json = `{"created":1,"data":[{"b64_json":"${write(bytes.toString('base64'))}","revised_prompt":"a \\"cät\\" \\\\"}],"usage":null}`;
          const diverted = await divert(json, sizes);
          const { data } = JSON.parse(diverted.text) as { data: { b64_json: string; revised_prompt: string }[] };
          assert.equal(data[0]?.revised_prompt, 'a "cät" \\');
          assert.ok(contentOf(diverted, data[0].b64_json).equals(bytes));
          assert.equal(diverter(diverted).length, 1);
        },
      ),
      { numRuns: 60 },
    );
  });

  const diverter = (diverted: Diverted): readonly unknown[] => diverted.diverter.whole;

  it('is one of several, each in a file of its own', async () => {
    const images = [image(5000, 3), image(6000, 5), image(7000, 11)];
    const diverted = await divert(
      JSON.stringify({ data: images.map((bytes) => ({ b64_json: bytes.toString('base64') })) }, undefined, 2),
      [1000],
    );
    const { data } = JSON.parse(diverted.text) as { data: { b64_json: string }[] };
    data.forEach(({ b64_json }, index) =>
      assert.ok(contentOf(diverted, b64_json).equals(images[index] ?? Buffer.alloc(0))),
    );
  });

  it('is whole or not there: one that is cut short leaves no file, those before it do', async () => {
    const before = readdirSync(directory).length;
    const base64 = image(9000).toString('base64');
    const cut = await divert(`{"data":[{"b64_json":"${base64}"},{"b64_json":"${base64.slice(0, 8000)}`);
    assert.equal(cut.diverter.whole.length, 1);
    assert.equal(readdirSync(directory).length, before + 1);
  });

  it('over the limit is dropped while it is read, and costs the others nothing', async () => {
    const json = JSON.stringify({
      data: [{ b64_json: image(9000).toString('base64') }, { b64_json: image(4000).toString('base64') }],
    });
    const diverted = await divert(json, [700], 5000);
    const { data } = JSON.parse(diverted.text) as { data: { b64_json: string }[] };
    assert.equal(diverted.diverter.find(data[0]?.b64_json ?? ''), undefined);
    assert.equal(contentOf(diverted, data[1]?.b64_json).length, 4000);
  });

  it('is not confused with other long texts, which stay where they are', async () => {
    const json = JSON.stringify({
      error: { message: 'All is well, "nearly". '.repeat(500) },
      short: 'QUJD',
      quote: '\\"',
    });
    const { text } = await divert(json, [333]);
    assert.equal(text, json);
  });

  it('is found behind a text with a quote in it', async () => {
    const bytes = image(5000);
    const diverted = await divert(`{"revised_prompt":"a \\"cat","b64_json":"${bytes.toString('base64')}"}`, [777]);
    const { b64_json: token, revised_prompt: prompt } = JSON.parse(diverted.text) as Record<string, string>;
    assert.equal(prompt, 'a "cat');
    assert.ok(contentOf(diverted, token).equals(bytes));
  });

  it('is found behind a long text, behind an empty one, and with its last quote in a piece of its own', async () => {
    const base64 = image(5000).toString('base64');
    const json = `{"prompt":"${'long words, '.repeat(900)}","none":"","b64_json":"${base64}","again":"${base64}"}`;
    for (const sizes of [[1 << 20], [4000], [json.indexOf(base64) + base64.length, 1 << 20]]) {
      const diverted = await divert(json, sizes);
      const { b64_json: first, again } = JSON.parse(diverted.text) as Record<string, string>;
      for (const token of [first, again]) assert.ok(contentOf(diverted, token).equals(image(5000)), String(sizes));
    }
  });

  it('is not what a short text is that was cut off: it is left as it came', async () => {
    for (const text of ['{"a":"short', '{"a":"', '{"a":"QUJD\\u00']) assert.equal((await divert(text)).text, text);
  });

  it('cannot be passed off as another one: a token is a secret of its answer', async () => {
    const { diverter: own } = await divert('{}');
    assert.equal(own.find('pictor-0'), null);
    assert.equal(own.find(''), null);
  });

  it('is not what fills the memory: what is left must be small', async () => {
    await assert.rejects(
      divert(`[${'"a b",'.repeat(1_000_000)}`),
      (error) => error instanceof PictorError && error.kind === 'tooLarge',
    );
    assert.equal((await divert(' '.repeat(4 << 20))).text.length, 4 << 20);
    await assert.rejects(
      divert(' '.repeat((4 << 20) + 1)),
      (error) => error instanceof PictorError && error.kind === 'tooLarge',
    );
  });

  it('that is broken off by a line break does not swallow the events after it', async () => {
    const base64 = image(9000).toString('base64');
    const { text, diverter: own } = await divert(
      `data: {"b64_json":"${base64.slice(0, 9000)}\n\n: it's "odd\ndata: {"b64_json":"${base64}"}\n\n`,
      [512],
    );
    assert.equal(own.whole.length, 1);
    assert.match(
      text,
      /^data: \{"b64_json":"pictor-[\w-]+-0\n\n: it's "odd\ndata: \{"b64_json":"pictor-[\w-]+-1"\}\n\n$/,
    );
  });
});

describe('base64', () => {
  it('is decoded the same in any pieces', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 }),
        (bytes, sizes) => {
          const text = Buffer.from(bytes).toString('base64');
          const decoder = new Base64Decoder();
          const target = Buffer.alloc(400);
          let length = 0;
          for (let at = 0, turn = 0; at < text.length; turn++) {
            const size = sizes[turn % sizes.length] ?? 1;
            const piece = text.slice(at, at + size);
            const written = decoder.push(piece, target, length);
            assert.ok(written <= decodedLength(piece));
            length += written;
            at += size;
          }
          length += decoder.end(target, length);
          assert.ok(target.subarray(0, length).equals(Buffer.from(bytes)));
        },
      ),
    );
  });
});
