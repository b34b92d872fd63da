import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { providerOf } from '../../../src/core/catalog/providers';
import { delay } from '../../../src/core/delay';
import { PictorError } from '../../../src/core/errors';
import { StagingArea } from '../../../src/core/files/staging';
import type { JobParts, JobResult } from '../../../src/core/jobs/jobParts';
import { parseJobRecord, type JobRecord, type SavedPicture } from '../../../src/core/jobs/jobRecord';
import { runJob } from '../../../src/core/jobs/runJob';
import type { ImageProvider } from '../../../src/core/providers/provider';
import { memoryJob } from './memoryJob';
import { record } from './records';

const SVG = (name: string): Buffer => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><title>${name}</title></svg>`);

/** A process dies when a record is on disk. */
class Killed extends Error {}

/** The world of a job: a service with a ledger, a CDN, a workspace and a document. All but the process survives a crash. */
class World {
  readonly directory = mkdtempSync(path.join(tmpdir(), 'pictor-run-'));
  readonly staging = new StagingArea(path.join(this.directory, 'staging')).within('job');
  readonly files = new Map<string, string>();
  document = '';
  billed = 0;
  polls = 0;
  disk: JobRecord;
  /** What the next calls throw. */
  submitFails: Error | undefined;
  saveFails: unknown;
  found: string | undefined;

  constructor(
    private readonly how: 'task' | 'bytes' | 'urls',
    readonly count = 1,
  ) {
    this.disk = record('A heron', { request: { ...record('A heron').request, fields: { n: count } } });
  }

  /** A process that goes on from what is on disk. @param killAt dies once so many versions are written */
  async run(killAt = Infinity, isResumed = true): Promise<JobResult> {
    let writes = 0;
    let isDead = false;
    const job = memoryJob(this.disk, {
      isResumed,
      onWrite: (version) => {
        if (isDead) throw new Killed();
        // As it would be read after the crash.
        const read = parseJobRecord(JSON.stringify(version));
        if (read.state !== 'record') throw new Error(`it is ${read.state}`);
        this.disk = read.record;
        if (++writes === killAt) {
          isDead = true;
          throw new Killed();
        }
      },
    });
    return runJob(job, this.parts(() => isDead));
  }

  private parts(isDead: () => boolean): JobParts {
    const living = (): void => {
      if (isDead()) throw new Killed();
    };
    const images = Array.from({ length: this.count }, (_, index) => ({
      source: this.how === 'bytes' ? ({ kind: 'bytes', bytes: SVG(String(index)) } as const) : ({ kind: 'url', url: `https://cdn/${index}` } as const),
    }));
    const provider: ImageProvider = {
      submit: () => {
        living();
        this.billed++;
        if (this.submitFails !== undefined) return Promise.reject(this.submitFails);
        return Promise.resolve(this.how === 'task' ? { state: 'task', taskId: 't1' } : { state: 'images', images });
      },
      poll: ({ taskId }) => {
        living();
        this.polls++;
        assert.equal(taskId, 't1');
        return Promise.resolve({ state: 'images', images });
      },
      find: () => Promise.resolve(this.found === undefined ? undefined : { state: 'task', taskId: this.found }),
    };
    return {
      definition: providerOf('lemondata'),
      provider,
      takeTurn: () => Promise.resolve(undefined),
      staging: this.staging,
      download: (url) => {
        living();
        return this.staging.add(SVG(url.slice(-1)));
      },
      save: async (image) => {
        living();
        if (this.saveFails !== undefined) throw this.saveFails as Error;
        const content = (await readFile(image.file.path)).toString();
        const uri = `file:///picture-${image.index}.svg`;
        assert.ok(!this.files.has(uri) || (image.isAgain && this.files.get(uri) === content), 'the same picture only');
        this.files.set(uri, content);
        return { uri, alt: '', mediaType: image.mediaType, bytes: image.file.bytes, used: {}, asked: {}, differences: [] };
      },
      link: (pictures) => {
        living();
        this.insert(pictures);
        return Promise.resolve(true);
      },
      waiting: { timeoutMs: 1000, seenMs: [], onUnknownStatus: () => undefined, onTask: () => undefined, onDuration: () => undefined, delay: (_ms, signal) => delay(0, signal), now: Date.now },
      onPreview: () => Promise.resolve(),
      signal: new AbortController().signal,
      onStep: () => undefined,
    };
  }

  /** As the host does: what is there already is not inserted again. */
  private insert(pictures: readonly SavedPicture[]): void {
    for (const { uri } of pictures) if (!this.document.includes(uri)) this.document += `![](${uri})`;
  }

  get staged(): string[] {
    return readdirSync(this.directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}

describe('a job', () => {
  for (const how of ['task', 'bytes', 'urls'] as const) {
    it(`(${how}) that is killed after any of its steps ends as if nothing had happened, or is unknown; it is billed once`, async () => {
      const whole = new World(how, 2);
      await whole.run(Infinity, false);
      const steps = whole.disk.history.map(({ state }) => state);
      assert.deepEqual(steps, ['planned', 'submitting', ...(how === 'task' ? ['waiting'] : []), 'delivered', 'saved', 'linked']);
      for (let killAt = 1; ; killAt++) {
        const world = new World(how, 2);
        const died = await world.run(killAt, false).then(() => false, () => true);
        const stood = world.disk.state;
        const outcome = await world.run().then(() => 'done', (error: unknown) => error);
        if (stood === 'submitting') {
          assert.ok(outcome instanceof PictorError && outcome.message.includes('may have been made and billed'), String(outcome));
          assert.equal(world.disk.state, 'unknown');
          assert.equal(world.billed, 0, 'it died before the request left, which nobody can know');
        } else {
          assert.equal(outcome, 'done');
          assert.deepEqual([world.disk.state, world.billed, [...world.files.values()].sort(), world.staged], ['linked', 1, [SVG('0').toString(), SVG('1').toString()], []], `killed at ${killAt}, ${stood}`);
          assert.deepEqual(world.document.split('![]').length - 1, 2);
        }
        world.remove();
        if (!died) break;
      }
      whole.remove();
    });
  }

  it('whose answer was lost is not sent again, and its task is found where the service can look for it', async () => {
    for (const found of ['t1', undefined]) {
      const world = new World('task');
      world.submitFails = new PictorError('interrupted', 'The connection broke.');
      world.found = found;
      const outcome = await world.run(Infinity, false).then(() => 'done', (error: unknown) => error);
      assert.equal(world.billed, 1);
      assert.deepEqual([world.disk.state, world.document !== ''], found ? ['linked', true] : ['unknown', false]);
      assert.equal(outcome === 'done', found !== undefined);
      // The service may come to know of it later: asking is free.
      world.found = 't1';
      if (!found) await world.run();
      assert.deepEqual([world.disk.state, world.billed], ['linked', 1]);
      world.remove();
    }
  });

  it('keeps what came of an answer that was cut off by a crash', async () => {
    const world = new World('bytes', 3);
    world.disk = { ...world.disk, state: 'submitting' };
    await world.staging.add(SVG('0'));
    await world.staging.add(SVG('1').subarray(0, 50));
    const { saved, missing } = await world.run();
    assert.deepEqual([saved.length, missing, world.billed, world.staged], [1, 2, 0, []]);
    world.remove();
  });

  it('keeps a picture that its folder refuses, and saves it at the next try, without asking the service again', async () => {
    const world = new World('task', 2);
    world.saveFails = new PictorError('notSaved', 'No room.');
    const { saved, failures } = await world.run(Infinity, false);
    assert.deepEqual([saved.length, failures.length, world.disk.state, world.disk.error?.kind, world.staged.length], [0, 2, 'delivered', 'notSaved', 2]);
    world.saveFails = undefined;
    await world.run();
    assert.deepEqual([world.disk.state, world.disk.error, world.files.size, world.staged, world.billed, world.polls], ['linked', undefined, 2, [], 1, 1]);
    world.remove();
  });

  it('sends nothing when it cannot be written down', async () => {
    const world = new World('bytes');
    const error: unknown = await world.run(1, false).then(() => undefined, (reason: unknown) => reason);
    assert.ok(error instanceof PictorError && error.kind === 'notSaved' && error.message.includes('Nothing was sent'), String(error));
    assert.equal(world.billed, 0);
    world.remove();
  });
});
