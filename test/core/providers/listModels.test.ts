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
      'gpt-4o-image',
      'gpt-5-image',
      'sora_image',
      'gemini-2.5-flash-image',
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

  it('tells what a service says of their end, what takes their place, and their price', () => {
    const one = (model: object): unknown => parseModels({ data: [{ id: 'gpt-image-x', ...model }] })?.[0];
    const known = { id: 'gpt-image-x', draws: true };
    assert.deepEqual(one({}), known);
    assert.deepEqual(one({ shutdown_date: '2026-12-01' }), { ...known, endsOn: '2026-12-01' });
    assert.deepEqual(one({ shutdown_date: null }), { ...known, endsOn: null });
    assert.deepEqual(one({ shutdown_date: 'soon' }), known);
    const lifecycle = { stage: 'retired', replacement_model: 'y', retired_at: '2026-10-01T00:00:00Z', sunset_at: null };
    for (const name of ['tokenlab', 'lemondata'])
      assert.deepEqual(one({ [name]: { category: 'image', lifecycle, pricing: { per_request: '0.04' } } }), {
        ...known,
        endsOn: '2026-10-01',
        isEnded: true,
        replacement: 'y',
        dollarsPerRequest: 0.04,
      });
    const active = { stage: 'active', replacement_model: null, retired_at: null, sunset_at: null };
    assert.deepEqual(one({ tokenlab: { category: 'image', lifecycle: active } }), { ...known, endsOn: null });
    assert.deepEqual(one({ model_type: 'image', pricing: { currency: 'USD', per_request: 0.035 } }), {
      ...known,
      dollarsPerRequest: 0.035,
    });
    assert.deepEqual(one({ pricing: { currency: 'EUR', per_request: 0.035 } }), known);
    assert.deepEqual(one({ pricing: { per_request: 0 } }), known);
  });

  it('is what CometAPI calls an image model, and not what only reads images', () => {
    const draws = (model: object): unknown => parseModels([{ id: 'lucid', ...model }])?.[0]?.draws;
    assert.equal(draws({ model_type: 'image' }), true);
    assert.equal(draws({ model_type: 'text', features: ['image-to-text'] }), false);
    assert.equal(draws({ features: ['text-to-image'] }), true);
  });
});
