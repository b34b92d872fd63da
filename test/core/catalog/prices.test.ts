import assert from 'node:assert/strict';
import { estimateCost } from '../../../src/core/catalog/prices';

describe('the estimated cost', () => {
  it('is that of the price list, for each image', () => {
    assert.deepEqual(estimateCost('openai', 'gpt-image-1', { size: '1024x1024', quality: 'high', n: 4 }), {
      dollars: 0.668,
      asOf: '2025-05',
    });
    assert.deepEqual(estimateCost('openai', 'dall-e-3', { size: '1792x1024', quality: 'hd' }), {
      dollars: 0.12,
      asOf: '2025-05',
    });
  });

  for (const [model, quality, prices] of [
    ['gpt-image-1', 'low', { '1024x1024': 0.011, '1024x1536': 0.016, '1536x1024': 0.016 }],
    ['gpt-image-1', 'medium', { '1024x1024': 0.042, '1024x1536': 0.063, '1536x1024': 0.063 }],
    ['gpt-image-1', 'high', { '1024x1024': 0.167, '1024x1536': 0.25, '1536x1024': 0.25 }],
    ['dall-e-3', 'standard', { '1024x1024': 0.04, '1024x1792': 0.08, '1792x1024': 0.08 }],
    ['dall-e-3', 'hd', { '1024x1024': 0.08, '1024x1792': 0.12, '1792x1024': 0.12 }],
  ] as const) {
    it(`is that of the price list for ${model} in ${quality}`, () => {
      for (const [size, dollars] of Object.entries(prices))
        assert.equal(estimateCost('openai', model, { size, quality })?.dollars, dollars, size);
    });
  }

  it('is never guessed', () => {
    assert.equal(estimateCost('openai', 'gpt-image-1', { size: '1024x1024' }), undefined);
    assert.equal(estimateCost('openai', 'gpt-image-1', { size: 'auto', quality: 'high' }), undefined);
    assert.equal(estimateCost('openai', 'gpt-image-2', { size: '1024x1024', quality: 'high' }), undefined);
    assert.equal(estimateCost('lemondata', 'dall-e-3', { size: '1024x1024', quality: 'hd' }), undefined);
  });
});
