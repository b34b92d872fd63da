import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { mock } from 'node:test';
import { Leases } from '../../../src/core/coordination/leases';
import { BEAT_MS } from '../../../src/core/coordination/heartbeat';
import { Neighbours, turn } from './neighbours';

describe('a claim', () => {
  let neighbours: Neighbours;
  beforeEach(() => (neighbours = new Neighbours()));
  afterEach(() => rmSync(neighbours.directory, { recursive: true }));

  it('is had by one of many that want it at the same time', async () => {
    const all = Array.from({ length: 20 }, (_, index) => neighbours.start(index + 1));
    for (let round = 0; round < 20; round++) {
      const got = await Promise.all(all.map(({ leases }) => leases.acquire(`job-${round}`)));
      const mine = await Promise.all(got.map(async (lease) => (await lease?.isMine()) ?? false));
      assert.equal(mine.filter(Boolean).length, 1);
    }
  });

  it('is free again when it is released, and leaves nothing behind', async () => {
    const [one, two] = [neighbours.start(1), neighbours.start(2)];
    const lease = await one.leases.acquire('job');
    assert.equal(await two.leases.acquire('job'), undefined);
    assert.equal(await one.leases.acquire('job'), undefined, 'nor twice by the same');
    await lease?.release();
    const next = await two.leases.acquire('job');
    assert.ok(next);
    await next.release();
    assert.deepEqual(readdirSync(path.join(neighbours.directory, 'claims')), []);
  });

  it('of a process that was killed is free at once, and of one that ended in order too', async () => {
    const [one, two, three] = [neighbours.start(1), neighbours.start(2), neighbours.start(3)];
    const lost = await one.leases.acquire('job');
    neighbours.kill(1);
    const taken = await two.leases.acquire('job');
    assert.ok(taken);
    assert.equal(await lost?.isMine(), false, 'should it come back, it knows');
    await two.heartbeat.stop();
    assert.ok(await three.leases.acquire('job'));
    assert.equal(await taken.isMine(), false);
  });

  it('stays lost for its old holder, whoever has it later', async () => {
    const [one, two, three] = [neighbours.start(1), neighbours.start(2), neighbours.start(3)];
    const lost = await one.leases.acquire('job');
    neighbours.kill(1);
    await (await two.leases.acquire('job'))?.release();
    const later = await three.leases.acquire('job');
    assert.deepEqual([await lost?.isMine(), await later?.isMine()], [false, true]);
    await lost?.release();
    assert.equal(await later?.isMine(), true, 'and it takes it from nobody');
  });

  it('of a process that cannot be seen is free when its heart has not beaten for long, whatever the clocks say', async () => {
    const far = neighbours.start(7, 'elsewhere');
    const here = neighbours.start(1);
    await far.leases.acquire('job');
    // A clock that jumps by a day is one look.
    neighbours.nowMs += 86_400_000;
    assert.equal(await here.leases.acquire('job'), undefined);
    for (let look = 0; look < 40; look++) {
      neighbours.nowMs += BEAT_MS;
      neighbours.beat(7);
      await turn();
      assert.equal(await here.leases.acquire('job'), undefined, 'it lives');
    }
    let looks = 0;
    for (; !(await here.leases.acquire('job')); looks++) neighbours.nowMs += BEAT_MS;
    assert.equal(looks, 16);
  });

  it('gives way to a lower number that somebody holds: the folder was removed in between, and numbers began anew', async () => {
    const folder = path.join(neighbours.directory, 'claims', 'job');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, '5'), 'somebody x');
    // First it is taken for dead, then its holder is there.
    const answers = [false, true];
    const { heartbeat } = neighbours.start(1);
    heartbeat.isAlive = () => Promise.resolve(answers.shift() ?? true);
    assert.equal(await new Leases(path.join(neighbours.directory, 'claims'), heartbeat).acquire('job'), undefined);
    assert.deepEqual(readdirSync(folder), ['5'], 'at once: its number is in nobody’s way');
  });

  it('is had by one on a file system without hard links too', async () => {
    const all = Array.from({ length: 10 }, (_, index) => neighbours.start(index + 1));
    const link = mock.method(fs, 'link', () => Promise.reject(Object.assign(new Error('no links'), { code: 'EPERM' })));
    try {
      const got = await Promise.all(all.map(({ leases }) => leases.acquire('job')));
      assert.equal(got.filter((lease) => lease !== undefined).length, 1);
      assert.ok(link.mock.callCount() > 0);
      await got.find((lease) => lease !== undefined)?.release();
      assert.deepEqual(readdirSync(path.join(neighbours.directory, 'claims')), []);
    } finally {
      link.mock.restore();
    }
  });

  it('that was only half written is nobody’s', async () => {
    mkdirSync(path.join(neighbours.directory, 'claims', 'job'), { recursive: true });
    writeFileSync(path.join(neighbours.directory, 'claims', 'job', '1'), '');
    assert.ok(await neighbours.start(1).leases.acquire('job'));
  });
});
