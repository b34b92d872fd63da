import assert from 'node:assert/strict';
import { TaskBatches, type AskAboutAll } from '../../../src/core/providers/taskBatches';

describe('questions about several tasks', () => {
  /** Questions are gathered until `flush`. */
  function gather(): { batches: TaskBatches<string>; flush: () => void; asked: (readonly string[])[]; ask: AskAboutAll<string> } {
    let flush = (): void => undefined;
    const asked: (readonly string[])[] = [];
    return {
      batches: new TaskBatches(() => new Promise((resolve) => (flush = resolve))),
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
    const { batches, flush, asked, ask } = gather();
    const answers = ['a', 'b', 'a', 'unknown'].map((id) => batches.question('ace', id, ask, signal()));
    flush();
    assert.deepEqual(await Promise.all(answers), ['about a', 'about b', 'about a', undefined]);
    assert.deepEqual(asked, [['a', 'b', 'unknown']]);
  });

  it('that come later are asked later, and another service separately', async () => {
    const { batches, flush, asked, ask } = gather();
    const first = batches.question('ace', 'a', ask, signal());
    flush();
    await first;
    const second = batches.question('ace', 'b', ask, signal());
    flush();
    await second;
    const other = batches.question('ace with another key', 'a', ask, signal());
    flush();
    await other;
    assert.deepEqual(asked, [['a'], ['b'], ['a']]);
  });

  it('fail together', async () => {
    const { batches, flush } = gather();
    const failure = new Error('down');
    const answers = ['a', 'b'].map((id) => batches.question('ace', id, () => Promise.reject(failure), signal()));
    flush();
    for (const outcome of await Promise.allSettled(answers)) assert.deepEqual(outcome, { status: 'rejected', reason: failure });
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
