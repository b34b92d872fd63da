import assert from 'node:assert/strict';
import { providerOf, PROVIDERS } from '../../../src/core/catalog/providers';
import { composeRequest } from '../../../src/core/request/composeRequest';
import { splitCount } from '../../../src/core/request/splitCount';

describe('several images of one prompt', () => {
  it('are asked for in as few requests as the model allows', () => {
    assert.deepEqual(splitCount(providerOf('openai'), 'gpt-image-1', 4), [4]);
    assert.deepEqual(splitCount(providerOf('openai'), 'dall-e-3', 3), [1, 1, 1]);
    assert.deepEqual(splitCount(providerOf('lemondata'), 'flux-pro', 10), [4, 4, 2]);
    assert.deepEqual(splitCount(providerOf('custom'), 'house-1', 7), [7]);
  });

  it('are never more than a model takes, and as many as are wanted', () => {
    for (const provider of PROVIDERS.values()) {
      for (const { id } of provider.models) {
        const counts = splitCount(provider, id, 10);
        assert.equal(
          counts.reduce((sum, one) => sum + one, 0),
          10,
        );
        for (const n of counts)
          assert.deepEqual(composeRequest(provider, { prompt: 'x', model: id, fields: { n } }).unsupported, []);
      }
    }
  });
});
