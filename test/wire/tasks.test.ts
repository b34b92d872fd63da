import assert from 'node:assert/strict';
import type { Job } from '../../src/core/jobs/job';
import { canContinue, nextStep } from '../../src/core/jobs/lifecycle';
import { providerOf } from '../../src/core/catalog/providers';
import { HttpClient } from '../../src/core/http/httpClient';
import { createImagesApi } from '../../src/core/providers/createImagesApi';
import { DIALECTS } from '../emulator/dialects';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { renderImage } from '../emulator/render';
import { waitFor } from '../runner/waitFor';
import {
  BATCHES,
  DIRECT,
  drawFrom,
  failure,
  STAGING,
  stagedFiles,
  type DrawOptions,
  type ProviderName,
} from './drawing';

describe('a service with tasks, over real sockets', () => {
  let emulator: Emulator;
  before(async () => (emulator = await startEmulator()));
  after(() => emulator.close());
  beforeEach(() => emulator.state.reset());

  const draw = (name: ProviderName, options?: DrawOptions): ReturnType<typeof drawFrom> =>
    drawFrom(emulator, name, options);

  for (const [name, model, question] of [
    ['lemondata', 'flux-pro', /^\/lemondata\/v1\/images\/generations\/[\w-]+$/],
    ['lemondata', 'midjourney', /^\/lemondata\/v1\/tasks\/[\w-]+$/],
  ] as const) {
    it(`${name} ${model} answers with a task, which is asked about where it says, with the key, until the picture is there`, async () => {
      emulator.state.plan = { polls: 3 };
      const { kept } = await draw(name, { model });
      assert.deepEqual([kept.length, kept[0]?.mediaType], [1, 'image/png']);
      const polls = emulator.state.requests.filter(({ server, method }) => server === 'api' && method === 'GET');
      assert.equal(polls.length, 3);
      for (const { path, headers } of polls) {
        assert.match(path, question);
        assert.equal(headers.authorization, `Bearer ${DIALECTS[name].key}`);
      }
      assert.equal(emulator.state.ledger.length, 1);
    });
  }

  it('acedata is asked about a task in its own way', async () => {
    const key = DIALECTS.acedata.key ?? '';
    const started = await fetch(`${emulator.baseUrl('acedata')}/images/generations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ model: 'nano-banana', prompt: 'A heron', async: true }),
    });
    const { task_id: taskId } = (await started.json()) as { task_id: string };
    const access = {
      http: new HttpClient(DIRECT, {}),
      baseUrl: new URL(`${emulator.baseUrl('acedata')}/`),
      apiKey: key,
      timeoutMs: 5000,
      maxImageBytes: 8 << 20,
      staging: STAGING,
      sharedStaging: STAGING,
      batches: BATCHES,
    };
    const provider = createImagesApi(providerOf('acedata'), () => access);
    const ask = async (id: string): Promise<string | undefined> =>
      (await provider.poll?.({ state: 'task', taskId: id }, new AbortController().signal))?.state;
    assert.deepEqual([await ask('nobody'), await ask(taskId), await ask(taskId)], ['running', 'running', 'images']);
  });

  it('that is asked about a task does not lose it to questions that fail', async () => {
    const { faults } = emulator.state;
    faults.push(
      { on: 'poll', kind: 'status', status: 502, body: '<html>' },
      { on: 'poll', kind: 'reset' },
      { on: 'poll', kind: 'status', status: 429, headers: { 'retry-after': '0' } },
    );
    assert.equal((await draw('lemondata', { model: 'flux-pro' })).kept.length, 1);
    assert.equal(emulator.state.ledger.length, 1);
  });

  it('whose task has a state that nobody knows is taken to work on it, and that is told once', async () => {
    emulator.state.plan = { polls: 4, status: 'dreaming' };
    const unknownStates: string[] = [];
    const { kept } = await draw('lemondata', {
      model: 'flux-pro',
      onUnknownStatus: (status) => unknownStates.push(status),
    });
    assert.equal(kept.length, 1);
    assert.deepEqual(unknownStates, ['dreaming']);
  });

  it('may deliver several large images of a task within one answer', async () => {
    const large = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><!--${'x'.repeat(900 << 10)}--></svg>`).toString(
      'base64',
    );
    const body = JSON.stringify({ status: 'completed', data: Array.from({ length: 4 }, () => ({ b64_json: large })) });
    emulator.state.faults.push({ on: 'poll', kind: 'status', status: 200, body });
    const { kept } = await draw('lemondata', {
      model: 'flux-pro',
      fields: { n: 4, responseFormat: 'b64_json' },
      maxImageBytes: 1 << 20,
    });
    assert.equal(kept.length, 4);
  });

  it('tells the id of a task before it is waited for, so that it can be found there', async () => {
    emulator.state.plan = { polls: 2, failure: 'no capacity' };
    const tasks: string[] = [];
    await failure(draw('lemondata', { model: 'flux-pro', onTask: (taskId) => tasks.push(taskId) }));
    assert.deepEqual(tasks, [...emulator.state.tasks.keys()]);
  });

  it('whose task fails says why, in its words', async () => {
    emulator.state.plan = { polls: 2, failure: 'the prompt was refused' };
    const error = await failure(draw('lemondata', { model: 'flux-pro' }));
    assert.deepEqual(
      [error.kind, error.message],
      ['rejected', 'LemonData could not draw the picture: the prompt was refused.'],
    );
  });

  it('that has lost a task is not asked for ever', async () => {
    emulator.state.faults.push({
      on: 'poll',
      kind: 'status',
      status: 404,
      body: JSON.stringify({ error: { code: 'async_task_not_found', message: 'gone' } }),
    });
    assert.equal((await failure(draw('lemondata', { model: 'flux-pro' }))).details.status, 404);
  });

  it('whose task takes longer than the user wants to wait is left with a word about money', async () => {
    emulator.state.plan = { polls: 1_000_000 };
    const error = await failure(draw('lemondata', { model: 'flux-pro', timeoutMs: 400 }));
    assert.equal(error.kind, 'timeout');
    assert.match(error.message, /The task goes on there and may be billed/);
  });

  it('whose model should answer with a task may answer at once', async () => {
    const image = (await renderImage({ prompt: 'x', index: 0, width: 64, height: 64, format: 'png' })).toString(
      'base64',
    );
    emulator.state.faults.push({
      on: 'api',
      kind: 'status',
      status: 200,
      body: JSON.stringify({ task_id: 'x', data: [{ b64_json: image }] }),
    });
    assert.equal((await draw('lemondata', { model: 'ideogram-v3' })).kept.length, 1);
    assert.equal(emulator.state.requests.length, 1);
  });

  it('that cancelled the task says so', async () => {
    emulator.state.plan = { polls: 1, cancelled: true };
    assert.equal(
      (await failure(draw('lemondata', { model: 'flux-pro' }))).message,
      'LemonData could not draw the picture: it was cancelled.',
    );
  });

  it('that hangs when it is asked is left when the time of the task is over', async () => {
    emulator.state.faults.push({ on: 'poll', kind: 'stall' });
    // Long enough for one question; a question has five seconds in any case.
    const jobs: Job[] = [];
    const onJob = (job: Job): void => void jobs.push(job);
    const error = await failure(draw('lemondata', { model: 'flux-pro', timeoutMs: 1500, onJob }));
    assert.equal(error.kind, 'timeout');
    const questions = emulator.state.requests.filter(({ method }) => method === 'GET');
    assert.equal(questions.length, 1);
    await waitFor('the closed socket', () => questions[0]?.aborted);
    assert.deepEqual(
      jobs.map(({ record }) => nextStep(record)),
      ['poll'],
    );
  });

  it('keeps a task for another question when its answer cannot be used, and never one that has failed', async () => {
    emulator.state.plan = { polls: 1 };
    emulator.state.faults.push({ on: 'cdn', kind: 'status', status: 200, body: 'not yet', times: 1 });
    const jobs: Job[] = [];
    const onJob = (job: Job): void => void jobs.push(job);
    const later = await failure(draw('lemondata', { model: 'flux-pro', onJob }));
    assert.deepEqual([later.kind, jobs[0]?.record.task?.taskId], ['badAnswer', [...emulator.state.tasks.keys()][0]]);
    emulator.state.plan = { polls: 1, failure: 'no capacity' };
    await failure(draw('lemondata', { model: 'flux-pro', onJob }));
    assert.deepEqual(
      jobs.map(({ record }) => canContinue(record)),
      [true, false],
    );
  });

  it('may finish a task in a shape that nobody foresaw, and leaves no file behind', async () => {
    const image = (await renderImage({ prompt: 'x', index: 0, width: 640, height: 640, format: 'png' })).toString(
      'base64',
    );
    const odd = { status: 'completed', result: { image: image } };
    const twice = { status: 'completed', data: [{ b64_json: image, url: `data:image/png;base64,${image}` }] };
    for (const body of [odd, twice]) {
      emulator.state.faults.push(
        { on: 'poll', kind: 'status', status: 200, body: JSON.stringify({ status: 'processing', preview: image }) },
        { on: 'poll', kind: 'status', status: 200, body: JSON.stringify(body) },
      );
      assert.equal((await draw('lemondata', { model: 'flux-pro' })).kept.length, 1);
      assert.deepEqual(stagedFiles(), []);
    }
  });
});
