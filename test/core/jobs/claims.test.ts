import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Claims, type Claim } from '../../../src/core/jobs/claims';
import { BEAT_MS, Presence } from '../../../src/core/jobs/presence';
import { Slots } from '../../../src/core/jobs/slots';
import { delay } from '../../../src/core/delay';

/** Processes that share a folder; their beats and their clock are in the hands of the test. */
class Neighbours {
  readonly directory = mkdtempSync(path.join(tmpdir(), 'pictor-claims-'));
  readonly running = new Set<number>();
  readonly #beats = new Map<number, () => void>();
  nowMs = 0;

  /** @param host another one than `here` is a machine whose processes nobody here can see */
  start(pid: number, host = 'here'): Neighbour {
    if (host === 'here') this.running.add(pid);
    const parts = {
      pid,
      host,
      isRunning: (other: number) => this.running.has(other),
      repeat: (beat: () => void) => {
        this.#beats.set(pid, beat);
        return () => this.#beats.delete(pid);
      },
    };
    const presence = new Presence(path.join(this.directory, 'windows'), parts, () => this.nowMs);
    const claims = new Claims(path.join(this.directory, 'claims'), presence);
    const slots = new Slots({ directory: path.join(this.directory, 'queue'), presence, claims, delay: (_ms, signal) => this.pause(pid, signal) });
    return { presence, claims, slots };
  }

  /** Of the dead, nothing goes on. */
  private async pause(pid: number, signal: AbortSignal): Promise<void> {
    do await delay(1, signal);
    while (!this.running.has(pid));
  }

  beat(pid: number): void {
    this.#beats.get(pid)?.();
  }

  kill(pid: number): void {
    this.running.delete(pid);
    this.#beats.delete(pid);
  }
}

interface Neighbour {
  readonly presence: Presence;
  readonly claims: Claims;
  readonly slots: Slots;
}

describe('a claim', () => {
  let neighbours: Neighbours;
  beforeEach(() => (neighbours = new Neighbours()));
  afterEach(() => rmSync(neighbours.directory, { recursive: true }));

  it('is had by one of many that want it at the same time', async () => {
    const all = Array.from({ length: 20 }, (_, index) => neighbours.start(index + 1));
    for (let round = 0; round < 20; round++) {
      const got = await Promise.all(all.map(({ claims }) => claims.claim(`job-${round}`)));
      const mine = await Promise.all(got.map(async (claim) => (await claim?.isMine()) ?? false));
      assert.equal(mine.filter(Boolean).length, 1);
    }
  });

  it('is free again when it is released, and leaves nothing behind', async () => {
    const [one, two] = [neighbours.start(1), neighbours.start(2)];
    const claim = await one.claims.claim('job');
    assert.equal(await two.claims.claim('job'), undefined);
    assert.equal(await one.claims.claim('job'), undefined, 'nor twice by the same');
    await claim?.release();
    const next = await two.claims.claim('job');
    assert.ok(next);
    await next.release();
    assert.deepEqual(readdirSync(path.join(neighbours.directory, 'claims')), []);
  });

  it('of a process that was killed is free at once, and of one that ended in order too', async () => {
    const [one, two, three] = [neighbours.start(1), neighbours.start(2), neighbours.start(3)];
    const lost = await one.claims.claim('job');
    neighbours.kill(1);
    const taken = await two.claims.claim('job');
    assert.ok(taken);
    assert.equal(await lost?.isMine(), false, 'should it come back, it knows');
    await two.presence.stop();
    assert.ok(await three.claims.claim('job'));
    assert.equal(await taken.isMine(), false);
  });

  it('stays lost for its old holder, whoever has it later', async () => {
    const [one, two, three] = [neighbours.start(1), neighbours.start(2), neighbours.start(3)];
    const lost = await one.claims.claim('job');
    neighbours.kill(1);
    await (await two.claims.claim('job'))?.release();
    const later = await three.claims.claim('job');
    assert.deepEqual([await lost?.isMine(), await later?.isMine()], [false, true]);
    await lost?.release();
    assert.equal(await later?.isMine(), true, 'and it takes it from nobody');
  });

  it('of a process that cannot be seen is free when its heart has not beaten for long, whatever the clocks say', async () => {
    const far = neighbours.start(7, 'elsewhere');
    const here = neighbours.start(1);
    await far.claims.claim('job');
    // A clock that jumps by a day is one look.
    neighbours.nowMs += 86_400_000;
    assert.equal(await here.claims.claim('job'), undefined);
    for (let look = 0; look < 40; look++) {
      neighbours.nowMs += BEAT_MS;
      neighbours.beat(7);
      await turn();
      assert.equal(await here.claims.claim('job'), undefined, 'it lives');
    }
    let looks = 0;
    for (; !(await here.claims.claim('job')); looks++) neighbours.nowMs += BEAT_MS;
    assert.ok(looks >= 10 && looks <= 20, String(looks));
  });

  it('that was only half written is nobody’s', async () => {
    mkdirSync(path.join(neighbours.directory, 'claims', 'job'), { recursive: true });
    writeFileSync(path.join(neighbours.directory, 'claims', 'job', '1'), '');
    assert.ok(await neighbours.start(1).claims.claim('job'));
  });
});

describe('slots', () => {
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
    const gate = await windows[0]?.slots.acquire('a', () => 1, signal, () => undefined);
    const work = jobs.map(async (id, index) => {
      const claim = await windows[index % 3]?.slots.acquire(id, () => 2, signal, () => undefined);
      order.push(id);
      most = Math.max(most, ++running);
      await turn();
      running--;
      await claim?.release();
    });
    while (readdirSync(path.join(neighbours.directory, 'queue')).length < jobs.length - 1) await turn();
    await gate?.release();
    await Promise.all(work);
    assert.ok(most <= 2, String(most));
    assert.deepEqual(order.slice(1), jobs.filter((id) => id !== order[0]), 'the first may have begun while others drew their tickets');
    assert.deepEqual(readdirSync(path.join(neighbours.directory, 'queue')), []);
  });

  it('are as many as the limit', async () => {
    const { slots } = neighbours.start(1);
    const claims = await Promise.all(['a', 'b', 'c'].map((id) => slots.acquire(id, () => 3, signal, () => undefined)));
    let fourth: Promise<Claim> | undefined;
    let isIn = false;
    await new Promise<void>((resolve) => {
      fourth = slots.acquire('d', () => 3, signal, resolve);
      void fourth.then(() => (isIn = true));
    });
    for (let turns = 0; turns < 20; turns++) await turn();
    assert.deepEqual([await Promise.all(claims.map((claim) => claim.isMine())), isIn], [[true, true, true], false]);
    await claims[1]?.release();
    const claim = await fourth;
    assert.equal(await claim?.isMine(), true);
    await claim?.release();
  });

  it('are not held by the dead, and neither is a place in the queue', async () => {
    const [dead, live] = [neighbours.start(1), neighbours.start(2)];
    await dead.slots.acquire('a', () => 1, signal, () => undefined);
    const controller = new AbortController();
    const waiting = dead.slots.acquire('b', () => 1, controller.signal, () => undefined);
    const queued = new Promise<void>((resolve) => {
      void live.slots.acquire('c', () => 1, signal, resolve).then((claim) => claim.release());
    });
    await queued;
    neighbours.kill(1);
    await (await live.slots.acquire('d', () => 1, signal, () => undefined)).release();
    controller.abort(new Error('the process is gone'));
    await assert.rejects(waiting, /the process is gone/);
  });

  it('are not waited for by those who cancel', async () => {
    const { slots } = neighbours.start(1);
    const claim = await slots.acquire('a', () => 1, signal, () => undefined);
    const controller = new AbortController();
    const waiting = slots.acquire('b', () => 1, controller.signal, () => controller.abort(new Error('no more')));
    await assert.rejects(waiting, /no more/);
    await claim.release();
    assert.deepEqual(readdirSync(path.join(neighbours.directory, 'queue')), []);
  });
});

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
