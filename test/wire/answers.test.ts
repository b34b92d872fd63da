import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { PictorError, type ErrorKind } from '../../src/core/errors';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { SERVICE_ERRORS } from '../emulator/errors';
import { ODD_SHAPES, ODD_SINGLE, type OddShape } from '../emulator/oddShapes';
import type { Fault, Shape } from '../emulator/state';
import { drawFrom, failure, stagedFiles, type DrawOptions, type ProviderName } from './drawing';

describe('an answer, over real sockets', () => {
  let emulator: Emulator;
  before(async () => (emulator = await startEmulator()));
  after(() => emulator.close());
  beforeEach(() => emulator.state.reset());

  const draw = (name: ProviderName, options?: DrawOptions): ReturnType<typeof drawFrom> =>
    drawFrom(emulator, name, options);
  const fault = (kind: Fault['kind'], extra: Partial<Fault> = {}): void =>
    void emulator.state.faults.push({ on: 'api', kind, ...extra });
  const SMALL = { model: 'dall-e-2', fields: { size: '256x256', responseFormat: 'b64_json', n: 2 } } as const;

  for (const shape of ['texts', 'dataUrl', 'both', 'escaped', 'nulls'] as Shape[]) {
    it(`in the shape “${shape}” brings every picture whole`, async () => {
      fault('shape', { shape });
      const { kept, failures } = await draw('cometapi', SMALL);
      assert.deepEqual([kept.length, failures.length], [2, 0]);
      for (const { content } of kept) assert.equal((await sharp(content).raw().toBuffer()).length, 256 * 256 * 4);
      assert.equal(emulator.state.ledger.length, 1);
      assert.deepEqual(stagedFiles(), []);
    });
  }

  for (const shape of Object.keys(ODD_SHAPES) as OddShape[]) {
    it(`with ${shape} brings every picture whole`, async () => {
      fault('shape', { shape });
      const { kept, failures } = await draw('custom', { ...SMALL, model: 'x' });
      assert.deepEqual([kept.length, failures.length], [2, 0]);
      for (const { content } of kept) assert.equal((await sharp(content).raw().toBuffer()).length, 256 * 256 * 4);
      assert.equal(emulator.state.ledger.length, 1);
      assert.deepEqual(stagedFiles(), []);
    });
  }

  for (const shape of Object.keys(ODD_SINGLE) as OddShape[]) {
    it(`that is ${shape} brings its picture whole`, async () => {
      fault('shape', { shape });
      const { kept } = await draw('custom', { model: 'x', fields: { ...SMALL.fields, n: 1 } });
      assert.equal(kept[0]?.size, '256x256');
      assert.deepEqual(stagedFiles(), []);
    });
  }

  it('that is the image itself is one', async () => {
    fault('shape', { shape: 'bare' });
    assert.equal((await draw('cometapi', { ...SMALL, fields: { ...SMALL.fields, n: 1 } })).kept[0]?.size, '256x256');
  });

  it('in a shape that nobody foresaw is searched for its image, which is paid for', async () => {
    fault('shape', { shape: 'elsewhere' });
    assert.equal((await draw('openai', { model: 'gpt-image-1.5', fields: {} })).kept.length, 1);
    assert.deepEqual(stagedFiles(), []);
  });

  for (const shape of ['none', 'empty'] as const) {
    it(`with ${shape === 'none' ? 'no list' : 'an empty list'} of pictures says so, and can be read`, async () => {
      fault('shape', { shape });
      const error = await failure(draw('cometapi', SMALL));
      assert.equal(
        error.message,
        'CometAPI answered without a picture. It may have been billed: look at your usage there before you try again.',
      );
      assert.match(error.details.answer ?? '', /^\{"created":1/);
    });
  }

  it('with fewer images than were asked for keeps them, and says how many are missing', async () => {
    fault('shape', { shape: 'single' });
    const { kept, missing, failures } = await draw('cometapi', { ...SMALL, fields: { ...SMALL.fields, n: 4 } });
    assert.deepEqual([kept.length, missing, failures], [1, 3, []]);
  });

  for (const kind of ['gzip', 'br', 'drip'] as const) {
    it(`that comes with ${kind} is read like any other`, async () => {
      fault(kind, { bytes: 4000 });
      assert.equal((await draw('cometapi', SMALL)).kept.length, 2);
    });
  }

  it('that breaks off may have been billed', async () => {
    fault('cut', { bytes: 40 });
    const error = await failure(draw('custom', { model: 'x', fields: { responseFormat: 'url' } }));
    assert.equal(error.kind, 'interrupted');
    assert.equal(emulator.state.requests.length, 1);
  });

  it('that breaks off after its last bracket misses nothing', async () => {
    fault('wrongLength');
    assert.equal((await draw('custom', { model: 'x', fields: { responseFormat: 'url' } })).kept.length, 1);
  });

  it('that breaks off after a whole image keeps that one, and says so', async () => {
    const whole = await draw('openai', { model: 'gpt-image-1.5', fields: { n: 2, outputFormat: 'jpeg' } });
    const [first] = whole.kept;
    fault('cut', { bytes: Math.ceil(((first?.content.length ?? 0) * 4) / 3) + 5000 });
    const { kept, failures } = await draw('openai', { model: 'gpt-image-1.5', fields: { n: 2, outputFormat: 'jpeg' } });
    assert.equal(kept.length, 1);
    assert.ok(kept[0]?.content.equals(first?.content ?? Buffer.alloc(0)));
    assert.ok(failures[0] instanceof PictorError && failures[0].kind === 'interrupted');
    assert.deepEqual(stagedFiles(), []);
  });

  it('whose image is a text is refused with the reason, and the text can be read', async () => {
    fault('shape', { shape: 'text' });
    const error = await failure(draw('cometapi', SMALL));
    assert.match(error.message, /^The service delivered a text instead of a picture\. What came is kept in \//);
    assert.match(error.details.answer ?? '', /^The picture is on its way/);
  });

  it('whose image is only a part of one is refused, and the part is not lost', async () => {
    fault('shape', { shape: 'half' });
    const error = await failure(draw('openai', { model: 'gpt-image-1.5', fields: {} }));
    const kept =
      /only a part of a picture, or a damaged one \(image\/png, \d+ bytes\)\. What came is kept in (\/.*)\.$/.exec(
        error.message,
      )?.[1] ?? '';
    assert.equal((await readFile(kept)).subarray(1, 4).toString(), 'PNG');
  });

  it('whose address brings only a part is asked for again, at no cost', async () => {
    emulator.state.faults.push({ on: 'cdn', kind: 'part' });
    assert.equal((await draw('lemondata')).kept.length, 1);
    assert.equal(emulator.state.requests.filter(({ server }) => server === 'cdn').length, 2);
    assert.equal(emulator.state.ledger.length, 1);
  });

  it('over the limit is refused, and leaves nothing behind', async () => {
    assert.equal(
      (await failure(draw('openai', { model: 'gpt-image-1.5', fields: { n: 2 }, maxImageBytes: 4096 }))).kind,
      'tooLarge',
    );
    assert.deepEqual(stagedFiles(), []);
  });
});

describe('a stream, over real sockets', () => {
  let emulator: Emulator;
  before(async () => (emulator = await startEmulator()));
  after(() => emulator.close());
  beforeEach(() => emulator.state.reset());

  const STREAM = { model: 'gpt-image-1.5', fields: { partialImages: 2, n: 2, outputFormat: 'webp' } } as const;
  const fault = (shape: Shape): void => void emulator.state.faults.push({ on: 'api', kind: 'shape', shape });

  for (const name of ['openai', 'cometapi', 'acedata'] as const) {
    it(`of ${name} shows previews and ends with the pictures, one for each that was asked for`, async () => {
      const previews: [number, string][] = [];
      const { kept, failures, usage } = await drawFrom(emulator, name, {
        ...STREAM,
        onPreview: async ({ index, file }) =>
          void previews.push([index, (await sharp(await readFile(file.path)).metadata()).format]),
      });
      assert.deepEqual(previews, [
        [0, 'png'],
        [1, 'png'],
        [0, 'png'],
        [1, 'png'],
      ]);
      assert.deepEqual([kept.length, failures.length, usage?.total], [2, 0, 2 * (50 + 2 * 1056)]);
      for (const { mediaType, used } of kept) assert.deepEqual([mediaType, used.outputFormat], ['image/webp', 'webp']);
      assert.deepEqual(stagedFiles(), []);
      assert.equal(emulator.state.ledger.length, 1);
    });
  }

  for (const shape of ['events', 'plain', 'openEnd'] as Shape[]) {
    it(`that is “${shape}” brings all the same`, async () => {
      fault(shape);
      assert.equal((await drawFrom(emulator, 'openai', STREAM)).kept.length, 2);
    });
  }

  for (const [shape, kind] of [
    ['errorEvent', 'moderated'],
    ['endedEvents', 'interrupted'],
  ] as const) {
    it(`that ends early (${shape}) keeps what came, and says why there is no more`, async () => {
      fault(shape);
      const { kept, failures, missing } = await drawFrom(emulator, 'openai', STREAM);
      assert.deepEqual([kept.length, missing], [1, 0]);
      assert.ok(failures[0] instanceof PictorError && failures[0].kind === kind, String(failures[0]));
    });
  }

  it('that breaks off before an image is a failure, and no preview is kept as one', async () => {
    emulator.state.faults.push({ on: 'api', kind: 'cut', bytes: 30_000 });
    const error = await failure(drawFrom(emulator, 'openai', STREAM));
    assert.equal(error.kind, 'interrupted');
    assert.deepEqual(stagedFiles(), []);
    assert.equal(emulator.state.ledger.length, 1);
  });
});

describe('an error, over real sockets', () => {
  let emulator: Emulator;
  before(async () => (emulator = await startEmulator()));
  after(() => emulator.close());
  beforeEach(() => emulator.state.reset());

  const EXPECTED: Readonly<Record<string, ErrorKind>> = {
    invalid_api_key: 'unauthorized',
    expired_api_key: 'unauthorized',
    invalid_token: 'unauthorized',
    token_mismatched: 'unauthorized',
    insufficient_quota: 'noCredit',
    quota_exceeded: 'noCredit',
    insufficient_balance: 'noCredit',
    billing_hard_limit_reached: 'noCredit',
    content_policy_violation: 'moderated',
    moderation_blocked: 'moderated',
    moderation_details: 'moderated',
    invalid_value: 'valueRefused',
    unknown_parameter: 'valueRefused',
    validation_error: 'valueRefused',
    invalid_request_error: 'rejected',
    no_contract_compatible_route: 'rejected',
    retired: 'unknownModel',
    used_up: 'noCredit',
    model_not_found: 'unknownModel',
    model_not_allowed: 'unknownModel',
    unverified: 'forbidden',
    access_denied: 'forbidden',
    payload_too_large: 'rejected',
    api_not_implemented: 'rejected',
    too_many_requests: 'rateLimited',
    server_error: 'unavailable',
    overloaded: 'unavailable',
    upstream_error: 'unavailable',
    all_channels_failed: 'unavailable',
    timeout_error: 'unavailable',
    api_error: 'unavailable',
  };

  for (const name of ['openai', 'tokenlab', 'lemondata', 'cometapi', 'acedata'] as const) {
    for (const code of Object.keys(SERVICE_ERRORS[name]).filter((one) => one !== 'rate_limit_exceeded')) {
      it(`${code} of ${name} is told as what it is, and costs nothing`, async () => {
        emulator.state.faults.push({ on: 'api', kind: 'error', code });
        const error = await failure(drawFrom(emulator, name));
        assert.equal(error.kind, EXPECTED[code], error.message);
        assert.ok(
          error.message.length <= 300 &&
            error.message.includes(SERVICE_ERRORS[name][code]?.message.slice(0, 20) ?? '-'),
          error.message,
        );
        assert.equal(emulator.state.requests.length, 1);
        assert.deepEqual(emulator.state.ledger, []);
      });
    }
  }

  it('that names a wait is waited for', async () => {
    emulator.state.faults.push({ on: 'api', kind: 'error', code: 'rate_limit_exceeded' });
    assert.equal((await drawFrom(emulator, 'lemondata')).kept.length, 1);
    assert.equal(emulator.state.requests.filter(({ server }) => server === 'api').length, 2);
  });

  it('can be asked for with a header', async () => {
    const fault = JSON.stringify({ on: 'api', kind: 'error', code: 'overloaded' });
    const error = await failure(
      drawFrom(emulator, 'custom', { model: 'x', profile: { headers: { 'x-emulator-fault': fault } } }),
    );
    assert.match(error.message, /^Custom failed \(overloaded\): The engine is overloaded\./);
  });
});
