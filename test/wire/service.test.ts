import assert from 'node:assert/strict';
import type { FieldValues } from '../../src/core/catalog/fields';
import type { ProviderId } from '../../src/core/catalog/providers';
import { delay } from '../../src/core/delay';
import { PictorError } from '../../src/core/errors';
import { DIALECTS, type DialectName } from '../emulator/dialects';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { drawFrom, failure, type DrawOptions, type ProviderName } from './drawing';
import { waitFor } from '../runner/waitFor';

describe('a service, over real sockets', () => {
  let emulator: Emulator;
  before(async () => (emulator = await startEmulator()));
  after(() => emulator.close());
  beforeEach(() => emulator.state.reset());

  const draw = (name: ProviderName, options?: DrawOptions): ReturnType<typeof drawFrom> =>
    drawFrom(emulator, name, options);

  for (const [name, model, fields, media, size] of [
    ['openai', undefined, {}, 'image/png', '1024x1024'],
    ['openai', 'gpt-image-2.6-sunburst', { size: '1536x1024', complexity: 'low' }, 'image/png', '1536x1024'],
    ['openai', 'gpt-image-2.6-flare', { size: '720x720', outputFormat: 'gif', frameCount: 3 }, 'image/gif', '720x720'],
    ['openai', 'gpt-image-2.6-flare', { outputFormat: 'svg', svgModel: 'gpt-5.4' }, 'image/svg+xml', '1024x1024'],
    ['openai', 'gpt-image-2.5-flare', { quality: 'xhigh', background: 'transparent' }, 'image/png', '1024x1024'],
    ['openai', 'gpt-image-2.7-flare-2027-01-01', { style: 'vivid' }, 'image/png', '1024x1024'],
    ['tokenlab', undefined, { outputFormat: 'webp' }, 'image/webp', '1024x1024'],
    ['tokenlab', 'nano-banana-2', { size: '1x1' }, 'image/png', '1024x1024'],
    [
      'openai',
      'gpt-image-2',
      { size: '640x1280', outputFormat: 'webp', outputCompression: 50, background: 'opaque' },
      'image/webp',
      '640x1280',
    ],
    ['openai', 'gpt-image-1.5', { outputFormat: 'jpeg', outputCompression: 0, n: 2 }, 'image/jpeg', '1024x1024'],
    [
      'acedata',
      'dall-e-3',
      { size: '1792x1024', style: 'natural', quality: 'hd', responseFormat: 'b64_json' },
      'image/png',
      '1792x1024',
    ],
    ['cometapi', 'dall-e-2', { size: '256x256', n: 3, responseFormat: 'url' }, 'image/webp', '256x256'],
    ['lemondata', undefined, { user: 'u' }, 'image/png', '1024x1024'],
    ['lemondata', 'flux-schnell', { size: '512x512', n: 4 }, 'image/jpeg', '512x512'],
    ['cometapi', undefined, {}, 'image/png', '1024x1024'],
    ['cometapi', 'dall-e-3', {}, 'image/webp', '1024x1024'],
    ['cometapi', 'gpt-image-1-mini', { responseFormat: 'url' }, 'image/png', '1024x1024'],
    ['cometapi', 'qwen-image', { responseFormat: 'b64_json' }, 'image/png', '1024x1024'],
    ['acedata', undefined, { quality: 'low', moderation: 'low' }, 'image/png', '1024x1024'],
    ['acedata', 'gpt-image-2:official', { size: '1024x640' }, 'image/png', '1024x640'],
    ['acedata', 'nano-banana', { size: '1792x1024', style: 'vivid' }, 'image/png', '1792x1024'],
  ] as [DialectName & ProviderId, string | undefined, FieldValues, string, string][]) {
    it(`${name} ${model ?? '(default)'} ${JSON.stringify(fields)} delivers ${media} of ${size}, billed once`, async () => {
      const { kept, failures, requestId } = await draw(name, { model, fields });
      assert.deepEqual(failures, []);
      assert.equal(kept.length, fields.n ?? 1);
      for (const { mediaType, size: delivered } of kept) assert.deepEqual([mediaType, delivered], [media, size]);
      assert.match(requestId ?? '', /^req_/);
      assert.equal(emulator.state.ledger.length, 1);
      const key = DIALECTS[name].key ?? '';
      for (const { server, headers } of emulator.state.requests) {
        assert.equal(headers['user-agent'], 'Pictor', 'some hosts answer nobody without a name');
        assert.equal(headers.authorization, server === 'api' ? `Bearer ${key}` : undefined);
        assert.equal(server === 'cdn' && JSON.stringify(headers).includes(key), false);
      }
    });
  }

  it('that does not accept the key gets one sentence without the key', async () => {
    const error = await failure(draw('openai', { key: 'sk-wrong-0123456789' }));
    assert.equal(error.kind, 'unauthorized');
    assert.match(
      error.message,
      /OpenAI does not accept the API key \(invalid_api_key\): Incorrect API key provided: \[key\]/,
    );
    assert.equal(String(error.cause ?? '').includes('sk-wrong'), false);
  });

  for (const [fault, kind] of [
    ['reset', 'interrupted'],
    ['cut', 'interrupted'],
  ] as const) {
    it(`that breaks the connection off (${fault}) is not asked again: it may have billed`, async () => {
      emulator.state.faults.push({ on: 'api', kind: fault });
      assert.equal((await failure(draw('openai'))).kind, kind);
      assert.equal(emulator.state.ledger.length, 1);
      assert.equal(emulator.state.requests.length, 1);
    });
  }

  it('that fails with 500 is not asked again', async () => {
    emulator.state.faults.push({ on: 'api', kind: 'status', status: 500, body: '<html>' });
    assert.equal((await failure(draw('openai'))).kind, 'unavailable');
    assert.equal(emulator.state.requests.length, 1);
  });

  it('that answers 200 to everything is understood by what it says', async () => {
    const body = JSON.stringify({ id: 'x', success: false, error: { code: 'api_error', message: 'no capacity' } });
    emulator.state.faults.push({ on: 'api', kind: 'status', status: 200, body });
    assert.match((await failure(draw('acedata'))).message, /no capacity/);
    emulator.state.faults.push({ on: 'api', kind: 'status', status: 200, body: '{"data":[]}' });
    assert.equal(
      (await failure(draw('acedata'))).message,
      'Ace Data Cloud answered without a picture. It may have been billed: look at your usage there before you try again.',
    );
  });

  it('that asks to wait is asked again after that, and bills once', async () => {
    emulator.state.faults.push({
      on: 'api',
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '0.1' },
      body: '{}',
    });
    assert.equal((await draw('cometapi', { model: 'dall-e-2', fields: { size: '256x256' } })).kept.length, 1);
    assert.equal(emulator.state.requests.filter(({ server }) => server === 'api').length, 2);
    assert.equal(emulator.state.ledger.length, 1);
  });

  it('that never answers is left at the deadline, and its socket is closed', async () => {
    emulator.state.faults.push({ on: 'api', kind: 'stall' });
    const error = await failure(draw('openai', { timeoutMs: 300 }));
    assert.equal(error.kind, 'timeout');
    assert.match(error.message, /did not answer within 0\.3 s\. The picture may have been made and billed/);
    await waitFor('the closed socket', () => emulator.state.requests[0]?.aborted === true);
  });

  it('that thinks for longer than any moment is waited for, without a limit of its own', async () => {
    emulator.state.faults.push({ on: 'api', kind: 'hold' });
    const work = draw('cometapi', { model: 'dall-e-2', fields: { size: '256x256', responseFormat: 'b64_json' } });
    await waitFor('the request', () => emulator.state.requests.length === 1);
    await delay(1500);
    emulator.state.release();
    assert.equal((await work).kept.length, 1);
    assert.equal(emulator.state.requests.length, 1);
  });

  it('that redirects does not get the key elsewhere', async () => {
    emulator.state.faults.push({
      on: 'api',
      kind: 'status',
      status: 308,
      headers: { location: `${emulator.cdnOrigin}/steal` },
    });
    assert.equal((await failure(draw('openai'))).kind, 'redirected');
    assert.equal(emulator.state.requests.length, 1);
  });

  it('is left at once when the user cancels, and its socket is closed', async () => {
    emulator.state.faults.push({ on: 'api', kind: 'stall' });
    const controller = new AbortController();
    const reason = new Error('cancelled by the user');
    const work = draw('openai', { signal: controller.signal });
    await waitFor('the request', () => emulator.state.requests.length === 1);
    controller.abort(reason);
    await assert.rejects(work, reason);
    await waitFor('the closed socket', () => emulator.state.requests[0]?.aborted === true);
  });

  it('whose images lie behind redirects and failures is worth the patience', async () => {
    const { faults } = emulator.state;
    faults.push({ on: 'cdn', kind: 'status', status: 503 }, { on: 'cdn', kind: 'cut' }, { on: 'cdn', kind: 'reset' });
    assert.equal((await draw('lemondata')).kept.length, 1);
    assert.equal(emulator.state.ledger.length, 1);
  });

  it('that loses one of several images still delivers the others, and tells where the lost one is', async () => {
    emulator.state.faults.push({ on: 'cdn', kind: 'endless', times: 1 });
    const { kept, failures } = await draw('cometapi', {
      model: 'dall-e-2',
      fields: { n: 3, size: '256x256', responseFormat: 'url' },
      maxImageBytes: 1 << 20,
    });
    assert.equal(kept.length, 2);
    const [failure] = failures;
    assert.ok(
      failure instanceof PictorError &&
        failure.kind === 'tooLarge' &&
        failure.details.url?.startsWith(emulator.cdnOrigin),
    );
  });

  it('whose images cannot be had at all tells where they are', async () => {
    emulator.state.faults.push({ on: 'cdn', kind: 'status', status: 404, times: 4 });
    const error = await failure(draw('lemondata'));
    assert.ok(error.kind === 'downloadFailed' && error.details.url?.startsWith(emulator.cdnOrigin));
  });

  it('loses no image that is there when the user cancels the others', async () => {
    emulator.state.faults.push({ on: 'cdn', kind: 'stall', times: 1 });
    const controller = new AbortController();
    let safe = 0;
    const work = draw('cometapi', {
      model: 'dall-e-2',
      fields: { n: 3, size: '256x256', responseFormat: 'url' },
      signal: controller.signal,
      onKept: () => (safe += 1),
    });
    await waitFor('the others', () => safe === 2);
    controller.abort(new Error('cancelled by the user'));
    const { kept, failures } = await work;
    assert.deepEqual([kept.length, failures.length], [2, 1]);
  });

  it('cannot fill the memory: an image over the limit is refused while it is read', async () => {
    emulator.state.faults.push({ on: 'cdn', kind: 'endless' });
    const error = await failure(draw('lemondata', { maxImageBytes: 4 << 20 }));
    assert.equal(error.kind, 'tooLarge');
    assert.match(error.message, /larger than 4 MB/);
    await waitFor('the closed socket', () => emulator.state.requests.at(-1)?.aborted === true);
  });

  it('cannot fill the memory with an answer that never ends either', async () => {
    emulator.state.faults.push({ on: 'api', kind: 'endless' });
    assert.equal((await failure(draw('openai', { maxImageBytes: 1 << 20 }))).kind, 'tooLarge');
  });

  it('that delivers a web page instead of an image is named for it', async () => {
    emulator.state.faults.push({ on: 'cdn', kind: 'status', status: 200, body: '<!doctype html>' });
    assert.match((await failure(draw('lemondata'))).message, /a web page instead of a picture/);
  });
});
