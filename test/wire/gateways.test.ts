import assert from 'node:assert/strict';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { renderImage } from '../emulator/render';
import { drawFrom, failure, stagedFiles } from './drawing';
import { startGateway } from './gateway';
import { waitFor } from '../runner/waitFor';

describe('a gateway that the user describes', () => {
  let emulator: Emulator;
  before(async () => (emulator = await startEmulator()));
  after(() => emulator.close());

  it('is asked at its own path, with its own headers and fields, and its task is followed', async () => {
    const image = (await renderImage({ prompt: 'x', index: 0, width: 64, height: 64, format: 'png' })).toString(
      'base64',
    );
    const seen: { path: string; key: unknown; team: unknown; authorization: unknown; body: string }[] = [];
    let polls = 0;
    const gateway = await startGateway(({ url = '', headers }, body) => {
      seen.push({
        path: url,
        key: headers['x-key'],
        team: headers['x-team'],
        authorization: headers.authorization,
        body,
      });
      if (url === '/v1/draw?version=2') return { code: 22, msg: 'in the queue', ticket: { number: 42 } };
      if (url === '/v1/tickets/42')
        return ++polls < 3
          ? { ticket: { state: 'cooking', done: 50 } }
          : { ticket: { state: 'served' }, meal: { images: [image] } };
      return undefined;
    });
    const { kept } = await drawFrom({ ...emulator, baseUrl: () => `${gateway.origin}/v1` }, 'custom', {
      model: 'chef-1',
      key: 'secret-of-the-house',
      fields: { size: '64x64', quality: 'high' },
      profile: {
        path: 'draw?version=2',
        keyHeader: 'x-key',
        headers: { 'x-team': 'docs' },
        send: { spice: 'mild' },
        drop: ['quality'],
        images: '/meal/images',
        task: {
          id: '/ticket/number',
          poll: 'tickets/{id}',
          state: '/ticket/state',
          done: ['served'],
          failed: ['burnt'],
          progress: '/ticket/done',
        },
      },
    });
    gateway.close();
    assert.deepEqual([kept.length, kept[0]?.size], [1, '64x64']);
    assert.deepEqual(JSON.parse(seen[0]?.body ?? ''), {
      model: 'chef-1',
      prompt: 'A heron at dawn',
      size: '64x64',
      spice: 'mild',
    });
    assert.deepEqual(
      seen.map(({ path }) => path),
      ['/v1/draw?version=2', '/v1/tickets/42', '/v1/tickets/42', '/v1/tickets/42'],
    );
    for (const { key, team, authorization } of seen)
      assert.deepEqual([key, team, authorization], ['secret-of-the-house', 'docs', undefined]);
  });
});

describe('Ace Data Cloud with tasks, over real sockets', () => {
  let emulator: Emulator;
  before(async () => (emulator = await startEmulator()));
  after(() => emulator.close());
  beforeEach(() => emulator.state.reset());

  it('is asked for a task where the image takes minutes, and waits for it', async () => {
    emulator.state.plan = { polls: 2 };
    const { kept } = await drawFrom(emulator, 'acedata', {
      model: 'gpt-image-2',
      taskMode: 'auto',
      fields: { size: '2048x2048', outputFormat: 'jpeg' },
    });
    assert.equal(kept[0]?.size, '2048x2048');
    const [submitted, ...polls] = emulator.state.requests.filter(({ server }) => server === 'api');
    assert.equal((submitted?.body as { async?: boolean }).async, true);
    assert.ok(polls.length >= 2 && polls.every(({ path }) => path.endsWith('/openai/tasks')));
    assert.equal(emulator.state.ledger.length, 1);
  });

  it('is asked about several tasks at once', async () => {
    emulator.state.plan = { polls: 3 };
    const drawn = await Promise.all(
      [1, 2, 3, 4].map(() =>
        drawFrom(emulator, 'acedata', { model: 'nano-banana', taskMode: 'always', fields: { size: '1024x1024' } }),
      ),
    );
    assert.deepEqual(
      drawn.map(({ kept }) => kept.length),
      [1, 1, 1, 1],
    );
    const questions = emulator.state.requests
      .filter(({ path }) => path.endsWith('/tasks'))
      .map(({ body }) => body as { action: string; ids?: string[] });
    assert.ok(
      questions.some(({ action, ids }) => action === 'retrieve_batch' && ids?.length === 4),
      JSON.stringify(questions),
    );
    assert.ok(questions.length <= 8, `${questions.length} questions instead of 12`);
  });

  it('answers about several tasks with images, each of which comes to the job that asked for it', async () => {
    emulator.state.plan = { polls: 3 };
    const sizes = ['1024x1536', '1536x1024', '1024x1024'];
    const drawn = await Promise.all(
      sizes.map((size) =>
        drawFrom(emulator, 'acedata', { model: 'gpt-image-1.5', taskMode: 'always', fields: { size } }),
      ),
    );
    assert.deepEqual(
      drawn.map(({ kept }) => kept[0]?.size),
      sizes,
    );
    assert.ok(
      emulator.state.requests.some(
        ({ body }) => (body as { action?: string } | undefined)?.action === 'retrieve_batch',
      ),
    );
    assert.deepEqual(stagedFiles(), []);
  });

  it('whose answer was lost is asked for the task by the name that the request gave it, and not asked to draw again', async () => {
    for (const kind of ['reset', 'cut'] as const) {
      emulator.state.reset();
      emulator.state.faults.push({ on: 'api', kind });
      const { kept } = await drawFrom(emulator, 'acedata', {
        model: 'nano-banana',
        taskMode: 'always',
        fields: { size: '1024x1024' },
      });
      assert.deepEqual([kept.length, emulator.state.ledger.length], [1, 1]);
    }
    emulator.state.reset();
    emulator.state.faults.push({ on: 'api', kind: 'status', status: 200, body: '{"task' });
    const error = await failure(drawFrom(emulator, 'acedata', { taskMode: 'always', fields: {} }));
    assert.equal(error.kind, 'badAnswer');
  });

  it('sends a copy of the result where the user wants it', async () => {
    const received: unknown[] = [];
    const hook = await startGateway((_request, body) => {
      received.push(JSON.parse(body));
      return {};
    });
    emulator.state.plan = { polls: 2, durationMs: [20, 60] };
    const { kept } = await drawFrom(emulator, 'acedata', {
      model: 'nano-banana',
      taskMode: 'auto',
      callbackUrl: `${hook.origin}/hook`,
      fields: { size: '1024x1024' },
    });
    assert.equal(kept.length, 1);
    await waitFor('the copy', () => received.length === 1);
    hook.close();
    const [result] = received as { success: boolean; task_id: string; data: { data: unknown[] } }[];
    assert.deepEqual(
      [result?.success, result?.task_id, result?.data.data.length],
      [true, [...emulator.state.tasks.keys()][0], 1],
    );
  });

  it('whose task fails says why', async () => {
    emulator.state.plan = { polls: 1, failure: 'the prompt was refused' };
    await assert.rejects(
      drawFrom(emulator, 'acedata', { taskMode: 'always', fields: {} }),
      /Ace Data Cloud could not draw the picture \(api_error\): the prompt was refused\./,
    );
  });
});
