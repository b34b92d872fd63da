import assert from 'node:assert/strict';
import type { TaskState } from '../../../src/core/providers/provider';
import { providerOf } from '../../../src/core/catalog/providers';
import { errorFromTask } from '../../../src/core/providers/errors/errorFromAnswer';
import { taskDialectOf } from '../../../src/core/providers/taskDialect';

describe('the answers about a task', () => {
  const base = new URL('https://api.example/v1/');
  const task = { state: 'task', taskId: 't 1' } as const;
  const lemon = taskDialectOf({ id: 'lemondata' });
  const ace = taskDialectOf({ id: 'acedata' });

  it('are asked for exactly where the service says, and nowhere else', () => {
    assert.equal(lemon.ask(task, base).url.href, 'https://api.example/v1/images/generations/t%201');
    assert.equal(
      lemon.ask({ ...task, pollUrl: '/v1/tasks/t1?x=1' }, base).url.href,
      'https://api.example/v1/tasks/t1?x=1',
    );
    for (const pollUrl of [
      'https://evil.example/t1',
      '//evil.example/t1',
      'http://api.example/t1',
      'http://',
      ' https://evil.example/t1',
    ]) {
      assert.equal(
        lemon.ask({ ...task, pollUrl }, base).url.href,
        'https://api.example/v1/images/generations/t%201',
        pollUrl,
      );
    }
    assert.deepEqual(ace.ask(task, base), {
      method: 'POST',
      url: new URL('https://api.example/v1/tasks'),
      body: { action: 'retrieve', id: 't 1' },
    });
  });

  for (const [body, state] of [
    [
      { status: 'pending', data: [{ url: '' }] },
      { state: 'running', percent: undefined },
    ],
    [
      { status: 'processing', progress: 40 },
      { state: 'running', percent: 40 },
    ],
    [
      { status: 'dreaming', progress: 0 },
      { state: 'running', percent: undefined, unknownStatus: 'dreaming' },
    ],
    [
      { status: 'processing', progress: '40%' },
      { state: 'running', percent: 40 },
    ],
    [
      { status: 'failed', cancelled: true },
      { state: 'failed', error: 'it was cancelled' },
    ],
    [{ status: 'completed', data: [], task_id: 't' }, { state: 'empty' }],
    ['<html>', { state: 'running', unknownStatus: 'an answer of another shape' }],
  ] as [unknown, TaskState][]) {
    it(`of LemonData, ${JSON.stringify(body)}, mean ${state.state}`, () => assert.deepEqual(lemon.read(body), state));
  }

  it('have failed, in whatever word, case, depth and shape a service says so, and why', () => {
    const body: readonly (readonly [answer: object, reason: RegExp])[] = [
      [{ status: 'failed', error: 'plain words' }, /plain words/],
      [{ status: 'failed', error: { message: 'an object', code: 'x' } }, /an object/],
      [{ status: 'failed', error: { code: 'upstream_error' } }, /upstream_error/],
      [{ status: 'FAILURE', fail_reason: 'banned' }, /banned/],
      [{ status: 'expired' }, /could not draw/],
      [{ error: { message: 'no status at all' } }, /no status at all/],
      [{ code: 'success', message: '', data: { status: 'FAILURE', fail_reason: 'out of luck' } }, /out of luck/],
      [{ code: 200, msg: 'success', data: { state: 'fail', failCode: '422', failMsg: 'flagged' } }, /flagged/],
      [{ output: { task_status: 'FAILED', code: 'InvalidParameter', message: 'no such size' } }, /no such size/],
      [{ errors: { code: 422, message: 'Output may be wrong.' }, task_status: 'FAILED' }, /Output may be wrong/],
      [{ status: 'success', data: { status: 'Request Moderated' } }, /could not draw/],
      [{ task: { status: 'TASK_STATUS_FAILED', reason: 'too dark' } }, /too dark/],
      [{ data: { task_status: 'failed', task_status_msg: 'no pose' } }, /no pose/],
    ];
    for (const [answer, reason] of body) {
      const state = lemon.read(answer);
      assert.ok(state.state === 'failed', JSON.stringify(answer));
      assert.match(errorFromTask(providerOf('lemondata'), state.error).message, reason);
    }
  });

  it('run, in whatever word and depth a service says so', () => {
    for (const answer of [
      { status: 'notRunning' },
      { status: 'IN_QUEUE', response_url: 'https://queue.example/a.png' },
      { code: 'success', data: { status: 'NOT_START', progress: '0%' } },
      { task: { status: 'TASK_STATUS_QUEUED' } },
      { status: 'success', data: { task_status: 'PROCESSING', input: { image_url: 'https://x.example/in.png' } } },
      { data: { error: { code: 0, message: '' }, status: 'staged' } },
    ]) {
      const state = lemon.read(answer);
      assert.equal(state.state === 'running' && state.unknownStatus === undefined, true, JSON.stringify(answer));
    }
  });

  it('of TokenLab are asked for where its contract says, unless it names another address', () => {
    const tokenLab = taskDialectOf(providerOf('tokenlab'));
    const baseUrl = new URL('https://api.tokenlab.sh/v1/');
    const asked = (pollUrl?: string): string =>
      tokenLab.ask({ state: 'task', taskId: 'ldtask_1', pollUrl }, baseUrl).url.href;
    assert.deepEqual(
      [asked(), asked('/v1/images/ldtask_1'), asked('https://elsewhere.example/x')],
      [
        'https://api.tokenlab.sh/v1/tasks/ldtask_1',
        'https://api.tokenlab.sh/v1/images/ldtask_1',
        'https://api.tokenlab.sh/v1/tasks/ldtask_1',
      ],
    );
  });

  it('of LemonData bring the images', () => {
    for (const odd of [
      { status: 'completed' },
      { status: 'completed', progress: '100%' },
      { status: 'completed', error: {} },
      { status: 'Ready' },
      { task_status: 'SUCCEED' },
      { status: 'completed', cancelled: 'no' },
      { status: 'finished' },
      {},
    ]) {
      const state = lemon.read({ ...odd, data: [{ url: 'https://cdn.example/a.png' }] });
      assert.ok(state.state === 'images' && state.images.length === 1, JSON.stringify(odd));
    }
  });

  it('of Ace Data Cloud are not known yet, running, done or failed', () => {
    assert.deepEqual(ace.read({}), { state: 'running' });
    assert.deepEqual(ace.read({ id: 't', started_at: 1 }), { state: 'running' });
    assert.equal(
      ace.read({ id: 't', response: { success: true, data: [{ url: 'https://cdn.example/a.png' }] } }).state,
      'images',
    );
    for (const error of [{ code: 'api_error', message: 'boom' }, 'boom', { code: 7 }])
      assert.deepEqual(ace.read({ response: { success: false, error } }), { state: 'failed', error });
  });

  it('of several tasks of Ace Data Cloud come in one', () => {
    assert.deepEqual(ace.askAll?.(['a', 'b'], base), {
      method: 'POST',
      url: new URL('https://api.example/v1/tasks'),
      body: { action: 'retrieve_batch', ids: ['a', 'b'] },
    });
    const all = ace.readAll?.({
      items: [
        { id: 'a', response: { data: [{ url: 'https://cdn.example/a.png' }] } },
        null,
        { id: 'b' },
        { trace_id: 'x' },
      ],
      count: 3,
    });
    assert.deepEqual([...(all?.keys() ?? [])], ['a', 'b']);
    assert.equal(ace.read(all?.get('a')).state, 'images');
    assert.equal(ace.read(all?.get('b')).state, 'running');
    assert.equal(ace.readAll?.('<html>').size, 0);
  });

  it('of a gateway whose shape the user describes are found by pointers', () => {
    const gate = taskDialectOf({
      id: 'custom',
      profile: {
        images: '/out',
        task: {
          id: '/id',
          poll: 'jobs/{id}?full=1',
          state: '/job/state',
          done: ['ready'],
          failed: ['broken'],
          error: '/job/why',
          progress: '/job/percent',
        },
      },
    });
    assert.equal(gate.ask(task, base).url.href, 'https://api.example/v1/jobs/t%201?full=1');
    assert.deepEqual(gate.read({ job: { state: 'cooking', percent: 30 } }), {
      state: 'running',
      percent: 30,
      unknownStatus: 'cooking',
    });
    assert.deepEqual(gate.read({ job: { state: 'broken', why: 'no oven' } }), { state: 'failed', error: 'no oven' });
    const starred = taskDialectOf({
      id: 'custom',
      profile: {
        images: '/out/*/image_url',
        task: { id: '/id', poll: 'jobs/{id}', state: '/state', done: ['ready'], failed: ['broken'] },
      },
    });
    const several = starred.read({
      state: 'ready',
      out: [{ image_url: 'https://cdn.example/a.png' }, { image_url: 'https://cdn.example/b.png' }],
    });
    assert.ok(several.state === 'images' && several.images.length === 2);
    for (const out of [
      'https://cdn.example/a.png',
      ['https://cdn.example/a.png'],
      [{ url: 'https://cdn.example/a.png' }],
    ]) {
      const state = gate.read({ job: { state: 'ready' }, out });
      assert.ok(state.state === 'images' && state.images[0]?.source.kind === 'url', JSON.stringify(out));
    }
  });
});
