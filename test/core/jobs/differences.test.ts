import assert from 'node:assert/strict';
import { differences } from '../../../src/core/jobs/differences';

const PNG = { extension: 'png', mediaType: 'image/png', size: '1024x1024' };

describe('what was delivered', () => {
  it('is compared with what was asked for', () => {
    assert.deepEqual(
      differences({ size: '1024x1024', outputFormat: 'png', quality: 'high' }, PNG, { quality: 'high' }),
      [],
    );
    assert.deepEqual(differences({ size: '1024x1024' }, { ...PNG, size: '1254x1254' }, {}), [
      '1254x1254 instead of 1024x1024',
    ]);
    assert.deepEqual(
      differences(
        { outputFormat: 'jpeg', quality: 'high', background: 'transparent' },
        { ...PNG, extension: 'webp' },
        { quality: 'low', background: 'opaque' },
      ),
      ['webp instead of jpeg', 'quality low instead of high', 'background opaque instead of transparent'],
    );
  });

  it('is compared to the letter', () =>
    assert.deepEqual(differences({ size: '512x512' }, { ...PNG, size: '1512x512' }, {}), [
      '1512x512 instead of 512x512',
    ]));

  it('differs from nothing that was left to the model, or that nobody tells', () => {
    assert.deepEqual(differences({ size: 'auto', quality: 'auto' }, PNG, { quality: 'low' }), []);
    assert.deepEqual(differences({ quality: 'hd', size: '512x512' }, { ...PNG, size: undefined }, {}), []);
    assert.deepEqual(differences({ outputFormat: 'jpeg' }, { ...PNG, extension: 'jpg' }, {}), []);
  });
});
