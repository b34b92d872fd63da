import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { delay } from '../../../src/core/delay';
import type { Lease } from '../../../src/core/coordination/leases';
import { Semaphore } from '../../../src/core/coordination/semaphore';
import { Neighbours, turn } from './neighbours';

describe('permits', () => {
  let neighbours: Neighbours;
  beforeEach(() => (neighbours = new Neighbours()));
  afterEach(() => rmSync(neighbours.directory, { recursive: true }));
  const { signal } = new AbortController();
  setMaxListeners(100, signal);

  it('let no more than the limit run at once in all windows together, in order', async () => {
    const windows = [neighbours.start(1), neighbours.start(2), neighbours.start(3)];
    const order: string[] = [];
    let running = 0;
    let most = 0;
    // The tickets are drawn one after the other, the rest is a race.
    const jobs = Array.from({ length: 30 }, (_, index) => `job-${String(index).padStart(2, '0')}`);
    const gate = await windows[0]?.semaphore.acquire(
      'a',
      () => 1,
      signal,
      () => undefined,
    );
    const work = jobs.map(async (id, index) => {
      const lease = await windows[index % 3]?.semaphore.acquire(
        id,
        () => 2,
        signal,
        () => undefined,
      );
      order.push(id);
      most = Math.max(most, ++running);
      await turn();
      running--;
      await lease?.release();
    });
    while (readdirSync(path.join(neighbours.directory, 'queue')).length < jobs.length - 1) await turn();
    await gate?.release();
    await Promise.all(work);
    assert.ok(most <= 2, String(most));
    assert.deepEqual(
      order.slice(1),
      jobs.filter((id) => id !== order[0]),
      'the first may have begun while others drew their tickets',
    );
    assert.deepEqual(readdirSync(path.join(neighbours.directory, 'queue')), []);
  });

  it('are as many as the limit', async () => {
    const { semaphore } = neighbours.start(1);
    const leases = await Promise.all(
      ['a', 'b', 'c'].map((id) =>
        semaphore.acquire(
          id,
          () => 3,
          signal,
          () => undefined,
        ),
      ),
    );
    let fourth: Promise<Lease> | undefined;
    let isIn = false;
    await new Promise<void>((resolve) => {
      fourth = semaphore.acquire('d', () => 3, signal, resolve);
      void fourth.then(() => (isIn = true));
    });
    for (let turns = 0; turns < 20; turns++) await turn();
    assert.deepEqual([await Promise.all(leases.map((lease) => lease.isMine())), isIn], [[true, true, true], false]);
    await leases[1]?.release();
    const lease = await fourth;
    assert.equal(await lease?.isMine(), true);
    await lease?.release();
  });

  it('are not held by the dead, and neither is a place in the queue', async () => {
    const [dead, live] = [neighbours.start(1), neighbours.start(2)];
    await dead.semaphore.acquire(
      'a',
      () => 1,
      signal,
      () => undefined,
    );
    const controller = new AbortController();
    const waiting = dead.semaphore.acquire(
      'b',
      () => 1,
      controller.signal,
      () => undefined,
    );
    const queued = new Promise<void>((resolve) => {
      void live.semaphore.acquire('c', () => 1, signal, resolve).then((lease) => lease.release());
    });
    await queued;
    neighbours.kill(1);
    await (
      await live.semaphore.acquire(
        'd',
        () => 1,
        signal,
        () => undefined,
      )
    ).release();
    controller.abort(new Error('the process is gone'));
    await assert.rejects(waiting, /the process is gone/);
  });

  it('are looked for four times a second in other windows', async () => {
    const [one, two] = [neighbours.start(1), neighbours.start(2)];
    const lease = await one.semaphore.acquire(
      'a',
      () => 1,
      signal,
      () => undefined,
    );
    const pauses: number[] = [];
    const waiting = new Semaphore({
      directory: path.join(neighbours.directory, 'queue'),
      heartbeat: two.heartbeat,
      leases: two.leases,
      delay: async (ms) => {
        pauses.push(ms);
        await lease.release();
      },
    });
    await (
      await waiting.acquire(
        'b',
        () => 1,
        signal,
        () => undefined,
      )
    ).release();
    assert.deepEqual(pauses, [250]);
  });

  it('that are let go wake who waits in the same window, without another look', async () => {
    const { heartbeat, leases } = neighbours.start(1);
    const directory = path.join(neighbours.directory, 'queue');
    const untilWoken = (_ms: number, woken: AbortSignal): Promise<void> =>
      new Promise((resolve) => woken.addEventListener('abort', () => resolve(), { once: true }));
    const semaphore = new Semaphore({ directory, heartbeat, leases, delay: untilWoken });
    const first = await semaphore.acquire(
      'a',
      () => 1,
      signal,
      () => undefined,
    );
    let second: Promise<Lease> | undefined;
    await new Promise<void>((resolve) => {
      second = semaphore.acquire('b', () => 1, signal, resolve);
    });
    await first.release();
    assert.equal(await (await second)?.isMine(), true);
  });

  it('go to the next one although another window takes the ticket of the dead away first', async () => {
    const { heartbeat, leases } = neighbours.start(1);
    const directory = path.join(neighbours.directory, 'queue');
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(directory, 'a'), 'somebody');
    heartbeat.isAlive = (id) => {
      if (id === 'somebody') rmSync(path.join(directory, 'a'));
      return Promise.resolve(id !== 'somebody');
    };
    const semaphore = new Semaphore({ directory, heartbeat, leases, delay });
    await (
      await semaphore.acquire(
        'b',
        () => 1,
        signal,
        () => undefined,
      )
    ).release();
    assert.deepEqual(readdirSync(directory), []);
  });

  it('are not waited for by those who cancel', async () => {
    const { semaphore } = neighbours.start(1);
    const lease = await semaphore.acquire(
      'a',
      () => 1,
      signal,
      () => undefined,
    );
    const controller = new AbortController();
    const waiting = semaphore.acquire(
      'b',
      () => 1,
      controller.signal,
      () => controller.abort(new Error('no more')),
    );
    await assert.rejects(waiting, /no more/);
    await lease.release();
    assert.deepEqual(readdirSync(path.join(neighbours.directory, 'queue')), []);
  });
});
