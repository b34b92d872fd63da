import assert from 'node:assert/strict';
import { PictorError } from '../../../src/core/errors';
import { isOutOfHand } from '../../../src/core/jobs/job';
import { errorOf, recordError } from '../../../src/core/jobs/jobRecord';
import { parseJobRecord } from '../../../src/core/jobs/parseJobRecord';
import { memoryJob } from './memoryJob';
import { record } from './records';

describe('the record of a job', () => {
  const refuse = (): void => {
    throw new Error('the disk is full');
  };

  it('that was never sent, and whose end cannot be written, is removed: the next start would send it', async () => {
    for (const [state, removed] of [
      ['planned', ['removed']],
      ['waiting', []],
    ] as const) {
      const seen: string[] = [];
      const unrecorded: unknown[] = [];
      const job = memoryJob(record('A kite', { state }), {
        onWrite: refuse,
        onRemove: () => void seen.push('removed'),
        onUnrecorded: (error) => void unrecorded.push(error),
      });
      assert.equal(await job.finish('cancelled'), false);
      assert.deepEqual([seen, unrecorded.map(String)], [removed, ['Error: the disk is full']], state);
    }
  });

  it('that cannot be written before something is sent is as it was, and says why', async () => {
    const job = memoryJob(record('A kite'), { onWrite: refuse });
    await assert.rejects(
      job.enterStrictly('submitting'),
      (error) =>
        error instanceof PictorError && error.kind === 'notSaved' && error.message.includes('(the disk is full)'),
    );
    assert.equal(job.record.state, 'planned');
  });

  it('of which another window has taken charge is written no more', async () => {
    const written: string[] = [];
    const job = memoryJob(record('A kite'), { isMine: () => false, onWrite: ({ state }) => void written.push(state) });
    for (const work of [
      () => job.enter('waiting'),
      () => job.finish('linked'),
      () => job.enterStrictly('submitting'),
      () => job.pause('unknown'),
    ])
      await assert.rejects(work(), (error) => isOutOfHand(error));
    assert.deepEqual(written, []);
  });

  it('counts each state once in its history', async () => {
    const job = memoryJob(record('A kite'));
    await job.enter('waiting');
    await job.enter('waiting', { requestId: 'r' });
    await job.enter('delivered');
    assert.deepEqual(
      job.record.history.map(({ state }) => state),
      ['planned', 'waiting', 'delivered'],
    );
  });

  it('is saved when all of its images are, and not before', async () => {
    const saved = {
      uri: 'file:///a.png',
      alt: '',
      mediaType: 'image/png',
      bytes: 1,
      used: {},
      asked: {},
      differences: [],
    };
    const job = memoryJob(
      record('A kite', {
        state: 'delivered',
        images: [0, 1].map((index) => ({ index, source: { kind: 'gone' }, used: {} })),
      }),
    );
    await job.setImage(0, { saved });
    assert.deepEqual(
      [job.record.state, job.record.images.map((image) => image.saved?.uri)],
      ['delivered', ['file:///a.png', undefined]],
    );
    await job.setImage(1, { saved });
    assert.equal(job.record.state, 'saved');
  });

  it('is linked or saved when it ends with some of its images', async () => {
    for (const [isLinked, state] of [
      [true, 'linked'],
      [undefined, 'saved'],
    ] as const) {
      const job = memoryJob(record('A kite', { state: 'delivered', missing: 2 }));
      await job.finishWith([{ index: 0, source: { kind: 'gone' }, used: {}, isLinked }]);
      assert.deepEqual([job.record.state, job.record.missing, job.record.images.length], [state, 0, 1]);
    }
  });

  it('gives its error back with all that helps', () => {
    const details = {
      setting: 'pictor.baseUrl',
      url: 'https://cdn.example/a.png',
      status: 503,
      requestId: 'req_1',
      suggestions: ['flux-pro'],
    };
    const error = new PictorError('downloadFailed', 'It could not be fetched.', {
      ...details,
      answer: 'a key may stand here',
      cause: new Error('and here'),
    });
    const read = parseJobRecord(
      JSON.stringify(record('A kite', { task: { taskId: 't1', pollUrl: '/t1' }, error: recordError(error) })),
    );
    assert.ok(read.state === 'record');
    const restored = errorOf(read.record);
    assert.ok(restored);
    assert.deepEqual(
      [restored.kind, restored.message, restored.details.answer, restored.cause],
      ['downloadFailed', 'It could not be fetched.', undefined, undefined],
    );
    for (const [name, value] of Object.entries(details))
      assert.deepEqual(Reflect.get(restored.details, name), value, name);
    assert.equal(errorOf(record('A kite')), undefined);
  });
});
