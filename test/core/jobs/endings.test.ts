import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PictorError } from '../../../src/core/errors';
import { recordError } from '../../../src/core/jobs/jobRecord';
import { isOutOfHand } from '../../../src/core/jobs/job';
import { SVG, World } from './world';

const cancelled = new Error('cancelled by the user');
const LOST = new PictorError('interrupted', 'The connection broke.');

describe('a job that ends in its own way', () => {
  let world: World;
  afterEach(() => world.remove());

  it('is not looked for at the service once the user has cancelled it', async () => {
    world = new World('task');
    world.found = 't1';
    world.submitFails = LOST;
    world.onSubmit = () => world.controller.abort(cancelled);
    await assert.rejects(world.run(Infinity, false), LOST);
    assert.deepEqual([world.finds, world.disk.state, world.billed], [0, 'cancelled', 1]);
  });

  it('puts no link into the document after a cancel, and keeps the image', async () => {
    world = new World('bytes');
    world.onSave = () => world.controller.abort(cancelled);
    const { saved, isLinked } = await world.run(Infinity, false);
    assert.deepEqual(
      [saved.length, isLinked, world.document, world.disk.state, world.files.size],
      [1, false, '', 'saved', 1],
    );
  });

  it('keeps what came and was not saved before the cancel, and calls that no failure', async () => {
    world = new World('bytes', 2);
    world.saveFails = cancelled;
    world.onSave = () => world.controller.abort(cancelled);
    const { saved, failures } = await world.run(Infinity, false);
    assert.deepEqual(
      [saved.length, failures, world.disk.state, world.disk.error, world.staged.length],
      [0, [cancelled, cancelled], 'delivered', undefined, 2],
    );
  });

  it('tells the user of a task that was found after its answer was lost', async () => {
    world = new World('task');
    world.found = 't1';
    world.submitFails = LOST;
    await world.run(Infinity, false);
    assert.deepEqual([world.tasks, world.finds, world.disk.task], [['t1'], 1, { taskId: 't1' }]);
  });

  it('asks the service anew for images of its task that were never fetched', async () => {
    world = new World('task', 2);
    world.disk = {
      ...world.disk,
      state: 'failed',
      task: { taskId: 't1' },
      images: [0, 1].map((index) => ({ index, source: { kind: 'gone' }, used: {} })),
      error: recordError(new PictorError('downloadFailed', 'Gone.')),
    };
    const { saved } = await world.run();
    assert.deepEqual([saved.length, world.polls, world.billed, world.disk.state], [2, 1, 0, 'linked']);
  });

  it('asks nothing anew for an image that is still to be fetched from where it is', async () => {
    world = new World('task');
    world.disk = {
      ...world.disk,
      state: 'delivered',
      task: { taskId: 't1' },
      images: [{ index: 0, source: { kind: 'url', url: 'https://cdn/0' }, used: {} }],
    };
    await world.run();
    assert.deepEqual([world.polls, world.disk.state], [0, 'linked']);
  });

  it('has its link on record before its end is, for whoever comes between', async () => {
    world = new World('bytes');
    world.onFinish = () => {
      throw new Error('the disk is full');
    };
    const { isLinked } = await world.run(Infinity, false);
    assert.equal(isLinked, true);
    assert.deepEqual([world.disk.state, world.disk.images.map((image) => image.isLinked)], ['linked', [true]]);
    assert.deepEqual(world.unrecorded.map(String), ['Error: the disk is full']);
    assert.equal(world.document.split('![]').length - 1, 1);
  });

  it('tells what is being done, and how long it took where that is known', async () => {
    world = new World('task');
    const { missing } = await world.run(Infinity, false);
    assert.deepEqual(
      [world.steps, world.durations.length, missing],
      [['Waiting for LemonData', 'LemonData is drawing', 'Fetching and saving'], 1, 0],
    );
    world.remove();
    world = new World('bytes');
    world.hasPreview = true;
    await world.run(Infinity, false);
    assert.deepEqual(
      [world.steps, world.durations.length],
      [['Waiting for LemonData', 'LemonData is drawing (preview 1)', 'Fetching and saving'], 1],
    );
    world.remove();
    world = new World('task');
    world.disk = { ...world.disk, state: 'waiting', task: { taskId: 't1' } };
    await world.run();
    assert.deepEqual(world.durations, [], 'of a task that is asked about again nobody knows when it was done');
  });

  it('tells when it goes on after a pause', async () => {
    world = new World('bytes');
    world.waitMs = 5000;
    const beforeMs = Date.now();
    await world.run(Infinity, false);
    assert.equal(world.steps[1], 'LemonData asks to slow down: next try');
    const [untilMs = 0] = world.untilMs;
    assert.ok(untilMs >= beforeMs + 5000 && untilMs <= Date.now() + 5000, String(untilMs - beforeMs));
  });

  it('is saved, and not linked, where its place is gone', async () => {
    world = new World('bytes');
    world.hasAnchor = false;
    const { isLinked } = await world.run(Infinity, false);
    assert.deepEqual([isLinked, world.disk.state, world.document], [false, 'saved', '']);
  });

  it('is forgotten at its end where no record is wanted, and not before', async () => {
    for (const [linkFails, removed] of [
      [undefined, 1],
      [new Error('read-only'), 0],
    ] as const) {
      world = new World('bytes');
      world.disk = { ...world.disk, target: { ...world.disk.target, recipe: 'none' } };
      world.linkFails = linkFails;
      await world.run(Infinity, false);
      assert.equal(world.removed.length, removed);
      if (!linkFails) world.remove();
    }
  });

  it('that is refused leaves nothing behind', async () => {
    world = new World('bytes');
    world.submitFails = new PictorError('rejected', 'No.');
    world.onSubmit = async () => {
      await world.staging.add(SVG('0').subarray(0, 50));
    };
    await assert.rejects(world.run(Infinity, false), world.submitFails);
    assert.deepEqual([world.disk.state, world.staged], ['failed', []]);
  });

  it('is looked for at the service after an answer that leaves it open, and not after a plain refusal', async () => {
    for (const [kind, finds] of [
      ['rejected', 0],
      ['moderated', 0],
      ['unavailable', 1],
      ['interrupted', 1],
    ] as const) {
      world = new World('task');
      world.submitFails = new PictorError(kind, 'No.');
      await assert.rejects(world.run(Infinity, false), world.submitFails);
      assert.equal(world.finds, finds, kind);
      if (kind !== 'interrupted') world.remove();
    }
  });

  it('leaves no half of an image behind when nobody knows what became of it', async () => {
    world = new World('bytes');
    world.submitFails = LOST;
    world.onSubmit = async () => {
      await world.staging.add(SVG('0').subarray(0, 50));
    };
    await assert.rejects(world.run(Infinity, false), LOST);
    assert.deepEqual([world.disk.state, world.staged], ['unknown', []]);
  });

  it('keeps the image that is here when the service cannot be asked for the other one', async () => {
    world = new World('task', 2);
    const { path: file, bytes } = await world.staging.add(SVG('0'));
    const here = {
      index: 0,
      source: { kind: 'staged', name: file.slice(file.lastIndexOf('/') + 1), bytes },
      used: {},
    } as const;
    world.disk = {
      ...world.disk,
      state: 'delivered',
      task: { taskId: 't1' },
      images: [here, { index: 1, source: { kind: 'gone' }, used: {} }],
    };
    world.pollFails = new PictorError('unauthorized', 'No.');
    await assert.rejects(world.run(), (error) => error instanceof PictorError && error.kind === 'unauthorized');
    assert.deepEqual([world.disk.state, world.disk.error?.kind, world.staged.length], ['delivered', 'unauthorized', 1]);
  });

  it('asks anew for an image whose address was tried in vain', async () => {
    world = new World('task');
    world.disk = {
      ...world.disk,
      state: 'failed',
      task: { taskId: 't1' },
      images: [{ index: 0, source: { kind: 'url', url: 'https://cdn/old' }, used: {} }],
      error: recordError(new PictorError('downloadFailed', 'Gone.')),
    };
    const { missing } = await world.run();
    assert.deepEqual(
      [world.polls, missing, world.disk.state, [...world.files.values()]],
      [1, 0, 'linked', [SVG('0').toString()]],
    );
  });

  it('does not look into the document once another window has the job', async () => {
    world = new World('bytes');
    world.onSave = () => {
      world.isTaken = true;
    };
    await assert.rejects(world.run(Infinity, false), (error) => isOutOfHand(error));
    assert.deepEqual([world.document, world.disk.state, world.staged.length], ['', 'delivered', 1]);
  });

  it('tells why there is no link, and keeps the image', async () => {
    world = new World('bytes');
    world.linkFails = new Error('the document is read-only');
    const { saved, failures, isLinked } = await world.run(Infinity, false);
    assert.deepEqual([saved.length, failures, isLinked, world.document], [1, [world.linkFails], false, '']);
  });

  it('says of a place that refuses an image that it is kept, and leaves other errors as they are', async () => {
    for (const [error, message] of [
      [new PictorError('notSaved', 'No room.'), 'No room. It is kept until it has a place.'],
      [new PictorError('invalidSetting', 'No such folder.'), 'No such folder.'],
      [new Error('odd'), 'odd'],
    ] as const) {
      world = new World('bytes');
      world.saveFails = error;
      const { failures } = await world.run(Infinity, false);
      assert.deepEqual(
        failures.map((one) => (one as Error).message),
        [message],
      );
      if (message !== 'odd') world.remove();
    }
  });

  it('keeps what is no image for a person, with the address that it came from', async () => {
    for (const [how, source] of [
      ['urls', { kind: 'url', url: 'https://cdn/0' }],
      ['bytes', { kind: 'gone' }],
    ] as const) {
      world = new World(how);
      world.content = () => Buffer.from('What is this?');
      const { failures } = await world.run(Infinity, false);
      const [error] = failures;
      assert.ok(
        error instanceof PictorError &&
          error.kind === 'badAnswer' &&
          error.details.url === (how === 'urls' ? 'https://cdn/0' : undefined),
        String(error),
      );
      const kept = /What came is kept in (.*)\.$/.exec(error.message)?.[1] ?? '';
      assert.equal(readFileSync(kept, 'utf8'), 'What is this?');
      assert.deepEqual(
        world.disk.images.map((image) => image.source),
        [source],
      );
      if (how === 'urls') world.remove();
    }
  });

  it('has its image in the storage until the record says where else it is', async () => {
    world = new World('bytes');
    const stagedAt = new Map<string, number>();
    world.onWrite = ({ state }) => void stagedAt.set(state, world.staged.length);
    await world.run(Infinity, false);
    assert.deepEqual(
      [...stagedAt],
      [
        ['submitting', 0],
        ['delivered', 1],
        ['saved', 1],
        ['linked', 0],
      ],
    );
    world.remove();
    world = new World('bytes');
    world.onWrite = ({ images }) => {
      if (images.some(({ saved }) => saved)) throw new Error('the disk is full');
    };
    const { isLinked } = await world.run(Infinity, false);
    assert.deepEqual(
      [isLinked, world.files.size, world.staged.length, world.unrecorded.length > 0],
      [true, 1, 1, true],
    );
  });

  it('is failed where an image came and could not be kept, and says so', async () => {
    world = new World('bytes');
    world.disk = { ...world.disk, state: 'delivered', images: [{ index: 0, source: { kind: 'gone' }, used: {} }] };
    const { saved, failures } = await world.run(Infinity, false);
    assert.deepEqual([saved, failures, world.disk.state, world.disk.error?.kind], [[], [], 'failed', 'downloadFailed']);
  });
});
