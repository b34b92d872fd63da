import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PictorError } from '../../../src/core/errors';
import { nextPollAt, usualDurationMs } from '../../../src/core/jobs/pollCadence';
import { waitForTask, type WaitOptions } from '../../../src/core/jobs/waitForTask';
import type { DeliveredImages } from '../../../src/core/answers/answer';
import type { OpenTaskState } from '../../../src/core/providers/provider';

const DONE: DeliveredImages = { state: 'images', images: [] };

/** A clock that only moves when somebody waits. */
function simulate(
  doneAtMs: number,
  seenMs: readonly number[] = [],
  changes: Partial<WaitOptions> = {},
): { result: Promise<DeliveredImages>; pollsAt: number[] } {
  let clock = 0;
  const pollsAt: number[] = [];
  const result = waitForTask({
    label: 'LemonData',
    seenMs,
    timeoutMs: 600_000,
    poll: () => {
      pollsAt.push(clock);
      return Promise.resolve<OpenTaskState>(clock >= doneAtMs ? DONE : { state: 'running' });
    },
    onRunning: () => undefined,
    onUnknownStatus: () => undefined,
    signal: new AbortController().signal,
    delay: async (ms) => {
      await Promise.resolve();
      clock += ms;
    },
    now: () => clock,
    ...changes,
  });
  return { result, pollsAt };
}

describe('the questions about a task', () => {
  it('are never closer than a second, and never more than those of a fixed loop of 3 s', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 120_000 }),
        fc.array(fc.integer({ min: 0, max: 120_000 }), { maxLength: 60 }),
        fc.integer({ min: 1000, max: 150_000 }),
        async (doneAtMs, seenMs, timeoutMs) => {
          const { result, pollsAt } = simulate(doneAtMs, seenMs, { timeoutMs });
          await result.catch(() => undefined);
          pollsAt.forEach((at, index) => {
            assert.ok(at >= 1000 && (index === 0 || at - (pollsAt[index - 1] ?? 0) >= 1000));
            assert.ok(index + 1 <= Math.floor(at / 3000) + 1, `${index + 1} questions after ${at} ms`);
          });
        },
      ),
    );
  });

  it('come soon at first, since a task may be done at once', () =>
    assert.equal(nextPollAt(0, 0, [60_000, 60_000, 60_000]), 1000));

  it('wait for the time that earlier tasks took, and come close together then', async () => {
    const { result, pollsAt } = simulate(
      60_000,
      Array.from({ length: 20 }, (_, index) => 58_000 + index * 200),
    );
    await result;
    assert.ok(pollsAt.length <= 12 && (pollsAt.at(-1) ?? 0) - 60_000 < 1000, pollsAt.join());
    assert.equal(usualDurationMs([1, 2, 9]), 2);
    assert.equal(usualDurationMs([1, 2]), undefined);
  });

  it('wait for the next usual time when the first one has passed', async () => {
    const seen = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 15_000 : 90_000) + index * 100);
    const { result, pollsAt } = simulate(90_000, seen);
    await result;
    assert.ok((pollsAt.at(-1) ?? 0) - 90_000 < 1000, pollsAt.join());
    assert.ok(pollsAt.filter((at) => at > 20_000 && at < 80_000).length <= 6, pollsAt.join());
  });

  it('spend evenly, where tasks usually end, what a fixed loop would have left by then', () => {
    // 21 questions within 62 s, and 18 of them were asked.
    assert.equal(nextPollAt(57_000, 18, [58_000, 60_000, 62_000]), 58_667);
    assert.equal(nextPollAt(50_000, 3, [58_000, 60_000, 62_000]), 55_100, 'up to there, it is hardly done');
  });

  it('take durations that are further apart than 15 s for those of other work', () => {
    assert.equal(nextPollAt(9600, 1, [10_000, 10_000, 25_000]), 11_525);
    assert.equal(nextPollAt(9600, 1, [10_000, 10_000, 25_001]), 10_600);
    assert.equal(nextPollAt(9600, 1, [10_000, 20_000, 60_000]), 11_333);
    assert.equal(nextPollAt(12_000, 1, [10_000, 20_000, 60_000]), 13_333, 'what is past belongs to the same work');
  });

  it('tell how far the task is', async () => {
    const told: unknown[] = [];
    const states: OpenTaskState[] = [{ state: 'running', percent: 10 }, { state: 'running' }, DONE];
    const { result } = simulate(0, [], {
      poll: () => Promise.resolve(states.shift() ?? DONE),
      onRunning: (percent) => told.push(percent),
    });
    await result;
    assert.deepEqual(told, [10, undefined]);
  });

  it('do not wait for the usual time for ever: a task may be much quicker', async () => {
    const { result, pollsAt } = simulate(20_000, [90_000, 91_000, 92_000, 93_000]);
    await result;
    assert.ok((pollsAt.at(-1) ?? 0) - 20_000 < 12_000, pollsAt.join());
  });

  it('respect the wait that a service asks for', async () => {
    const answers: OpenTaskState[] = [{ state: 'unanswered', retryAfterMs: 20_000 }, DONE];
    const waits: number[] = [];
    let clock = 0;
    const { result } = simulate(0, [], {
      poll: () => Promise.resolve(answers.shift() ?? DONE),
      delay: (ms) => {
        waits.push(ms);
        clock += ms;
        return Promise.resolve();
      },
      now: () => clock,
    });
    assert.equal(await result, DONE);
    assert.deepEqual(waits, [1000, 20_000]);
  });

  it('respect a wait that comes with a task that runs, and one that is longer than the time that is left', async () => {
    let asked = 0;
    const poll = (): Promise<OpenTaskState> => {
      asked++;
      return Promise.resolve({ state: 'running', retryAfterMs: 3_600_000 });
    };
    const { result } = simulate(9e9, [], { timeoutMs: 60_000, poll });
    await assert.rejects(result, (error) => error instanceof PictorError && error.kind === 'timeout');
    assert.equal(asked, 1);
  });

  it('end at the deadline, and not before', async () => {
    const { result, pollsAt } = simulate(9e9);
    await assert.rejects(
      result,
      (error) =>
        error instanceof PictorError &&
        error.kind === 'timeout' &&
        error.message.startsWith('LemonData has not finished within 600 s. The task goes on there'),
    );
    assert.ok((pollsAt.at(-1) ?? 0) <= 600_000);
  });

  it('end with the failure of the task, whatever is left of the time', async () => {
    const failure = new PictorError('moderated', 'no');
    await assert.rejects(simulate(9e9, [], { poll: () => Promise.reject(failure) }).result, failure);
  });

  it('end at once when the user cancels', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const { result } = simulate(9e9, [], {
      signal: controller.signal,
      poll: () => {
        controller.abort(reason);
        return Promise.resolve({ state: 'running' });
      },
    });
    await assert.rejects(result, reason);
  });
});
