import assert from 'node:assert/strict';
import { parseModels } from '../../../src/core/providers/listModels';

describe('a list of models', () => {
  it('is read in every wrapping', () => {
    const expected = [{ id: 'dall-e-3', draws: true }];
    for (const body of [
      { data: [{ id: 'dall-e-3' }] },
      { models: ['dall-e-3'] },
      ['dall-e-3'],
      { object: 'list', data: [null, { id: 7 }, { id: 'dall-e-3', type: null }] },
    ]) {
      assert.deepEqual(parseModels(body), expected, JSON.stringify(body));
    }
    for (const body of ['<html>', null, {}, { data: 'x' }]) assert.equal(parseModels(body), undefined);
  });

  it('tells which of them draw: by what the service says, else by name', () => {
    const draws = (model: unknown): boolean | undefined => parseModels([model])?.[0]?.draws;
    for (const id of [
      'gpt-image-3',
      'flux-pro-1.1',
      'stable-diffusion-3',
      'nano-banana-pro',
      'midjourney',
      'qwen-image',
      'google/imagen-4',
      'seedream-4',
    ])
      assert.equal(draws(id), true, id);
    for (const id of [
      'gpt-4o',
      'o3',
      'whisper-1',
      'text-embedding-3-small',
      'omni-moderation-latest',
      'sora-2',
      'gemini-3-pro',
      'llama-4-vision',
    ])
      assert.equal(draws(id), false, id);
    for (const id of ['lucid-v2', 'my-model']) assert.equal(draws(id), undefined, id);
    assert.equal(draws({ id: 'lucid-v2', architecture: { output_modalities: ['image'] } }), true);
    assert.equal(draws({ id: 'lucid-v2', supported_endpoint_types: ['image-generation'] }), true);
    assert.equal(draws({ id: 'lucid-v2', type: 'chat' }), false);
  });
});
