import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PictorError } from '../../../src/core/errors';
import { StagingArea, type StagedFile } from '../../../src/core/files/staging';
import { download } from '../../../src/core/http/download';

type Step = Error | { status: number; headers?: Record<string, string>; body?: string };

const reset = (): Error => Object.assign(new Error('reset'), { code: 'ECONNRESET', syscall: 'read' });

async function* bodyOf(text: string): AsyncGenerator<Buffer> {
  for (const letter of text) {
    await Promise.resolve();
    yield Buffer.from(letter);
  }
}

describe('a download', () => {
  function playDownload(...steps: Step[]): {
    run: (url?: string, check?: (file: StagedFile) => Promise<void>, signal?: AbortSignal) => Promise<string>;
    left: () => string[];
    pauses: readonly number[];
    asked: { url: string; headers: object }[];
  } {
    const asked: { url: string; headers: object }[] = [];
    const directory = mkdtempSync(path.join(tmpdir(), 'pictor-download-'));
    const pauses: number[] = [];
    return {
      asked,
      pauses,
      left: () => readdirSync(directory),
      run: async (
        url = 'https://cdn.example/a.png',
        check = () => Promise.resolve(),
        signal = new AbortController().signal,
      ) => {
        const file = await download(url, {
          exchange: async (request, read) => {
            asked.push({ url: request.url.href, headers: request.headers });
            const step = steps[asked.length - 1];
            assert.ok(step, 'asked once too often');
            if (step instanceof Error) throw step;
            const { status, headers = {}, body = '' } = step;
            return read({ status, header: (name) => headers[name], body: bodyOf(body) });
          },
          staging: new StagingArea(directory),
          guard: () => Promise.resolve(true),
          check,
          signal,
          timeoutMs: 1000,
          maxBytes: 10,
          delay: (ms, abort) => {
            assert.equal(abort, signal);
            pauses.push(ms);
            return Promise.resolve();
          },
        });
        return readFile(file.path, 'utf8');
      },
    };
  }

  it('is tried again when it fails, and carries no key', async () => {
    const { run, asked, pauses } = playDownload(
      reset(),
      { status: 503 },
      { status: 404 },
      { status: 200, body: 'bytes' },
    );
    assert.equal(await run(), 'bytes');
    assert.equal(asked.length, 4);
    assert.deepEqual(pauses, [500, 2000, 5000], 'each pause is longer than the one before it');
    assert.deepEqual(asked[0]?.headers, { accept: 'image/*' });
  });

  it('follows redirects, relative ones too', async () => {
    const { run, asked } = playDownload(
      { status: 302, headers: { location: '/b.png' } },
      { status: 301, headers: { location: 'https://other.example/c' } },
      { status: 200, body: 'x' },
    );
    await run();
    assert.deepEqual(
      asked.map(({ url }) => url),
      ['https://cdn.example/a.png', 'https://cdn.example/b.png', 'https://other.example/c'],
    );
  });

  it('names the address when it gives up, since the image is paid for', async () => {
    const { run } = playDownload(...Array.from({ length: 4 }, () => ({ status: 500 })));
    await assert.rejects(
      run(),
      (error) =>
        error instanceof PictorError &&
        error.kind === 'downloadFailed' &&
        error.details.url === 'https://cdn.example/a.png',
    );
  });

  it('names no address that was not one of the web: nobody should be led there', async () => {
    await assert.rejects(
      playDownload().run('file:///etc/passwd'),
      (error) => error instanceof PictorError && error.details.url === undefined && !error.message.includes('browser'),
    );
  });

  it('follows five redirects, and no more', async () => {
    const again = { status: 302, headers: { location: '/again' } };
    assert.equal(await playDownload(again, again, again, again, again, { status: 200, body: 'x' }).run(), 'x');
    const { run, asked } = playDownload(again, again, again, again, again, again);
    await assert.rejects(run(), /redirects more than 5 times/);
    assert.equal(asked.length, 6, 'and is not tried again: it would go the same way');
  });

  it('takes a redirect without an address for a failure', async () => {
    const { run, asked } = playDownload(...Array.from({ length: 4 }, () => ({ status: 302 })));
    await assert.rejects(run(), /status 302/);
    assert.equal(asked.length, 4);
  });

  it('ends with the user’s cancel, and is not tried again', async () => {
    const reason = new Error('cancelled');
    const controller = new AbortController();
    const { run, asked } = playDownload(reset(), reset());
    const check = (): Promise<void> => Promise.resolve();
    controller.abort(reason);
    await assert.rejects(run(undefined, check, controller.signal), reason);
    assert.equal(asked.length, 1);
  });

  it('may be as large as the limit', async () =>
    assert.equal(await playDownload({ status: 200, body: '1234567890' }).run(), '1234567890'));

  for (const url of ['file:///etc/passwd', 'ftp://host/a.png', 'not an address']) {
    it(`does not open ${url}`, async () => {
      const { run, asked } = playDownload();
      assert.equal(await kindOf(run(url)), 'downloadFailed');
      assert.equal(asked.length, 0);
    });
  }

  it('does not follow a redirect to a file', async () => {
    const { run, asked } = playDownload({ status: 302, headers: { location: 'file:///etc/passwd' } });
    assert.equal(await kindOf(run()), 'downloadFailed');
    assert.equal(asked.length, 1);
  });

  it('is stopped while it is read when it is too large, and leaves nothing behind', async () => {
    const { run, left } = playDownload({ status: 200, body: '12345678901' });
    await assert.rejects(
      run(),
      (error) =>
        error instanceof PictorError && error.kind === 'tooLarge' && error.details.url === 'https://cdn.example/a.png',
    );
    assert.deepEqual(left(), []);
  });

  it('that brought only a part is tried again, and taken as it is in the end', async () => {
    const part = { status: 200, body: 'part' };
    const check = async (file: StagedFile): Promise<void> => {
      if (file.bytes < 5) throw new PictorError('badAnswer', 'a part', { retryable: true });
      return Promise.resolve();
    };
    const better = playDownload(part, { status: 200, body: 'whole' });
    assert.equal(await better.run(undefined, check), 'whole');
    assert.equal(better.left().length, 1, 'the part is not kept');
    const never = playDownload(part, part, part, part);
    assert.equal(await never.run(undefined, check), 'part');
    assert.equal(never.left().length, 1);
  });
});

async function kindOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PictorError, String(error));
  return error.kind;
}
