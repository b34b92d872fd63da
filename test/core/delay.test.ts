import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { mock } from 'node:test';
import { delay } from '../../src/core/delay';

describe('a pause', () => {
  afterEach(() => mock.restoreAll());

  it('takes its time, and leaves no listener', async () => {
    const { signal } = new AbortController();
    const startMs = performance.now();
    await delay(20, signal);
    assert.ok(performance.now() - startMs >= 15);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  it('ends with the signal, for its reason, and leaves no timer', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const started = mock.method(globalThis, 'setTimeout');
    const cleared = mock.method(globalThis, 'clearTimeout');
    const pause = delay(3_600_000, controller.signal);
    controller.abort(reason);
    await assert.rejects(pause, reason);
    assert.deepEqual(
      cleared.mock.calls.map((call) => call.arguments[0]),
      started.mock.calls.map((call) => call.result),
    );
  });

  it('is none where the signal was aborted before', async () => {
    const started = mock.method(globalThis, 'setTimeout');
    const reason = new Error('cancelled before');
    await assert.rejects(delay(3_600_000, AbortSignal.abort(reason)), reason);
    assert.equal(started.mock.callCount(), 0);
  });

  it('needs no signal', async () => assert.equal(await delay(1), undefined));
});
