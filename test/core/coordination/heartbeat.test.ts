import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { BEAT_MS, Heartbeat } from '../../../src/core/coordination/heartbeat';

describe('the presence of a process', () => {
  it('is judged by the real clock, and by the real list of processes', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'pictor-presence-'));
    const far = new Heartbeat(directory, {
      pid: 1,
      host: 'elsewhere',
      isRunning: () => true,
      repeat: () => () => undefined,
    });
    const here = new Heartbeat(directory);
    let nowMs = 0;
    const clock = mock.method(performance, 'now', () => nowMs);
    await far.enter();
    let looks = 0;
    while (await here.isAlive(far.id)) {
      nowMs += BEAT_MS;
      looks++;
    }
    clock.mock.restore();
    assert.equal(looks, 16, 'the first look sees the beat, and fifteen more that it stands still');
    const child = spawnSync(process.execPath, ['-e', '']);
    const dead = new Heartbeat(directory, {
      pid: child.pid,
      host: hostname(),
      isRunning: () => true,
      repeat: () => () => undefined,
    });
    const living = new Heartbeat(directory, {
      pid: process.pid,
      host: hostname(),
      isRunning: () => true,
      repeat: () => () => undefined,
    });
    await Promise.all([dead.enter(), living.enter()]);
    assert.deepEqual(
      [await here.isAlive(dead.id), await here.isAlive(living.id), await here.isAlive(here.id)],
      [false, true, true],
    );
    rmSync(directory, { recursive: true });
  });

  it('beats while it has something, from the first to the last', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'pictor-presence-'));
    let beats = 0;
    let nowMs = 0;
    const heartbeat = new Heartbeat(
      directory,
      {
        pid: 1,
        host: 'here',
        isRunning: () => true,
        repeat: () => () => (beats -= 1) && undefined,
      },
      () => nowMs,
    );
    const beat = (): number =>
      (JSON.parse(readFileSync(path.join(directory, `${heartbeat.id}.json`), 'utf8')) as { beat: number }).beat;
    beats = 1;
    await heartbeat.enter();
    await heartbeat.enter();
    assert.equal(beat(), 0, 'it has just shown that it lives');
    nowMs = 2001;
    await heartbeat.enter();
    assert.equal(beat(), 1, 'it is time to show it again');
    heartbeat.leave();
    heartbeat.leave();
    assert.equal(beats, 1, 'it still has one');
    heartbeat.leave();
    assert.equal(beats, 0);
    await heartbeat.stop();
    assert.deepEqual(readdirSync(directory), []);
    await heartbeat.stop();
    rmSync(directory, { recursive: true });
  });
});
