import assert from 'node:assert/strict';
import { Deadline, isTimeout, withDeadline } from '../../../src/core/http/deadline';

const aborted = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)));

describe('a deadline', () => {
  it('aborts after its time', async () => {
    const deadline = new Deadline(new AbortController().signal, 5);
    assert.ok(isTimeout(await aborted(deadline.signal)));
  });

  it('begins anew when something has come', async () => {
    const [restarted, other] = [
      new Deadline(new AbortController().signal, 30),
      new Deadline(new AbortController().signal, 30),
    ];
    const order: string[] = [];
    const all = Promise.all([
      aborted(restarted.signal).then(() => order.push('restarted')),
      aborted(other.signal).then(() => order.push('other')),
    ]);
    restarted.restart();
    await all;
    assert.deepEqual(order, ['other', 'restarted']);
  });

  it('aborts with the one above it, for the same reason', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const work = withDeadline(controller.signal, 60_000, aborted);
    controller.abort(reason);
    assert.equal(await work, reason);
    assert.equal(await withDeadline(controller.signal, 60_000, (signal) => Promise.resolve(signal.reason)), reason);
  });

  it('is over with the work', async () => {
    let used: AbortSignal | undefined;
    const controller = new AbortController();
    await withDeadline(controller.signal, 1, (signal) => Promise.resolve((used = signal)));
    controller.abort();
    // Another one of the same time, which has not been cleared, is over after it.
    await aborted(new Deadline(new AbortController().signal, 2).signal);
    assert.equal(used?.aborted, false);
  });
});
