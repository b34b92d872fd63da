import assert from 'node:assert/strict';
import { parseAnswer } from '../../../src/core/answers/parseAnswer';
import { imageOfText } from '../../../src/core/answers/imageText';
import { parseJson } from '../../../src/core/http/readText';

describe('an answer', () => {
  it('may hold addresses, bytes, or both, where bytes win', () => {
    const answer = parseAnswer(
      {
        created: 0,
        data: [
          { url: 'https://cdn/a.png', revised_prompt: 'B' },
          { b64_json: 'iVBORw0KGgo=', url: 'https://cdn/b.png' },
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
        {
          source: { kind: 'bytes', bytes: new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]) },
          revisedPrompt: undefined,
          used: {},
        },
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

  it('is rescued from wherever it stands, and nothing else is', () => {
    const urls = (body: unknown): unknown => {
      const answer = parseAnswer(body);
      return answer?.state === 'images' && answer.images.map(({ source }) => source.kind === 'url' && source.url);
    };
    const image = 'https://cdn.example/made.png';
    for (const body of [
      { status: 'succeeded', output: image, input: { image: 'https://x.example/given.png' } },
      { data: { response: { originImageUrl: 'https://x.example/given.png', resultUrls: [image] } } },
      { thumbnail_url: 'https://x.example/small.png', image_url: image },
      { data: { b64_json: image } },
      { result: { sample: image }, webhook_url: 'https://x.example/hook.png' },
      { files: [{ file_url: image, file_type: 'image' }], docs: 'https://x.example/docs.png' },
      { output: `[${JSON.stringify({ value: { url: image } })}]` },
    ])
      assert.deepEqual(urls(body), [image], JSON.stringify(body));
    assert.deepEqual(urls({ images: ['https://a.example/1', 'https://a.example/2'] }), [
      'https://a.example/1',
      'https://a.example/2',
    ]);
    for (const body of [
      { message: 'See https://docs.example/errors.png for help' },
      { error: { image: image } },
      { prompt: image },
      { status_url: 'https://queue.example/a', cancel_url: 'https://queue.example/b' },
      'a text that is no image',
    ])
      assert.equal(parseAnswer(body), undefined, JSON.stringify(body));
  });

  it('that is still to come has no image yet, whatever addresses it names', () => {
    const answer = parseAnswer({ id: 't', status: 'queued', image_url: 'https://cdn.example/placeholder.png' });
    assert.equal(answer?.state, 'task');
  });

  it('tells of each image that did not come why', () => {
    const blocked = { code: 'DataInspectionFailed', message: 'blocked' };
    for (const body of [
      { output: { results: [{ url: 'https://cdn.example/a.png' }, blocked] } },
      { data: [blocked, { url: 'https://cdn.example/a.png' }] },
    ]) {
      const answer = parseAnswer(body);
      assert.ok(answer?.state === 'images');
      assert.deepEqual([answer.images.length, answer.refused], [1, [blocked]]);
    }
  });

  it('may tell in its head where the result will be', () => {
    const asked = (body: unknown, location: string): unknown => parseAnswer(body, { isAccepted: true, location });
    assert.deepEqual(asked('', '/v1/operations/op-7?x=1'), {
      state: 'task',
      taskId: 'op-7',
      pollUrl: '/v1/operations/op-7?x=1',
      requestId: undefined,
    });
    assert.deepEqual(asked({ id: 't1' }, '/v1/operations/op-7'), {
      state: 'task',
      taskId: 't1',
      pollUrl: '/v1/operations/op-7',
      requestId: undefined,
    });
  });

  it('of two values that were glued together is the first', () => {
    assert.deepEqual(parseJson('{"a":["}"]}{"error":1}'), { a: ['}'] });
    assert.deepEqual(parseJson('{"a":1}\n\nevent: error\ndata: {}'), { a: 1 });
    assert.equal(parseJson('{"a":'), '{"a":');
    assert.equal(parseJson('words {"a":1}'), 'words {"a":1}');
  });

  it('is an image by what its text is', () => {
    const kindOf = (text: string): unknown => imageOfText(text, () => null)?.kind;
    const png = 'iVBORw0KGgo=';
    for (const text of [png, `b'${png}'`, `base64,${png}`, `data:image/png;base64,data:image/png;base64,${png}`])
      assert.equal(kindOf(text), 'bytes', text);
    for (const text of ['https://a.example/x', '![a](https://a.example/x)', '/img/a.png', '//a.example/a', './a.png'])
      assert.equal(kindOf(text), 'url', text);
    for (const text of ['', 'a.png', 'words', 'QUJDRA==', 'https://a b', '![words]', '/a b'])
      assert.equal(kindOf(text), undefined, text);
  });

  it('with a bare id is no task, unless the answer is still to come', () => {
    for (const body of [{ id: 'x', data: [] }, { id: 'x' }, { id: '03ff', data: { image_base64: ['AQID'] } }])
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
