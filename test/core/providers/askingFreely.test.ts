import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { discardUnused } from '../../../src/core/answers/discardUnused';
import { providerOf, type ProviderId } from '../../../src/core/catalog/providers';
import { PictorError, type ErrorKind } from '../../../src/core/errors';
import { StagingArea } from '../../../src/core/files/staging';
import { askAboutTask } from '../../../src/core/providers/askAboutTask';
import { askFreely } from '../../../src/core/providers/askFreely';
import { checkConnection } from '../../../src/core/providers/checkConnection';
import { findTask } from '../../../src/core/providers/findTask';
import { listModels } from '../../../src/core/providers/listModels';
import type { ProviderAccess, TaskAnswer } from '../../../src/core/providers/providerAccess';
import { TaskBatches } from '../../../src/core/providers/taskBatches';
import { isOver } from '../../../src/core/providers/taskDialect';
import { composeRequest } from '../../../src/core/request/composeRequest';
import { FakeHttp, type FakeAnswer } from './fakeHttp';

const { signal } = new AbortController();
const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' });
const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET', syscall: 'read' });

function access(http: FakeHttp): ProviderAccess {
  const staging = new StagingArea(mkdtempSync(path.join(tmpdir(), 'pictor-asking-')));
  const batches = new TaskBatches<TaskAnswer>({
    delay: () => Promise.resolve(),
    now: () => 0,
    isOver: ({ item }) => isOver(item),
  });
  return {
    http: http.client,
    baseUrl: new URL('https://api.example/v1/'),
    apiKey: 'k',
    timeoutMs: 1000,
    maxImageBytes: 1 << 20,
    staging,
    sharedStaging: staging,
    batches,
  };
}

async function failure(work: Promise<unknown>): Promise<PictorError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PictorError, String(error));
  return error;
}

describe('a question that costs nothing', () => {
  const ask = (answer: FakeAnswer, accepted: readonly number[] = []): ReturnType<typeof askFreely> =>
    askFreely(
      providerOf('openai'),
      new FakeHttp(answer).client,
      { method: 'GET', url: new URL('https://api.example/v1/models'), headers: {} },
      signal,
      accepted,
    );

  it('brings what the service says, and errors that are answers too', async () => {
    assert.deepEqual(await ask({ body: { data: [] } }), { status: 200, body: { data: [] } });
    assert.deepEqual(await ask({ status: 404, body: 'nothing here' }, [404]), { status: 404, body: 'nothing here' });
  });

  for (const [title, answer, kind, says] of [
    [
      'a login page of the network',
      { body: '<!doctype html><title>Please log in</title>' },
      'wrongAddress',
      /^OpenAI answered with a web page, “Please log in”\. Check pictor\.baseUrl, and whether the network asks for a login\.$/,
    ],
    [
      'an error with status 200',
      { body: { error: { code: 'invalid_api_key', message: 'No.' } } },
      'unauthorized',
      /does not accept the API key/,
    ],
    ['an error', { status: 500, body: {} }, 'unavailable', /^OpenAI failed \(500\)\.$/],
    ['a refused key', { status: 401, body: {} }, 'unauthorized', /does not accept the API key \(401\)\.$/],
    [
      'a redirect',
      { status: 302, headers: { location: 'https://elsewhere.example/x' } },
      'redirected',
      /to https:\/\/elsewhere\.example\./,
    ],
    ['no connection', refused, 'unreachable', /^Nothing answers at OpenAI’s address/],
    [
      'a broken connection, which is nothing about money',
      reset,
      'interrupted',
      /^The connection to OpenAI broke \(ECONNRESET\)\.$/,
    ],
  ] as readonly [string, FakeAnswer, ErrorKind, RegExp][]) {
    it(`tells ${title}`, async () => {
      const error = await failure(ask(answer));
      assert.equal(error.kind, kind);
      assert.match(error.message, says);
    });
  }

  it('ends with the user’s cancel', async () => {
    const reason = new Error('cancelled');
    const http = new FakeHttp(reset);
    await assert.rejects(
      askFreely(
        providerOf('openai'),
        http.client,
        { method: 'GET', url: new URL('https://api.example/'), headers: {} },
        AbortSignal.abort(reason),
      ),
      reason,
    );
  });
});

describe('the connection to a service', () => {
  const check = (id: ProviderId, http: FakeHttp, apiKey: string | undefined): ReturnType<typeof checkConnection> => {
    let nowMs = 0;
    return checkConnection(providerOf(id), { ...access(http), apiKey }, signal, () => (nowMs += 40));
  };

  it('is checked with the list of models, and the key with it', async () => {
    const http = new FakeHttp({ body: { data: [{ id: 'gpt-image-2' }] } });
    assert.deepEqual(await check('openai', http, 'k'), {
      durationMs: 40,
      keyChecked: true,
      models: [{ id: 'gpt-image-2', draws: true }],
    });
    assert.deepEqual(
      [http.asked[0]?.method, http.asked[0]?.url.href, http.asked[0]?.headers.authorization],
      ['GET', 'https://api.example/v1/models', 'Bearer k'],
    );
  });

  it('tells that no key was checked where there is none, or no list', async () => {
    assert.equal((await check('custom', new FakeHttp({ body: { data: [] } }), undefined)).keyChecked, false);
    for (const status of [404, 405])
      assert.deepEqual(await check('openai', new FakeHttp({ status }), 'k'), {
        durationMs: 40,
        keyChecked: false,
        models: undefined,
      });
  });

  it('to Ace Data Cloud is checked with a question about no task', async () => {
    const http = new FakeHttp({ body: {} });
    assert.deepEqual(await check('acedata', http, 'k'), { durationMs: 40, keyChecked: true });
    assert.deepEqual(
      [http.asked[0]?.method, http.asked[0]?.url.pathname, http.asked[0]?.body],
      ['POST', '/v1/tasks', '{"action":"retrieve","id":"connection-test"}'],
    );
  });

  it('has no list where there is none, whatever stands there', async () => {
    for (const status of [404, 405]) {
      const http = new FakeHttp({ status, body: { data: [{ id: 'gpt-image-2' }] } });
      assert.equal(await listModels(providerOf('openai'), access(http), signal), undefined);
    }
  });

  it('may have a list that is none', async () =>
    assert.equal(
      await listModels(providerOf('openai'), access(new FakeHttp({ body: { models: 7 } })), signal),
      undefined,
    ));
});

describe('a task whose answer was lost', () => {
  const request = (traceId?: string): ReturnType<typeof composeRequest> =>
    composeRequest(providerOf('acedata'), { prompt: 'A fox', fields: {}, taskMode: 'always', traceId });

  it('is found by the name that its request gave it', async () => {
    const http = new FakeHttp({ body: { id: 't1', request: {} } });
    assert.deepEqual(await findTask(providerOf('acedata'), access(http), request('trace-1'), signal), {
      state: 'task',
      taskId: 't1',
    });
    assert.deepEqual(
      [http.asked[0]?.url.href, http.asked[0]?.body],
      ['https://api.example/v1/tasks', '{"action":"retrieve","trace_id":"trace-1"}'],
    );
  });

  it('is none where the service knows nothing of it, or it had no name', async () => {
    for (const body of [{}, { id: '' }, { id: 7 }, 'odd'])
      assert.equal(
        await findTask(providerOf('acedata'), access(new FakeHttp({ body })), request('trace-1'), signal),
        undefined,
      );
    const http = new FakeHttp();
    assert.equal(await findTask(providerOf('acedata'), access(http), request(), signal), undefined);
    assert.equal(http.asked.length, 0);
  });
});

describe('the answer to a question about a task', () => {
  const task = { state: 'task', taskId: 't1' } as const;
  const ask = (answer: FakeAnswer, id: ProviderId = 'lemondata', abort = signal): ReturnType<typeof askAboutTask> =>
    askAboutTask(providerOf(id), access(new FakeHttp(answer)), task, abort);

  it('may ask to wait, in its header or its body, while the task runs', async () => {
    assert.deepEqual(await ask({ headers: { 'retry-after': '7' }, body: { status: 'processing', progress: 30 } }), {
      state: 'running',
      percent: 30,
      retryAfterMs: 7000,
    });
    assert.deepEqual(await ask({ body: { status: 'pending', retry_after: 3 } }), {
      state: 'running',
      percent: undefined,
      retryAfterMs: 3000,
    });
  });

  it('leaves none of its images behind that nobody wants', async () => {
    const sketch = Buffer.alloc(6000, 7).toString('base64');
    const parts = access(new FakeHttp({ body: { status: 'processing', sketch } }));
    const directory = mkdtempSync(path.join(tmpdir(), 'pictor-sketch-'));
    const state = await askAboutTask(
      providerOf('lemondata'),
      { ...parts, staging: new StagingArea(directory) },
      task,
      signal,
    );
    assert.deepEqual([state.state, readdirSync(directory)], ['running', []]);
  });

  it('that does not come says nothing about the task', async () => {
    for (const broken of [refused, reset])
      assert.deepEqual(await ask(broken), { state: 'unanswered', retryAfterMs: undefined });
  });

  for (const [status, body] of [
    [502, 'bad gateway'],
    [429, {}],
  ] as const) {
    it(`of status ${status} is no last word`, async () =>
      assert.deepEqual(await ask({ status, body, headers: { 'retry-after': '5' } }), {
        state: 'unanswered',
        retryAfterMs: 5000,
      }));
  }

  for (const [status, body, isTaskOver] of [
    [401, {}, false],
    [403, {}, false],
    [404, { error: { code: 'async_task_not_found', message: 'gone' } }, true],
  ] as const) {
    it(`of status ${status} is the last word`, async () => {
      const { details } = await failure(ask({ status, body, headers: { 'retry-after': '5' } }));
      assert.deepEqual([details.isTaskOver, details.retryAfterMs], [isTaskOver, undefined]);
    });
  }

  it('that the task has failed is the last word', async () => {
    const { kind, details } = await failure(ask({ body: { status: 'failed', error: { message: 'no oven' } } }));
    assert.deepEqual(
      [kind, details.isTaskOver, details.answer],
      ['rejected', true, '{"status":"failed","error":{"message":"no oven"}}'],
    );
  });

  it('is not waited for once the user has cancelled, whatever came', async () => {
    const reason = new Error('cancelled');
    for (const id of ['lemondata', 'acedata'] as const) {
      for (const answer of [reset, { status: 500 }]) {
        const controller = new AbortController();
        const work = ask(answer, id, controller.signal);
        controller.abort(reason);
        await assert.rejects(work, reason);
      }
    }
  });
});

describe('files of an answer that nobody uses', () => {
  it('are removed, and those that are used stay', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'pictor-unused-'));
    const staging = new StagingArea(directory);
    const [used, twice, odd] = [
      await staging.add(Buffer.from('a')),
      await staging.add(Buffer.from('b')),
      await staging.add(Buffer.from('c')),
    ];
    await discardUnused(
      [used, twice, odd],
      [{ source: { kind: 'staged', file: used } }, { source: { kind: 'url', url: 'https://cdn/a' } }],
      staging,
    );
    assert.deepEqual(readdirSync(directory), [path.basename(used.path)]);
  });
});
