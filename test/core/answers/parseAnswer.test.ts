import assert from 'node:assert/strict';
import { parseAnswer } from '../../../src/core/answers/parseAnswer';
import { parseJson } from '../../../src/core/http/readText';

describe('an answer', () => {
  it('may hold addresses, bytes, or both, where bytes win', () => {
    const answer = parseAnswer(
      {
        created: 0,
        data: [
          { url: 'https://cdn/a.png', revised_prompt: 'B' },
          { b64_json: 'AQID', url: 'https://cdn/b.png' },
          { url: null },
        ],
        extra: 1,
      },
      { requestId: 'req' },
    );
    assert.deepEqual(answer, {
      state: 'images',
      images: [
        { source: { kind: 'url', url: 'https://cdn/a.png' }, revisedPrompt: 'B', used: {} },
        { source: { kind: 'bytes', bytes: new Uint8Array([1, 2, 3]) }, revisedPrompt: undefined, used: {} },
      ],
      requestId: 'req',
      usage: undefined,
    });
  });

  it('does not lose its images to a field or an item that is odd', () => {
    for (const body of [
      { id: 42, data: [{ b64_json: 'AQID' }] },
      { data: [null, { b64_json: 'AQID', revised_prompt: { text: 'x' }, url: 7 }] },
      { data: [7, { b64_json: 'AQID' }], poll_url: false },
    ]) {
      const answer = parseAnswer(body);
      assert.ok(answer?.state === 'images' && answer.images.length === 1);
    }
  });

  it('with a task id and an image is an image, as Ace Data Cloud answers', () => {
    assert.equal(
      parseAnswer({ success: true, task_id: 't', trace_id: 'x', data: [{ url: 'https://cdn/a.png' }] })?.state,
      'images',
    );
  });

  it('with a task id and no image is a task', () => {
    const lemon = {
      created: 1,
      task_id: 't1',
      status: 'pending',
      poll_url: '/v1/images/generations/t1',
      data: [{ url: '', revised_prompt: '' }],
    };
    assert.deepEqual(parseAnswer(lemon), {
      state: 'task',
      taskId: 't1',
      pollUrl: '/v1/images/generations/t1',
      requestId: undefined,
    });
    for (const body of [
      { task_id: 't2' },
      { taskId: 't2', data: [] },
      { job_id: 't2' },
      { id: 't2', status: 'QUEUED' },
      { id: 't2', task_status: 'PROCESSING' },
      { data: [{ task_id: 't2' }] },
      { data: { task_id: 't2', task_status: 'submitted' } },
      { output: { task_id: 't2', task_status: 'PENDING' }, request_id: 'r' },
      { task_id: null, id: 't2', data: null, status: 'pending' },
    ]) {
      assert.deepEqual(
        parseAnswer(body),
        { state: 'task', taskId: 't2', pollUrl: undefined, requestId: undefined },
        JSON.stringify(body),
      );
    }
  });

  it('names its task by its digits, and may say where to ask about it', () => {
    const task = (body: unknown): unknown => {
      const answer = parseAnswer(body);
      return answer?.state === 'task' && [answer.taskId, answer.pollUrl];
    };
    assert.deepEqual(task({ task_id: 42 }), ['42', undefined]);
    assert.deepEqual(task(parseJson('{"task_id": 1234567890123456789}')), ['1234567890123456789', undefined]);
    const odd =
      '{"a": "1234567890123456789", "b": [1.2345678901234567, 12345678901234567e3], "c": "x\\", 12345678901234567890", "d": 9007199254740991}';
    assert.deepEqual(parseJson(odd), JSON.parse(odd));
    assert.deepEqual(task({ id: 't', status_url: '/v1/jobs/t' }), ['t', '/v1/jobs/t']);
    assert.deepEqual(task({ id: 't', urls: { get: '/v1/predictions/t' } }), ['t', '/v1/predictions/t']);
  });

  it('with a bare id is no task, unless the answer is still to come', () => {
    for (const body of [{ id: 'x', data: [] }, { id: 'x' }, { id: '03ff', data: { image_base64: ['iVBO'] } }])
      assert.equal(parseAnswer(body), undefined, JSON.stringify(body));
    assert.equal(parseAnswer({ id: 'x' }, { isAccepted: true })?.state, 'task');
  });

  for (const body of ['<html>', null, [], {}, { data: [] }, { data: 'x' }, { data: [null] }, 7]) {
    it(`that is ${JSON.stringify(body)} has neither a picture nor a task`, () =>
      assert.equal(parseAnswer(body), undefined));
  }

  it('may hold data URLs, and texts instead of objects', () => {
    for (const item of [
      'AQID',
      'data:image/png;base64,AQID',
      { url: 'data:image/png;base64,AQID' },
      { b64_json: 'data:image/webp;base64,AQID' },
    ]) {
      const answer = parseAnswer({ data: [item] });
      assert.ok(answer?.state === 'images');
      assert.deepEqual(
        answer.images[0]?.source,
        { kind: 'bytes', bytes: new Uint8Array([1, 2, 3]) },
        JSON.stringify(item),
      );
    }
    const answer = parseAnswer({ data: ['https://cdn.example/a.png'] });
    assert.ok(answer?.state === 'images');
    assert.deepEqual(answer.images[0]?.source, { kind: 'url', url: 'https://cdn.example/a.png' });
  });

  it('tells what was really used, for all images or for one', () => {
    const answer = parseAnswer({
      size: '1024x1024',
      quality: 'medium',
      usage: { total_tokens: 9, input_tokens: null },
      data: [{ b64_json: 'AQID' }, { b64_json: 'AQID', size: '1x1' }],
    });
    assert.ok(answer?.state === 'images');
    assert.deepEqual(
      answer.images.map(({ used }) => used),
      [
        { size: '1024x1024', quality: 'medium' },
        { size: '1x1', quality: 'medium' },
      ],
    );
    assert.deepEqual(answer.usage, { total: 9 });
  });

  it('is not lost to a percent sign that stands for itself', () => {
    const answer = parseAnswer({
      data: [{ url: 'data:image/svg+xml,<svg width="100%"/>' }, { url: 'https://cdn.example/a.png' }],
    });
    assert.ok(answer?.state === 'images' && answer.images.length === 2);
  });

  it('may hold an SVG that is written out', () => {
    const answer = parseAnswer({ data: [{ url: 'data:image/svg+xml;utf8,%3Csvg%2F%3E' }] });
    assert.ok(answer?.state === 'images');
    assert.deepEqual(answer.images[0]?.source, { kind: 'bytes', bytes: new TextEncoder().encode('<svg/>') });
  });
});
