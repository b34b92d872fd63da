import assert from 'node:assert/strict';
import OpenAI from 'openai';
import sharp from 'sharp';
import { DIALECTS, type DialectName } from './dialects';
import { startEmulator, type Emulator } from './emulator';

/** The official client of OpenAI keeps the emulator honest: it knows nothing of Pictor. */
describe('the emulator, seen by the official openai client', () => {
  let emulator: Emulator;
  before(async () => (emulator = await startEmulator()));
  after(() => emulator.close());
  beforeEach(() => emulator.state.reset());

  const client = (name: DialectName, apiKey = DIALECTS[name].key ?? 'none'): OpenAI =>
    new OpenAI({ baseURL: emulator.baseUrl(name), apiKey, maxRetries: 0 });

  it('delivers base64 images of the asked size and format, and says what it used', async () => {
    const answer = await client('openai').images.generate({
      model: 'gpt-image-2.5-flare',
      prompt: 'A cat',
      n: 2,
      size: '1536x1024',
      output_format: 'webp',
    });
    assert.equal(answer.size, '1536x1024');
    assert.equal(answer.usage?.total_tokens, 50 + 2 * 1756);
    const images = (answer.data ?? []).map(({ b64_json }) => Buffer.from(b64_json ?? '', 'base64'));
    assert.equal(images.length, 2);
    assert.notDeepEqual(images[0], images[1]);
    for (const image of images) {
      const { format, width, height } = await sharp(image).metadata();
      assert.deepEqual([format, width, height], ['webp', 1536, 1024]);
    }
    assert.deepEqual(emulator.state.ledger, [
      { dialect: '/openai/v1', model: 'gpt-image-2.5-flare', prompt: 'A cat', n: 2 },
    ]);
  });

  it('delivers addresses on another origin that accept no key', async () => {
    const { data } = await client('cometapi').images.generate({ model: 'dall-e-3', prompt: 'A cat' });
    const url = data?.[0]?.url ?? '';
    assert.equal(new URL(url).origin, emulator.cdnOrigin);
    assert.notEqual(emulator.cdnOrigin, emulator.origin);
    assert.equal((await sharp(Buffer.from(await (await fetch(url)).arrayBuffer())).metadata()).format, 'webp');
    assert.equal((await fetch(url, { headers: { authorization: 'Bearer x' } })).status, 400);
  });

  it('draws another image for another prompt', async () => {
    const draw = async (prompt: string): Promise<string | undefined> =>
      (await client('openai').images.generate({ model: 'gpt-image-2', prompt, size: '1024x640' })).data?.[0]?.b64_json;
    assert.equal(await draw('A cat'), await draw('A cat'));
    assert.notEqual(await draw('A cat'), await draw('A dog'));
  });

  it('refuses as the service does, and bills nothing for it', async () => {
    const images = client('openai').images;
    await assert.rejects(
      client('openai', 'sk-wrong').images.generate({ model: 'gpt-image-2', prompt: 'x' }),
      OpenAI.AuthenticationError,
    );
    await assert.rejects(images.generate({ model: 'dall-e-9', prompt: 'x' }), OpenAI.NotFoundError);
    for (const model of ['dall-e-3', 'dall-e-2', 'gpt-image-1'])
      await assert.rejects(images.generate({ model, prompt: 'x' }), (error) => {
        assert.ok(error instanceof OpenAI.BadRequestError);
        assert.deepEqual(
          [error.code, error.param, error.type],
          ['invalid_value', 'model', 'image_generation_user_error'],
        );
        return true;
      });
    await assert.rejects(images.generate({ model: 'gpt-image-2', prompt: 'x', n: 11 }), OpenAI.BadRequestError);
    await assert.rejects(
      images.generate({ model: 'gpt-image-2', prompt: 'x', background: 'transparent' }),
      /Transparent background is not supported for this model\./,
    );
    await assert.rejects(
      images.generate({ model: 'gpt-image-2', prompt: 'x', complexity: 'low' }),
      /Unknown parameter: 'complexity'\./,
    );
    await assert.rejects(
      images.generate({ model: 'gpt-image-2', prompt: 'x', size: '512x512' }),
      /below the current minimum pixel budget/,
    );
    emulator.state.faults.push({ on: 'api', kind: 'status', status: 429, headers: { 'retry-after': '1' }, body: '{}' });
    await assert.rejects(images.generate({ model: 'gpt-image-2', prompt: 'x' }), OpenAI.RateLimitError);
    assert.deepEqual(emulator.state.ledger, []);
  });

  it('bills what it breaks off', async () => {
    emulator.state.faults.push({ on: 'api', kind: 'reset' });
    await assert.rejects(
      client('openai').images.generate({ model: 'gpt-image-2', prompt: 'x' }),
      OpenAI.APIConnectionError,
    );
    assert.equal(emulator.state.ledger.length, 1);
  });
});
