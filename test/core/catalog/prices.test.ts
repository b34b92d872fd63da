import assert from 'node:assert/strict';
import { estimateCost } from '../../../src/core/catalog/prices';

describe('the estimated cost', () => {
  it('is that of the price list, for each picture', () => {
    assert.deepEqual(estimateCost('openai', 'gpt-image-1', { size: '1024x1024', quality: 'high', n: 4 }), { dollars: 0.668, asOf: '2025-05' });
    assert.deepEqual(estimateCost('openai', 'dall-e-3', { size: '1792x1024', quality: 'hd' }), { dollars: 0.12, asOf: '2025-05' });
  });

  it('is never guessed', () => {
    assert.equal(estimateCost('openai', 'gpt-image-1', { size: '1024x1024' }), undefined);
    assert.equal(estimateCost('openai', 'gpt-image-1', { size: 'auto', quality: 'high' }), undefined);
    assert.equal(estimateCost('openai', 'gpt-image-2', { size: '1024x1024', quality: 'high' }), undefined);
    assert.equal(estimateCost('lemondata', 'dall-e-3', { size: '1024x1024', quality: 'hd' }), undefined);
  });
});
