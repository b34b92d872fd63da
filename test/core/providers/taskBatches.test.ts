import assert from 'node:assert/strict';
import { TaskBatches, type AskAboutAll } from '../../../src/core/providers/taskBatches';

describe('questions about several tasks', () => {
  /** Questions are gathered until `flush`. */
  function gather(): {
    pauses: readonly number[];
    batches: TaskBatches<string>;
    flush: () => void;
    clock: { ms: number };
    asked: (readonly string[])[];
    ask: AskAboutAll<string>;
  } {
    let flush = (): void => undefined;
    const pauses: number[] = [];
    const clock = { ms: 0 };
    const asked: (readonly string[])[] = [];
    const delay = (ms: number): Promise<void> => {
      pauses.push(ms);
      return new Promise((resolve) => (flush = resolve));
    };
    return {
      pauses,
      batches: new TaskBatches<string>({ delay, now: () => clock.ms, isOver: (answer) => answer.startsWith('over') }),
      clock,
      flush: () => flush(),
      asked,
      ask: (ids) => {
        asked.push(ids);
        return Promise.resolve(new Map(ids.filter((id) => id !== 'unknown').map((id) => [id, `about ${id}`])));
      },
    };
  }
  const signal = (): AbortSignal => new AbortController().signal;

  it('to one service go out together, each task once, and each gets its own answer', async () => {
    const { batches, flush, asked, ask, pauses } = gather();
    const answers = ['a', 'b', 'a', 'unknown'].map((id) => batches.question('ace', id, ask, signal()));
    flush();
    assert.deepEqual(await Promise.all(answers), ['about a', 'about b', 'about a', undefined]);
    assert.deepEqual([asked, pauses], [[['a', 'b', 'unknown']], [200]]);
  });

  it('are about every task that somebody waits for, and spare its next question', async () => {
    const { batches, flush, clock, asked, ask } = gather();
    const turn = async (id: string): Promise<string | undefined> => {
      const answer = batches.question('ace', id, ask, signal());
      flush();
      return answer;
    };
    await turn('a');
    clock.ms = 700;
    await turn('b');
    assert.deepEqual(asked, [['a'], ['b', 'a']]);
    clock.ms = 1500;
    assert.equal(await batches.question('ace', 'a', ask, signal()), 'about a');
    assert.equal(asked.length, 2, 'it is known from the question about b');
    clock.ms = 4000;
    await turn('a');
    clock.ms = 5001;
    await turn('b');
    assert.equal(asked.length, 4, 'an answer of more than a second ago is asked for anew');
    batches.close('ace', 'a');
    clock.ms = 9000;
    await turn('b');
    assert.deepEqual(asked.at(-1), ['b'], 'nobody waits for a any more');
  });

  it('are not about a task that was given up without a word', async () => {
    const { batches, flush, clock, asked, ask } = gather();
    for (const [id, atMs] of [
      ['a', 0],
      ['b', 50_000],
      ['b', 70_000],
    ] as const) {
      clock.ms = atMs;
      const answer = batches.question('ace', id, ask, signal());
      flush();
      await answer;
    }
    assert.deepEqual(asked, [['a'], ['b', 'a'], ['b']]);
  });

  it('need not be asked again about a task that is over', async () => {
    const { batches, flush, clock, asked } = gather();
    const ask: AskAboutAll<string> = (ids) => {
      asked.push(ids);
      return Promise.resolve(new Map(ids.map((id) => [id, id === 'a' && asked.length > 1 ? 'over' : 'running'])));
    };
    for (const id of ['a', 'b']) {
      const answer = batches.question('ace', id, ask, signal());
      flush();
      await answer;
    }
    clock.ms = 60_000;
    assert.equal(await batches.question('ace', 'a', ask, signal()), 'over');
    assert.equal(asked.length, 2);
  });

  it('to another service, or with another key, are asked separately', async () => {
    const { batches, flush, asked, ask } = gather();
    const first = batches.question('ace', 'a', ask, signal());
    flush();
    await first;
    const other = batches.question('ace with another key', 'b', ask, signal());
    flush();
    await other;
    assert.deepEqual(asked, [['a'], ['b']]);
  });

  it('fail together', async () => {
    const { batches, flush } = gather();
    const failure = new Error('down');
    const answers = ['a', 'b'].map((id) => batches.question('ace', id, () => Promise.reject(failure), signal()));
    flush();
    for (const outcome of await Promise.allSettled(answers))
      assert.deepEqual(outcome, { status: 'rejected', reason: failure });
  });

  it('are not waited for by those who have cancelled before they go out', async () => {
    const { batches, flush, asked, ask } = gather();
    const off = batches.question('ace', 'a', ask, AbortSignal.abort(new Error('cancelled')));
    const on = batches.question('ace', 'b', ask, signal());
    flush();
    await assert.rejects(off, /cancelled/);
    assert.deepEqual([await on, asked.length], ['about b', 1]);
  });

  it('go on for those who still wait when one is called off', async () => {
    const { batches, flush } = gather();
    const controller = new AbortController();
    let called: AbortSignal | undefined;
    let answer: (answers: ReadonlyMap<string, string>) => void = () => undefined;
    const ask: AskAboutAll<string> = (_ids, batchSignal) => {
      called = batchSignal;
      return new Promise((resolve) => (answer = resolve));
    };
    const off = batches.question('ace', 'a', ask, controller.signal);
    const on = batches.question('ace', 'b', ask, signal());
    flush();
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error('cancelled'));
    await assert.rejects(off, /cancelled/);
    assert.equal(called?.aborted, false);
    answer(new Map([['b', 'still here']]));
    assert.equal(await on, 'still here');
  });
});
