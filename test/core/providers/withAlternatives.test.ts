import assert from 'node:assert/strict';
import { providerOf } from '../../../src/core/catalog/providers';
import { PictorError, type ErrorKind } from '../../../src/core/errors';
import { replacementOf, withAlternatives } from '../../../src/core/providers/withAlternatives';

const openai = providerOf('openai');
const lemon = providerOf('lemondata');

describe('an error', () => {
  const of = (kind: ErrorKind, provider = openai, model = 'dall-e-3'): PictorError =>
    withAlternatives(new PictorError(kind, 'No.'), provider, model) as PictorError;

  it('about a model that has ended names the one that took its place', () => {
    assert.deepEqual(of('unknownModel').details.suggestions, ['gpt-image-2.6-flare']);
    assert.deepEqual(of('unknownModel', openai, 'house-model').details.suggestions, ['gpt-image-2.6-flare']);
    assert.equal(of('unknownModel', openai, 'gpt-image-2.6-flare').details.suggestions, undefined);
    assert.equal(of('unknownModel', providerOf('custom'), 'x').details.suggestions, undefined);
    const own = new PictorError('unknownModel', 'No.', { suggestions: ['theirs'] });
    assert.equal(withAlternatives(own, openai, 'dall-e-3'), own);
  });

  it('of a provider that is not there any more names its successor', () => {
    for (const kind of ['unreachable', 'untrusted', 'redirected', 'wrongAddress'] as const) {
      const error = of(kind, lemon);
      assert.equal(error.details.successor, 'tokenlab', kind);
      assert.equal(error.message, 'No. LemonData has become TokenLab, at another address and with keys of its own.');
      assert.equal(of(kind).details.successor, undefined);
    }
    for (const kind of ['timeout', 'interrupted', 'unauthorized', 'noCredit'] as const)
      assert.equal(of(kind, lemon).details.successor, undefined, kind);
  });

  it('of another kind is left as it is', () => {
    const other = new Error('x');
    assert.equal(withAlternatives(other, lemon, 'x'), other);
    assert.equal(replacementOf(openai, 'gpt-image-1'), 'gpt-image-2.6-flare');
  });
});
