import assert from 'node:assert/strict';
import { sameRequest } from '../../../src/core/jobs/sameRequest';
import { record } from './records';

describe('the same request once more', () => {
  const connection = { provider: 'openai', label: 'OpenAI', baseUrl: 'https://api.example/v1/' } as const;
  const request = { ...record('A heron').request, model: 'any', fields: { size: '64x64', n: 2 } };

  it('has the provider, the model and every value of the job, whatever the settings are now', () => {
    const { prompt, overrides } = sameRequest(record('A heron', { connection, request }));
    assert.equal(prompt, 'A heron');
    assert.deepEqual(
      [overrides.provider, overrides.baseUrl, overrides.model, overrides.size, overrides.n, overrides.quality],
      ['openai', connection.baseUrl, 'any', '64x64', 2, null],
    );
    assert.equal(overrides.promptStyle, null, 'no style puts words around it');
    assert.equal(
      sameRequest(record('x', { connection: { provider: 'placeholder', label: 'P' } })).overrides.baseUrl,
      null,
    );
  });

  it('has the words of its style, although the style may be another one by now', () => {
    const styled = { ...request, prompt: 'A heron, in ink' };
    const { prompt, overrides } = sameRequest(record('', { prompt: 'A heron', style: 'Ink', request: styled }));
    assert.deepEqual([prompt, overrides.promptStyle], ['A heron', 'Ink']);
    assert.deepEqual(overrides.styles, { Ink: { before: '', after: ', in ink' } });
  });

  it('is sent as it was where its words are no more within it', () => {
    const { prompt, overrides } = sameRequest(
      record('', { prompt: 'A heron', style: 'Ink', request: { ...request, prompt: 'Something else' } }),
    );
    assert.deepEqual([prompt, overrides.promptStyle], ['Something else', null]);
  });
});
