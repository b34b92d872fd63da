import assert from 'node:assert/strict';
import { PictorError } from '../../../src/core/errors';
import { submit, type SubmitAnswer, type SubmitDependencies } from '../../../src/core/http/submit';
import { isOutOfCredit } from '../../../src/core/providers/errors/errorFromAnswer';

type Step = Error | { status: number; headers?: Record<string, string>; body?: unknown };

const refused = (): Error => Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' });
const reset = (): Error => Object.assign(new Error('reset'), { code: 'ECONNRESET', syscall: 'read' });

function answerOf({ status, headers = {}, body = '' }: Exclude<Step, Error>): SubmitAnswer {
  return { status, header: (name) => headers[name.toLowerCase()], body };
}

/** Plays steps one after the other and records what happened; no network, no clock. */
function play(...steps: Step[]): {
  parts: SubmitDependencies<SubmitAnswer>;
  sent: () => number;
  waits: number[];
  pauses: number[];
  reasons: string[];
} {
  let sent = 0;
  const waits: number[] = [];
  const pauses: number[] = [];
  const reasons: string[] = [];
  const controller = new AbortController();
  const parts: SubmitDependencies<SubmitAnswer> = {
    asked: { label: 'OpenAI' },
    send: () => {
      const step = steps[sent++];
      assert.ok(step, 'sent once too often');
      return step instanceof Error ? Promise.reject(step) : Promise.resolve(answerOf(step));
    },
    isFinal: isOutOfCredit,
    onWait: (reason, waitMs) => {
      reasons.push(reason);
      waits.push(waitMs);
    },
    signal: controller.signal,
    timeoutMs: 60_000,
    delay: (ms, abort) => {
      assert.equal(abort, controller.signal);
      pauses.push(ms);
      return Promise.resolve();
    },
    now: () => 0,
  };
  return { parts, sent: () => sent, waits, pauses, reasons };
}

async function kindOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof PictorError, String(error));
    return error.kind;
  }
  return 'nothing';
}

describe('a submit', () => {
  it('is sent once when it is answered, even by an error', async () => {
    for (const status of [200, 400, 401, 408, 500, 502, 503, 504]) {
      const { parts, sent } = play({ status });
      assert.equal((await submit(parts)).status, status);
      assert.equal(sent(), 1);
    }
  });

  it('is sent once when the connection breaks after it was made', async () => {
    const { parts, sent } = play(reset());
    assert.equal(await kindOf(submit(parts)), 'interrupted');
    assert.equal(sent(), 1);
  });

  it('is sent again when no connection was made, at most three times in all', async () => {
    const once = play(refused(), { status: 200 });
    assert.equal((await submit(once.parts)).status, 200);
    const never = play(refused(), refused(), refused());
    assert.equal(await kindOf(submit(never.parts)), 'unreachable');
    assert.deepEqual(
      [never.sent(), never.waits, never.pauses],
      [3, [1000, 3000], [1000, 3000]],
      'each pause is told, and made',
    );
    assert.deepEqual(never.reasons, [
      'No connection to OpenAI (ECONNREFUSED)',
      'No connection to OpenAI (ECONNREFUSED)',
    ]);
  });

  it('waits as long as a 429 asks, and shows it', async () => {
    const { parts, sent, waits, pauses } = play(
      { status: 429, headers: { 'retry-after': '7' } },
      { status: 429, body: { retry_after: 2 } },
      { status: 200 },
    );
    assert.equal((await submit(parts)).status, 200);
    assert.deepEqual([sent(), waits, pauses], [3, [7000, 2000], [7000, 2000]]);
  });

  it('does not guess a wait that a 429 does not name, nor wait for longer than the user would', async () => {
    const longest = play({ status: 429, headers: { 'retry-after': '60' } }, { status: 200 });
    assert.equal((await submit(longest.parts)).status, 200, 'as long as the user would is not too long');
    for (const headers of [{}, { 'retry-after': '61' }] as Record<string, string>[]) {
      const { parts, sent } = play({ status: 429, headers });
      assert.equal((await submit(parts)).status, 429);
      assert.equal(sent(), 1);
    }
  });

  it('does not wait where there is no credit', async () => {
    const { parts, sent } = play({
      status: 429,
      headers: { 'retry-after': '1' },
      body: { error: { code: 'insufficient_quota', message: '' } },
    });
    assert.equal((await submit(parts)).status, 429);
    assert.equal(sent(), 1);
  });

  it('does not wait for ever', async () => {
    const limited = { status: 429, headers: { 'retry-after': '0' } };
    const { parts, sent } = play(limited, limited, limited, limited, limited, limited);
    assert.equal((await submit(parts)).status, 429);
    assert.equal(sent(), 6);
  });

  it('has no error of ours for one of the network, and is not sent again after one', async () => {
    const own = new PictorError('tooLarge', 'large');
    const { parts, sent } = play(own);
    await assert.rejects(submit(parts), own);
    assert.equal(sent(), 1);
  });

  it('is left at the deadline, and its signal tells so to whoever sends', async () => {
    const { parts } = play();
    let seen: AbortSignal | undefined;
    const send = (signal: AbortSignal): Promise<SubmitAnswer> => {
      seen = signal;
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    };
    assert.equal(await kindOf(submit({ ...parts, send, timeoutMs: 5 })), 'timeout');
    assert.equal(seen?.aborted, true);
  });

  it('follows no redirect, and names where it leads without its path', async () => {
    const { parts } = play({ status: 307, headers: { location: 'https://evil.example/steal?key=1' } });
    await assert.rejects(
      submit(parts),
      (error) =>
        error instanceof PictorError &&
        error.kind === 'redirected' &&
        error.message.includes('to https://evil.example.'),
    );
  });

  it('ends with the user’s cancel, and not with an error', async () => {
    const { parts } = play(reset());
    const reason = new Error('cancelled');
    await assert.rejects(submit({ ...parts, signal: AbortSignal.abort(reason) }), reason);
    const connecting = play(refused(), { status: 200 });
    await assert.rejects(submit({ ...connecting.parts, signal: AbortSignal.abort(reason) }), reason);
    assert.equal(connecting.sent(), 1, 'and is not sent again');
  });
});
