import assert from 'node:assert/strict';
import { errorFromAnswer, isErrorBody } from '../../../src/core/providers/errorFromAnswer';
import { parseAnswer } from '../../../src/core/providers/parseAnswer';

describe('an answer', () => {
  it('may hold addresses, bytes, or both, where bytes win', () => {
    const answer = parseAnswer({ created: 0, data: [{ url: 'https://cdn/a.png', revised_prompt: 'B' }, { b64_json: 'AQID', url: 'https://cdn/b.png' }, { url: null }], extra: 1 }, 'req');
    assert.deepEqual(answer, {
      state: 'images',
      images: [
        { source: { kind: 'url', url: 'https://cdn/a.png' }, revisedPrompt: 'B' },
        { source: { kind: 'bytes', bytes: new Uint8Array([1, 2, 3]) }, revisedPrompt: undefined },
      ],
      requestId: 'req',
    });
  });

  it('does not lose its pictures to a field or an item that is odd', () => {
    for (const body of [
      { id: 42, data: [{ b64_json: 'AQID' }] },
      { data: [null, { b64_json: 'AQID', revised_prompt: { text: 'x' }, url: 7 }] },
      { data: [7, { b64_json: 'AQID' }], poll_url: false },
    ]) {
      const answer = parseAnswer(body);
      assert.ok(answer?.state === 'images' && answer.images.length === 1);
    }
  });

  it('with a task id and a picture is a picture, as Ace Data Cloud answers', () => {
    assert.equal(parseAnswer({ success: true, task_id: 't', trace_id: 'x', data: [{ url: 'https://cdn/a.png' }] })?.state, 'images');
  });

  it('with a task id and no picture is a task', () => {
    const lemon = { created: 1, task_id: 't1', status: 'pending', poll_url: '/v1/images/generations/t1', data: [{ url: '', revised_prompt: '' }] };
    assert.deepEqual(parseAnswer(lemon), { state: 'task', taskId: 't1', pollUrl: '/v1/images/generations/t1', requestId: undefined });
    assert.equal(parseAnswer({ task_id: 't2' })?.state, 'task');
  });

  for (const body of ['<html>', null, [], {}, { data: [] }, { data: 'x' }, { data: [null] }, 7]) {
    it(`that is ${JSON.stringify(body)} has neither a picture nor a task`, () => assert.equal(parseAnswer(body), undefined));
  }

  it('may hold data URLs, and texts instead of objects', () => {
    for (const item of ['AQID', 'data:image/png;base64,AQID', { url: 'data:image/png;base64,AQID' }, { b64_json: 'data:image/webp;base64,AQID' }]) {
      const answer = parseAnswer({ data: [item] });
      assert.ok(answer?.state === 'images');
      assert.deepEqual(answer.images[0]?.source, { kind: 'bytes', bytes: new Uint8Array([1, 2, 3]) }, JSON.stringify(item));
    }
    const answer = parseAnswer({ data: ['https://cdn.example/a.png'] });
    assert.ok(answer?.state === 'images');
    assert.deepEqual(answer.images[0]?.source, { kind: 'url', url: 'https://cdn.example/a.png' });
  });
});

describe('an error answer', () => {
  for (const [status, body, kind, words] of [
    [401, { error: { code: 'invalid_api_key', message: 'Incorrect API key' } }, 'unauthorized', 'OpenAI does not accept the API key (invalid_api_key): Incorrect API key'],
    [429, { error: { code: 'insufficient_quota', message: 'x' } }, 'forbidden', 'no credit left'],
    [400, { error: { code: 'billing_hard_limit_reached', message: 'x' } }, 'forbidden', 'no credit left'],
    [429, { error: { code: 'rate_limit_exceeded', message: 'x' } }, 'rateLimited', 'asks to slow down'],
    [403, { error: 'plain words' }, 'forbidden', 'plain words'],
    [500, { success: false, error: { code: 'api_error', message: 'boom' }, trace_id: 't' }, 'unavailable', 'may have been made and billed'],
    [502, '<html><title>Bad gateway</title>', 'unavailable', '(502).'],
    [400, { message: 'top level' }, 'rejected', 'top level'],
    [404, {}, 'rejected', 'does not know this model or address (404).'],
    [418, 'plain text', 'rejected', 'plain text'],
  ] as [number, unknown, string, string][]) {
    it(`${status} ${JSON.stringify(body).slice(0, 60)} is ${kind}`, () => {
      const error = errorFromAnswer('OpenAI', status, body, 'req_1');
      assert.equal(error.kind, kind);
      assert.ok(error.message.includes(words), error.message);
      assert.equal(error.requestId, 'req_1');
    });
  }

  it('may come with status 200, and is told from an answer by its error', () => {
    assert.ok(isErrorBody({ success: false, error: { code: 'x', message: 'y' } }) && isErrorBody({ error: 'y' }));
    assert.ok(!isErrorBody({ error: null, data: [] }) && !isErrorBody('error') && !isErrorBody(undefined));
  });

  it('is cut to a readable length', () => {
    assert.ok(errorFromAnswer('X', 400, { error: { message: 'long '.repeat(500) } }).message.length < 400);
  });
});
