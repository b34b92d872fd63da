import assert from 'node:assert/strict';
import { providerOf } from '../../../src/core/catalog/providers';
import { composeRequest } from '../../../src/core/request/composeRequest';
import { encodeRequest, keyHeader } from '../../../src/core/request/encodeRequest';

describe('a request that is ready to be sent', () => {
  const openai = providerOf('openai');
  const request = composeRequest(openai, { prompt: 'A heron', model: 'any', fields: { n: 2 } });

  it('has the same bytes each time a connection must be made for it, and no key', () => {
    const encoded = encodeRequest(request, openai);
    assert.deepEqual(JSON.parse(encoded.body()), { model: 'any', prompt: 'A heron', n: 2 });
    assert.equal(encoded.body(), encoded.body());
    assert.deepEqual(
      [encoded.path, encoded.headers],
      ['images/generations', { accept: 'application/json', 'content-type': 'application/json' }],
    );
    const streamed = composeRequest(openai, { prompt: 'x', model: 'gpt-image-2', fields: { partialImages: 1 } });
    assert.equal(encodeRequest(streamed, openai).headers.accept, 'text/event-stream, application/json');
    assert.deepEqual(keyHeader(openai), { name: 'authorization', prefix: 'Bearer ' });
  });

  it('goes where a gateway of the user’s wants it, with its headers, and without what it does not take', () => {
    const profile = { path: 'draw', headers: { 'x-team': 'docs' }, drop: ['n'], keyHeader: 'x-key' };
    const { path, headers, body } = encodeRequest(request, { ...openai, profile });
    assert.deepEqual(
      [path, headers['x-team'], JSON.parse(body())],
      ['draw', 'docs', { model: 'any', prompt: 'A heron' }],
    );
    assert.deepEqual(keyHeader({ profile }), { name: 'x-key', prefix: '' });
  });
});
