import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { providerOf } from '../../../src/core/catalog/providers';
import { delay } from '../../../src/core/delay';
import { StagingArea } from '../../../src/core/files/staging';
import type { JobDependencies, JobResult } from '../../../src/core/jobs/jobDependencies';
import type { JobRecord, SavedImage } from '../../../src/core/jobs/jobRecord';
import { parseJobRecord } from '../../../src/core/jobs/parseJobRecord';
import { runJob } from '../../../src/core/jobs/runJob';
import type { ImagesApi } from '../../../src/core/providers/provider';
import { filesBelow } from '../../runner/writtenFiles';
import { memoryJob } from './memoryJob';
import { record } from './records';

/** A small image with a name in it. */
export const SVG = (name: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><title>${name}</title></svg>`);

/** A process dies when a record is on disk. */
class Killed extends Error {}

/**
 * The world of a job: a service with a ledger, a CDN, a workspace and a document. All but the process survives a crash.
 */
export class World {
  readonly directory = mkdtempSync(path.join(tmpdir(), 'pictor-run-'));
  readonly staging = new StagingArea(path.join(this.directory, 'staging')).within('job');
  readonly files = new Map<string, string>();
  document = '';
  billed = 0;
  polls = 0;
  disk: JobRecord;
  /** What the next calls throw. */
  submitFails: Error | undefined;
  pollFails: Error | undefined;
  saveFails: unknown;
  linkFails: Error | undefined;
  /** The document still has the place. */
  hasAnchor = true;
  /** The service lets wait so long before it takes the request, in ms. */
  waitMs: number | undefined;
  found: string | undefined;
  /** How often the service was asked for a lost task, and which tasks the user was told of. */
  finds = 0;
  readonly tasks: string[] = [];
  /** What the user was told, and how long tasks and requests took. */
  readonly steps: string[] = [];
  readonly durations: number[] = [];
  /** When the pauses end that the user was told of. */
  readonly untilMs: number[] = [];
  /** The records that were forgotten. */
  readonly removed: string[] = [];
  /** A preview comes before the images. */
  hasPreview = false;
  /** What an image is, by its name. */
  content = SVG;
  /** Another process has taken the job. */
  isTaken = false;
  readonly unrecorded: unknown[] = [];
  /** The user's cancel. */
  readonly controller = new AbortController();
  /** Done while a version of the record is written, the service is asked, an image is saved, or the job ends. */
  onWrite: (version: JobRecord) => void = () => undefined;
  onSubmit: () => Promise<void> | void = () => undefined;
  onSave = (): void => undefined;
  onFinish = (): void => undefined;

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
        this.onWrite(version);
        // As it would be read after the crash.
        const read = parseJobRecord(JSON.stringify(version));
        if (read.state !== 'record') throw new Error(`it is ${read.state}`);
        this.disk = read.record;
        if (++writes === killAt) {
          isDead = true;
          throw new Killed();
        }
      },
      onFinish: () => this.onFinish(),
      onUnrecorded: (error) => this.unrecorded.push(error),
      isMine: () => !this.isTaken,
      onRemove: (id) => void this.removed.push(id),
    });
    return runJob(
      job,
      this.parts(() => isDead),
    );
  }

  private parts(isDead: () => boolean): JobDependencies {
    const living = (): void => {
      if (isDead()) throw new Killed();
    };
    const images = Array.from({ length: this.count }, (_, index) => ({
      source:
        this.how === 'bytes'
          ? ({ kind: 'bytes', bytes: this.content(String(index)) } as const)
          : ({ kind: 'url', url: `https://cdn/${index}` } as const),
    }));
    const api: ImagesApi = {
      submit: async (_request, { onPreview, onWait }) => {
        living();
        if (this.waitMs !== undefined) onWait('LemonData asks to slow down', this.waitMs);
        this.billed++;
        await this.onSubmit();
        if (this.submitFails !== undefined) throw this.submitFails;
        if (this.hasPreview) await onPreview({ index: 0, file: await this.staging.add(SVG('preview')) });
        return this.how === 'task' ? { state: 'task', taskId: 't1' } : { state: 'images', images };
      },
      poll: ({ taskId }) => {
        living();
        this.polls++;
        assert.equal(taskId, 't1');
        if (this.pollFails !== undefined) return Promise.reject(this.pollFails);
        return Promise.resolve({ state: 'images', images });
      },
      find: () => {
        this.finds++;
        return Promise.resolve(this.found === undefined ? undefined : { state: 'task', taskId: this.found });
      },
    };
    return {
      provider: providerOf('lemondata'),
      api,
      takeTurn: () => Promise.resolve(undefined),
      staging: this.staging,
      download: (url) => {
        living();
        return this.staging.add(this.content(url.slice(-1)));
      },
      save: async (image) => {
        living();
        this.onSave();
        if (this.saveFails !== undefined) throw this.saveFails as Error;
        const content = (await readFile(image.file.path)).toString();
        const uri = `file:///picture-${image.index}.svg`;
        assert.ok(!this.files.has(uri) || (image.isAgain && this.files.get(uri) === content), 'the same picture only');
        this.files.set(uri, content);
        return {
          uri,
          alt: '',
          mediaType: image.mediaType,
          bytes: image.file.bytes,
          used: {},
          asked: {},
          differences: [],
        };
      },
      link: (images) => {
        living();
        if (this.linkFails !== undefined) return Promise.reject(this.linkFails);
        if (this.hasAnchor) this.insert(images);
        return Promise.resolve(this.hasAnchor);
      },
      waiting: {
        timeoutMs: 1000,
        seenMs: [],
        onUnknownStatus: () => undefined,
        onTask: (id) => void this.tasks.push(id),
        onDuration: (ms) => void this.durations.push(ms),
        delay: (_ms, signal) => delay(0, signal),
        now: Date.now,
      },
      onPreview: ({ file }) => this.staging.discard(file),
      signal: this.controller.signal,
      onStep: ({ text, untilMs }) => {
        this.steps.push(text);
        if (untilMs !== undefined) this.untilMs.push(untilMs);
      },
    };
  }

  /** As the host does: what is there already is not inserted again. */
  private insert(images: readonly SavedImage[]): void {
    for (const { uri } of images) if (!this.document.includes(uri)) this.document += `![](${uri})`;
  }

  get staged(): string[] {
    return filesBelow(this.directory).map((file) => path.basename(file));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}
