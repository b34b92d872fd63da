import assert from 'node:assert/strict';
import { PictorError } from '../../../src/core/errors';
import { SVG, World } from './world';

describe('a job', () => {
  for (const how of ['task', 'bytes', 'urls'] as const) {
    it(`(${how}) that is killed after any of its steps ends as if nothing had happened, or is unknown; it is billed once`, async () => {
      const whole = new World(how, 2);
      await whole.run(Infinity, false);
      const steps = whole.disk.history.map(({ state }) => state);
      assert.deepEqual(steps, [
        'planned',
        'submitting',
        ...(how === 'task' ? ['waiting'] : []),
        'delivered',
        'saved',
        'linked',
      ]);
      for (let killAt = 1; ; killAt++) {
        const world = new World(how, 2);
        const died = await world.run(killAt, false).then(
          () => false,
          () => true,
        );
        const stood = world.disk.state;
        const outcome = await world.run().then(
          () => 'done',
          (error: unknown) => error,
        );
        if (stood === 'submitting') {
          assert.ok(
            outcome instanceof PictorError && outcome.message.includes('may have been made and billed'),
            String(outcome),
          );
          assert.equal(world.disk.state, 'unknown');
          assert.equal(world.billed, 0, 'it died before the request left, which nobody can know');
        } else {
          assert.equal(outcome, 'done');
          assert.deepEqual(
            [world.disk.state, world.billed, [...world.files.values()].sort(), world.staged],
            ['linked', 1, [SVG('0').toString(), SVG('1').toString()], []],
            `killed at ${killAt}, ${stood}`,
          );
          assert.deepEqual(world.document.split('![]').length - 1, 2);
        }
        world.remove();
        if (!died) break;
      }
      whole.remove();
    });
  }

  it('whose answer was lost is not sent again, and its task is found where the service can look for it', async () => {
    for (const found of ['t1', undefined]) {
      const world = new World('task');
      world.submitFails = new PictorError('interrupted', 'The connection broke.');
      world.found = found;
      const outcome = await world.run(Infinity, false).then(
        () => 'done',
        (error: unknown) => error,
      );
      assert.equal(world.billed, 1);
      assert.deepEqual([world.disk.state, world.document !== ''], found ? ['linked', true] : ['unknown', false]);
      assert.equal(outcome === 'done', found !== undefined);
      // The service may come to know of it later: asking is free.
      world.found = 't1';
      if (!found) await world.run();
      assert.deepEqual([world.disk.state, world.billed], ['linked', 1]);
      world.remove();
    }
  });

  it('keeps what came of an answer that was cut off by a crash', async () => {
    const world = new World('bytes', 3);
    world.disk = { ...world.disk, state: 'submitting' };
    await world.staging.add(SVG('0'));
    await world.staging.add(SVG('1').subarray(0, 50));
    const { saved, missing } = await world.run();
    assert.deepEqual([saved.length, missing, world.billed, world.staged], [1, 2, 0, []]);
    world.remove();
  });

  it('keeps an image that its folder refuses, and saves it at the next try, without asking the service again', async () => {
    const world = new World('task', 2);
    world.saveFails = new PictorError('notSaved', 'No room.');
    const { saved, failures } = await world.run(Infinity, false);
    assert.deepEqual(
      [saved.length, failures.length, world.disk.state, world.disk.error?.kind, world.staged.length],
      [0, 2, 'delivered', 'notSaved', 2],
    );
    world.saveFails = undefined;
    await world.run();
    assert.deepEqual(
      [world.disk.state, world.disk.error, world.files.size, world.staged, world.billed, world.polls],
      ['linked', undefined, 2, [], 1, 1],
    );
    world.remove();
  });

  it('sends nothing when it cannot be written down', async () => {
    const world = new World('bytes');
    const error: unknown = await world.run(1, false).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(
      error instanceof PictorError && error.kind === 'notSaved' && error.message.includes('Nothing was sent'),
      String(error),
    );
    assert.equal(world.billed, 0);
    world.remove();
  });
});
