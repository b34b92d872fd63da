import assert from 'node:assert/strict';
import { itUnless } from '../runner/itUnless';
import { ROOT } from '../runner/paths';
import { DIALECTS } from './dialects';
import { startEmulator, type Emulator } from './emulator';
import { loadOpenApi, noDescription } from './openapi';

const openApi = loadOpenApi(ROOT, 'openai');
const reason = openApi ? undefined : noDescription('openai');
const faults = (schema: string, value: Readonly<Record<string, unknown>>): string[] =>
  openApi?.faults(schema, value) ?? assert.fail(noDescription('openai'));

/**
 * The emulator's OpenAI is held to OpenAI's own description.
 */
describe('the emulator’s OpenAI, beside OpenAI’s own description', () => {
  let emulator: Emulator;
  before(async () => (emulator = await startEmulator()));
  after(() => emulator.close());

  async function ask(body: object): Promise<Response> {
    const response = await fetch(`${emulator.baseUrl('openai')}/images/generations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${DIALECTS.openai.key}` },
      body: JSON.stringify({ prompt: 'A fox', ...body }),
    });
    assert.equal(response.status, 200);
    return response;
  }

  for (const body of [
    { model: 'gpt-image-2.6-flare', size: '720x720', output_format: 'gif', frame_count: 2, frame_duration_ms: 100 },
    { model: 'gpt-image-2.6-sunburst', output_format: 'svg', svg: { model: 'gpt-5.4' }, complexity: 'low' },
    { model: 'gpt-image-2.5-sunburst', quality: 'max', background: 'transparent' },
    {
      model: 'gpt-image-1.5',
      size: '1536x1024',
      output_format: 'webp',
      output_compression: 0,
      background: 'transparent',
      quality: 'low',
    },
    { model: 'gpt-image-1-mini', size: 'auto', quality: 'auto', n: 3 },
    { model: 'gpt-image-1.5', size: '1024x1536', output_format: 'jpeg', moderation: 'low' },
    { model: 'gpt-image-2', size: '1024x1024', user: 'u' },
    { model: 'gpt-image-2.5-flare', size: '1024x1024', safety_identifier: 'h' },
  ]) {
    itUnless(reason, `answers ${JSON.stringify(body)} as it should`, async () => {
      const answer = (await (await ask(body)).json()) as { data: Record<string, unknown>[] };
      assert.deepEqual(faults('ImagesResponse', answer), []);
      for (const image of answer.data) assert.deepEqual(faults('Image', image), []);
    });
  }

  itUnless(reason, 'streams events as it should', async () => {
    const text = await (
      await ask({ model: 'gpt-image-2.6-flare', stream: true, partial_images: 3, n: 2, quality: 'high' })
    ).text();
    const events = [...text.matchAll(/^data: (.*)$/gm)].map(
      ([, data = '']) => JSON.parse(data) as Record<string, unknown>,
    );
    assert.equal(events.length, 8);
    for (const event of events) {
      const schema =
        event.type === 'image_generation.completed' ? 'ImageGenCompletedEvent' : 'ImageGenPartialImageEvent';
      assert.deepEqual(faults(schema, event), []);
    }
  });

  itUnless(reason, 'lists its models as it should', async () => {
    const response = await fetch(`${emulator.baseUrl('openai')}/models`, {
      headers: { authorization: `Bearer ${DIALECTS.openai.key}` },
    });
    const { data } = (await response.json()) as { data: Record<string, unknown>[] };
    for (const model of data) assert.deepEqual(faults('Model', model), []);
  });
});
