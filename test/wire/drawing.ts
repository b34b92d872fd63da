import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FieldValues } from '../../src/core/catalog/fields';
import { providerOf, type ProviderId, type ProviderProfile } from '../../src/core/catalog/providers';
import { delay } from '../../src/core/delay';
import { PictorError } from '../../src/core/errors';
import { StagingArea } from '../../src/core/files/staging';
import { guardFor } from '../../src/core/http/addressGuard';
import { download } from '../../src/core/http/download';
import { HttpClient, type NetworkSettings } from '../../src/core/http/httpClient';
import type { GeneratedImage, JobResult } from '../../src/core/jobs/jobDependencies';
import type { Job } from '../../src/core/jobs/job';
import { runJob } from '../../src/core/jobs/runJob';
import { createImagesApi } from '../../src/core/providers/createImagesApi';
import type { SubmitOptions } from '../../src/core/providers/provider';
import type { TaskAnswer } from '../../src/core/providers/providerAccess';
import { TaskBatches } from '../../src/core/providers/taskBatches';
import { isOver } from '../../src/core/providers/taskDialect';
import { composeRequest } from '../../src/core/request/composeRequest';
import type { TaskMode } from '../../src/core/request/taskMode';
import { DIALECTS, type DialectName } from '../emulator/dialects';
import type { Emulator } from '../emulator/emulator';
import { memoryJob, planned } from '../core/jobs/memoryJob';
import { filesBelow } from '../runner/writtenFiles';

export const DIRECT: NetworkSettings = { useProxy: false, strictTls: true };

/** A dialect of the emulator under the name that its provider has; `custom` means the open one. */
export type ProviderName = (DialectName & ProviderId) | 'custom';

/** An image and what was in its file. */
export interface KeptImage extends GeneratedImage {
  readonly content: Buffer;
}

/** One folder for all tests. */
const STAGING_FOLDER = path.join(mkdtempSync(path.join(tmpdir(), 'pictor-')), 'staging');
export const STAGING = new StagingArea(STAGING_FOLDER);

/** What is left in it: between two tests, nothing. */
export function stagedFiles(): string[] {
  return filesBelow(STAGING_FOLDER);
}

export const BATCHES = new TaskBatches<TaskAnswer>({ delay, now: Date.now, isOver: ({ item }) => isOver(item) });

export interface Drawn extends JobResult {
  readonly kept: readonly KeptImage[];
}

export interface DrawOptions {
  readonly profile?: ProviderProfile;
  readonly taskMode?: TaskMode;
  readonly callbackUrl?: string;
  readonly onPreview?: SubmitOptions['onPreview'];
  /** Told of each image that is safe. */
  readonly onKept?: () => void;
  readonly model?: string;
  readonly fields?: FieldValues;
  readonly key?: string;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly maxImageBytes?: number;
  readonly onUnknownStatus?: (status: string) => void;
  readonly onTask?: (taskId: string) => void;
  /** Told of the job before it runs. */
  readonly onJob?: (job: Job) => void;
}

/** The core's own line, with pauses cut short. Throws the failure where there is no image at all. */
export async function drawFrom(emulator: Emulator, name: ProviderName, options: DrawOptions = {}): Promise<Drawn> {
  const {
    model,
    fields = {},
    profile,
    taskMode,
    callbackUrl,
    onPreview = () => Promise.resolve(),
    onKept = () => undefined,
    key = name === 'custom' ? undefined : DIALECTS[name].key,
    signal = new AbortController().signal,
    timeoutMs = 20_000,
    maxImageBytes = 8 << 20,
    onUnknownStatus = () => undefined,
    onTask = () => undefined,
    onJob = () => undefined,
  } = options;
  const provider = { ...providerOf(name), profile };
  const http = new HttpClient(DIRECT, {});
  const baseUrl = new URL(`${emulator.baseUrl(name === 'custom' ? 'open' : name)}/`);
  const request = composeRequest(provider, {
    prompt: 'A heron at dawn',
    model,
    fields,
    taskMode,
    callbackUrl,
    traceId: randomUUID(),
  });
  const record = planned(provider, request);
  const staging = STAGING.within(record.id);
  const api = createImagesApi(provider, () => ({
    http,
    baseUrl,
    apiKey: key,
    timeoutMs,
    maxImageBytes,
    staging,
    sharedStaging: STAGING.within('shared'),
    batches: BATCHES,
  }));
  const kept: KeptImage[] = [];
  const job = memoryJob(record);
  onJob(job);
  const result = await runJob(job, {
    provider,
    api,
    takeTurn: () => Promise.resolve(undefined),
    staging,
    download: (url, check) =>
      download(url, {
        exchange: (request, read) => http.exchange(request, read),
        staging,
        guard: guardFor(baseUrl),
        check,
        signal,
        timeoutMs,
        maxBytes: maxImageBytes,
        delay: (_ms, abort) => delay(1, abort),
      }),
    save: async (image) => {
      const { file, index, mediaType, size, used } = image;
      kept[index] = { ...image, content: await readFile(file.path) };
      onKept();
      return {
        uri: `file:///${index}`,
        alt: '',
        mediaType,
        size,
        bytes: file.bytes,
        used: { ...used },
        asked: {},
        differences: [],
      };
    },
    link: () => Promise.resolve(true),
    waiting: {
      timeoutMs,
      seenMs: [],
      onDuration: () => undefined,
      onUnknownStatus,
      onTask,
      delay: (_ms, abort) => delay(5, abort),
      now: Date.now,
    },
    onPreview,
    signal,
    onStep: () => undefined,
  });
  if (result.saved.length === 0) throw result.failures[0] as Error;
  return { ...result, kept: Object.values(kept) };
}

/** The error that work must end with. */
export async function failure(work: Promise<unknown>): Promise<PictorError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PictorError, String(error));
  return error;
}
