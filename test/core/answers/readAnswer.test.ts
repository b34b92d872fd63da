import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { readAnswer, type ReadAnswer } from '../../../src/core/answers/readAnswer';
import { PictorError } from '../../../src/core/errors';
import { StagingArea } from '../../../src/core/files/staging';

const directory = mkdtempSync(path.join(tmpdir(), 'pictor-answer-'));
const staging = new StagingArea(directory);
const image = (bytes: number, seed: number): Buffer =>
  Buffer.from(Array.from({ length: bytes }, (_, at) => (at * seed) % 251));

interface Options {
  readonly status?: number;
  readonly type?: string;
  readonly count?: number;
  readonly sizes?: readonly number[];
  /** Thrown instead of the end. */
  readonly failure?: Error;
  readonly endless?: boolean;
}

async function* pieces(bytes: Buffer, { sizes = [1000], failure, endless }: Options): AsyncGenerator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
    at += size;
  }
  if (failure) throw failure;
  if (endless) await new Promise(() => undefined);
}

async function read(
  text: string | Buffer,
  options: Options = {},
): Promise<{ answer: ReadAnswer; previews: [index: number, content: Buffer][] }> {
  const { status = 200, type = 'application/json', count = 1 } = options;
  const previews: [number, Buffer][] = [];
  const answer = await readAnswer(
    {
      status,
      header: (name) => (name === 'content-type' ? type : undefined),
      body: pieces(Buffer.from(text), options),
    },
    {
      staging,
      maxImageBytes: 1 << 20,
      count,
      onPreview: ({ index, file }) => {
        previews.push([index, readFileSync(file.path)]);
        return Promise.resolve();
      },
    },
  );
  return { answer, previews };
}

const contents = ({ images = [] }: ReadAnswer): Buffer[] =>
  images.map(({ source }) => {
    if (source.kind === 'staged') return readFileSync(source.file.path);
    return Buffer.from(source.kind === 'bytes' ? source.bytes : []);
  });

const event = (name: string, fields: object): string =>
  `event: ${name}\ndata: ${JSON.stringify({ type: name, ...fields })}\n\n`;
const partial = (bytes: Buffer, index: number): string =>
  event('image_generation.partial_image', { b64_json: bytes.toString('base64'), partial_image_index: index });
const completed = (bytes: Buffer, fields: object = {}): string =>
  event('image_generation.completed', { b64_json: bytes.toString('base64'), ...fields });
const EVENTS = { type: 'text/event-stream' };

describe('a stream of events', () => {
  const [preview, small, final, second] = [image(5000, 3), image(20, 5), image(8000, 7), image(9000, 11)];

  it('brings previews and images, with any line ends, comments and pieces; the last event may lack its blank line', async () => {
    const stream = `\ufeff: hello, it's "me"\n\nretry: 10\n${partial(preview, 0)}${partial(small, 1)}${completed(final, { usage: { total_tokens: 7 } })}${completed(second, { usage: { total_tokens: 5 }, quality: 'low' })}`;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 3 }),
        async (eol, isTrimmed, sizes) => {
          const text = stream.replaceAll('\n', eol);
          const { answer, previews } = await read(isTrimmed ? text.trimEnd() : text, { ...EVENTS, count: 2, sizes });
          assert.deepEqual(previews, [
            [0, preview],
            [1, small],
          ]);
          assert.deepEqual(contents(answer), [final, second]);
          assert.equal(answer.events?.usage?.total, 12);
          assert.deepEqual(answer.images?.[1]?.used, { quality: 'low' });
        },
      ),
      { numRuns: 30 },
    );
  });

  it('shows a preview as soon as it is there, and not at the end', async () => {
    const log: string[] = [];
    async function* body(): AsyncGenerator<Buffer> {
      for (const [name, text] of [
        ['preview', partial(preview, 0)],
        ['picture', completed(final)],
      ] as const) {
        log.push(`${name} sent`);
        await Promise.resolve();
        yield Buffer.from(text);
      }
    }
    const onPreview = (): Promise<void> => Promise.resolve(void log.push('preview shown'));
    await readAnswer(
      { status: 200, header: () => 'text/event-stream', body: body() },
      { staging, maxImageBytes: 1 << 20, count: 1, onPreview },
    );
    assert.deepEqual(log, ['preview sent', 'preview shown', 'picture sent']);
  });

  it('keeps no preview, neither as a result nor on disk', async () => {
    const before = readdirSync(directory).length;
    const { answer } = await read(partial(preview, 0) + partial(preview, 1), { ...EVENTS });
    assert.deepEqual(answer.images ?? [], []);
    assert.equal(readdirSync(directory).length, before);
  });

  it('ends with [DONE], or with its last image, although the service keeps it open', async () => {
    assert.equal(
      (await read(`${completed(final)}data: [DONE]\n\n`, { ...EVENTS, count: 2, endless: true })).answer.images?.length,
      1,
    );
    assert.equal((await read(completed(final), { ...EVENTS, endless: true })).answer.images?.length, 1);
  });

  it('that does not say what it is ends with its last image too', async () => {
    const { answer } = await read(completed(final), { type: 'text/plain', endless: true, sizes: [700] });
    assert.deepEqual(contents(answer), [final]);
  });

  it('names its events in one place or the other', async () => {
    const body = JSON.stringify({ b64_json: final.toString('base64') });
    const typed = JSON.stringify({ type: 'image_generation.completed', b64_json: final.toString('base64') });
    for (const text of [`event: image_generation.completed\ndata: ${body}\n\n`, `data: ${typed}\n\n`])
      assert.deepEqual(contents((await read(partial(preview, 0) + text, EVENTS)).answer), [final]);
  });

  it('that fails keeps what did come, and tells the error', async () => {
    for (const failed of [
      event('error', { error: { code: 'x', message: 'no' } }),
      'data: {"error":{"message":"no"}}\n\n',
      'event: error\ndata: {"error":"no"}\n\n',
    ]) {
      const { answer } = await read(completed(final) + failed, { ...EVENTS, count: 2 });
      assert.deepEqual(contents(answer), [final]);
      assert.ok(answer.body, failed);
    }
  });

  it('is over with its error, whatever becomes of the connection', async () => {
    const failed = event('error', { error: { code: 'moderation_blocked', message: 'no' } });
    for (const options of [{ endless: true }, { failure: new Error('reset') }]) {
      const { answer } = await read(failed, { ...EVENTS, ...options });
      assert.deepEqual([answer.body !== undefined, answer.images], [true, []]);
    }
  });

  it('is none where plain JSON was called one', async () => {
    const json = JSON.stringify({ data: [{ url: 'https://cdn/a' }] });
    const { answer } = await read(json, EVENTS);
    assert.deepEqual([answer.body, answer.events], [JSON.parse(json), undefined]);
  });

  it('that breaks off keeps what did come, and is a failure when that is nothing', async () => {
    const failure = new Error('reset');
    const { answer } = await read(completed(final) + completed(second).slice(0, 9000), {
      ...EVENTS,
      count: 2,
      failure,
    });
    assert.deepEqual(contents(answer), [final]);
    assert.equal(answer.cutShortBy, failure);
    await assert.rejects(read(completed(second).slice(0, 9000), { ...EVENTS, failure }), failure);
  });

  it('is one too when the service does not say so, and a plain answer is none', async () => {
    for (const sizes of [[1000], [3], [1, 40_000]])
      assert.deepEqual(contents((await read(completed(final), { type: 'text/plain', sizes })).answer), [final]);
    assert.deepEqual(
      contents(
        (await read(`data: ${JSON.stringify({ data: [{ b64_json: final.toString('base64') }] })}`, EVENTS)).answer,
      ),
      [final],
    );
    assert.deepEqual((await read('{"data":[{"url":"https://cdn/a"}]}')).answer.body, {
      data: [{ url: 'https://cdn/a' }],
    });
  });
});

describe('an answer', () => {
  it('of JSON that breaks off keeps the images that are whole', async () => {
    const [first, second] = [image(5000, 3), image(6000, 5)];
    const json = JSON.stringify({ data: [first, second].map((bytes) => ({ b64_json: bytes.toString('base64') })) });
    const failure = new Error('reset');
    const { answer } = await read(json.slice(0, -100), { failure, count: 2 });
    assert.deepEqual(contents(answer), [first]);
    assert.equal(answer.cutShortBy, failure);
    await assert.rejects(read(json.slice(0, 3000), { failure }), failure);
  });

  it('of JSON that is complete misses nothing when the connection breaks after it', async () => {
    const { answer } = await read('{"task_id":"t"}', { failure: new Error('reset') });
    assert.deepEqual(answer.body, { task_id: 't' });
  });

  it('may be the image itself', async () => {
    const { answer } = await read(image(3000, 3), { type: 'image/png' });
    assert.deepEqual(contents(answer), [image(3000, 3)]);
    const before = readdirSync(directory).length;
    const { answer: large } = await read(Buffer.alloc(2 << 20), { type: 'image/png', sizes: [65_536] });
    assert.equal(large.images?.[0]?.source.kind, 'tooLarge');
    assert.equal(readdirSync(directory).length, before, 'of one that is too large, nothing is kept');
  });

  it('that is an error is read as text, up to a limit', async () => {
    assert.deepEqual((await read('{"error":"no"}', { status: 400 })).answer.body, { error: 'no' });
    assert.equal((await read('<html>', { status: 502 })).answer.body, '<html>');
    await assert.rejects(
      read(Buffer.alloc(2 << 20, 0x20), { status: 500, sizes: [65_536] }),
      (error) =>
        error instanceof PictorError &&
        error.kind === 'tooLarge' &&
        error.message.startsWith('The answer is larger than 1 MB.'),
    );
  });

  it('that never ends is left', async () => {
    await assert.rejects(
      read(Buffer.alloc(16 << 20, 0x20), { sizes: [65_536] }),
      (error) => error instanceof PictorError && error.kind === 'tooLarge',
    );
    await assert.rejects(
      read(Buffer.concat([Buffer.from('{"a":"'), Buffer.alloc(16 << 20, 0x41)]), { sizes: [65_536] }),
      (error) => error instanceof PictorError && error.kind === 'tooLarge',
    );
  });

  it('never takes a preview for an image, wherever the stream is cut, and an image for a preview neither', async () => {
    const bytes = image(5000, 7);
    const base64 = bytes.toString('base64');
    const cut = (type: string, isNamedFirst: boolean): string => {
      const fields = isNamedFirst
        ? `"type":"${type}","b64_json":"${base64}"`
        : `"b64_json":"${base64}","type":"${type}"`;
      return `event: ${type}\ndata: {${fields}`;
    };
    const failure = new Error('cut');
    const before = readdirSync(directory).length;
    for (const isNamedFirst of [true, false]) {
      await assert.rejects(
        read(cut('image_generation.partial_image', isNamedFirst), { ...EVENTS, failure }),
        (error) => error === failure,
      );
      assert.equal(readdirSync(directory).length, before);
      const { answer } = await read(cut('image_generation.completed', isNamedFirst), { ...EVENTS, failure });
      assert.deepEqual(contents(answer), [bytes]);
      for (const file of answer.images ?? [])
        if (file.source.kind === 'staged') await staging.discard(file.source.file);
    }
  });
});
