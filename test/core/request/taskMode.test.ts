import assert from 'node:assert/strict';
import { providerOf } from '../../../src/core/catalog/providers';
import { composeRequest, type RequestDraft } from '../../../src/core/request/composeRequest';
import { bodyOf } from './bodyOf';

const ace = (model: string, draft: Partial<RequestDraft>): Record<string, unknown> =>
  bodyOf(providerOf('acedata'), { prompt: 'x', model, fields: {}, taskMode: 'auto', ...draft });

describe('a request to Ace Data Cloud', () => {
  it('asks for a task where the image takes minutes', () => {
    assert.equal(ace('gpt-image-2', { fields: { size: '3840x2160' } }).async, true);
    for (const [model, size] of [
      ['gpt-image-2', '1024x1024'],
      ['gpt-image-2', 'auto'],
      ['gpt-image-1', '1536x1024'],
      ['nano-banana', '1792x1024'],
    ] as const) {
      assert.equal(ace(model, { fields: { size } }).async, undefined, `${model} ${size}`);
    }
  });

  it('takes 1536 times 1024 pixels for quick, and more for slow', () => {
    const isTask = (size: string): unknown => ace('gpt-image-2', { fields: { size } }).async;
    assert.deepEqual(['1024x1536', '1024x1552', '1040x1536'].map(isTask), [undefined, true, true]);
  });

  it('asks for one always or never, as the user says', () => {
    assert.equal(ace('gpt-image-1', { taskMode: 'always' }).async, true);
    assert.equal(
      ace('gpt-image-2', { taskMode: 'never', fields: { size: '3840x2160' }, callbackUrl: 'https://me.example' })
        .callback_url,
      undefined,
    );
  });

  it('asks for none where nobody says when', () => {
    const { extra } = composeRequest(providerOf('acedata'), {
      prompt: 'x',
      model: 'gpt-image-2',
      fields: { size: '3840x2160' },
      callbackUrl: 'https://me.example',
      traceId: 't',
    });
    assert.deepEqual(extra, {});
  });

  it('gives a task a name to be found by, and nothing else', () => {
    assert.equal(ace('gpt-image-1', { taskMode: 'always', traceId: 't' }).trace_id, 't');
    assert.equal(ace('gpt-image-1', { callbackUrl: 'https://me.example', traceId: 't' }).trace_id, 't');
    assert.equal(ace('gpt-image-1', { traceId: 't' }).trace_id, undefined);
  });

  it('names the address for the result, and is a task by that', () => {
    const body = ace('gpt-image-1', { callbackUrl: 'https://me.example/hook', fields: { partialImages: 2 } });
    assert.deepEqual(
      [body.callback_url, body.async, body.stream, body.partial_images],
      ['https://me.example/hook', undefined, undefined, undefined],
    );
  });

  it('is a stream instead where the user wants previews', () => {
    const body = ace('gpt-image-2', { fields: { size: '3840x2160', partialImages: 1 } });
    assert.deepEqual([body.async, body.stream, body.partial_images], [undefined, true, 1]);
  });

  it('is one that may ask for a task, unlike one to OpenAI', () => {
    const body = bodyOf(providerOf('openai'), {
      prompt: 'x',
      fields: { size: '3840x2160' },
      taskMode: 'always',
      callbackUrl: 'https://me.example',
    });
    assert.deepEqual(Object.keys(body).sort(), ['model', 'prompt', 'quality', 'size']);
  });

  it('has more to say than one to TokenLab, which only takes `async`', () => {
    const body = bodyOf(providerOf('tokenlab'), {
      prompt: 'x',
      fields: { size: '2048x1152' },
      taskMode: 'auto',
      callbackUrl: 'https://me.example',
      traceId: 't',
    });
    assert.deepEqual([body.async, body.callback_url, body.trace_id], [true, undefined, undefined]);
  });
});
