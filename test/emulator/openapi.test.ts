import assert from 'node:assert/strict';
import { itUnless } from '../runner/itUnless';
import { ROOT } from '../runner/paths';
import { DIALECTS } from './dialects';
import { startEmulator, type Emulator } from './emulator';
import { loadOpenApi, NO_DESCRIPTION } from './openapi';

const openApi = loadOpenApi(ROOT);
const reason = openApi ? undefined : NO_DESCRIPTION;
const faults = (schema: string, value: Readonly<Record<string, unknown>>): string[] =>
  openApi?.faults(schema, value) ?? assert.fail(NO_DESCRIPTION);

/**
 * The emulator's OpenAI is held to OpenAI's own description. Its answers name only the sizes of the models before
 * gpt-image-2, so only those are asked for.
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
    { model: 'dall-e-2', size: '256x256', n: 2, response_format: 'url' },
    { model: 'dall-e-3', response_format: 'b64_json', quality: 'hd' },
    {
      model: 'gpt-image-1',
      size: '1536x1024',
      output_format: 'webp',
      output_compression: 0,
      background: 'transparent',
      quality: 'low',
    },
    { model: 'gpt-image-1-mini', size: 'auto', quality: 'auto', n: 3 },
    { model: 'gpt-image-1.5', size: '1024x1536', output_format: 'jpeg', moderation: 'low' },
    { model: 'gpt-image-2', size: '1024x1024', user: 'u' },
  ]) {
    itUnless(reason, `answers ${JSON.stringify(body)} as it should`, async () => {
      const answer = (await (await ask(body)).json()) as { data: Record<string, unknown>[] };
      assert.deepEqual(faults('ImagesResponse', answer), []);
      for (const image of answer.data) assert.deepEqual(faults('Image', image), []);
    });
  }

  itUnless(reason, 'streams events as it should', async () => {
    const text = await (
      await ask({ model: 'gpt-image-1', stream: true, partial_images: 3, n: 2, quality: 'high' })
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
