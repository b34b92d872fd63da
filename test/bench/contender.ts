import { copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import OpenAI from 'openai';
import pLimit from 'p-limit';
import { providerOf } from '../../src/core/catalog/providers';
import { delay } from '../../src/core/delay';
import { FileSaver, type FileSystem } from '../../src/core/files/saveFile';
import { StagingArea } from '../../src/core/files/staging';
import { download } from '../../src/core/http/download';
import { HttpClient } from '../../src/core/http/httpClient';
import { runJob } from '../../src/core/jobs/runJob';
import { createImagesApi } from '../../src/core/providers/createImagesApi';
import type { TaskAnswer } from '../../src/core/providers/providerAccess';
import { TaskBatches } from '../../src/core/providers/taskBatches';
import { composeRequest } from '../../src/core/request/composeRequest';
import { memoryJob, planned } from '../core/jobs/memoryJob';
import { measure } from './measure';

/** `node contender.js NAME BASE_URL DIRECTORY COUNT`: fetches the images into DIRECTORY and prints what that cost. */
const [name = '', base = '', out = '', countText = ''] = process.argv.slice(2);

const MAX_IMAGE_BYTES = 64 << 20;
const TIMEOUT_MS = 600_000;

const fileSystem: FileSystem = {
  createDirectory: async (folder) => {
    await mkdir(folder, { recursive: true });
  },
  copyStaged: (file, target) => copyFile(file.path, target),
  size: (file) =>
    stat(file).then(
      ({ size }) => size,
      () => undefined,
    ),
  rename,
  delete: (file) => rm(file),
  holdsSame: () => Promise.resolve(false),
};

/** Pictor's own line, from the request to files under their names. */
async function pictor(baseUrl: string, directory: string, count: number): Promise<void> {
  const provider = providerOf('custom');
  const http = new HttpClient({ useProxy: false, strictTls: true }, {});
  const staging = new StagingArea(path.join(directory, 'staging'));
  const { signal } = new AbortController();
  const batches = new TaskBatches<TaskAnswer>({ delay, now: Date.now, isOver: () => true });
  const access = {
    http,
    baseUrl: new URL(`${baseUrl}/`),
    timeoutMs: TIMEOUT_MS,
    maxImageBytes: MAX_IMAGE_BYTES,
    staging,
    sharedStaging: staging,
    batches,
  };
  const saver = new FileSaver(fileSystem);
  const request = composeRequest(provider, { prompt: 'x', model: 'any', fields: { n: count } });
  const { saved, failures } = await runJob(memoryJob(planned(provider, request)), {
    provider,
    api: createImagesApi(provider, () => access),
    takeTurn: () => Promise.resolve(undefined),
    staging,
    download: (url, check) =>
      download(url, {
        exchange: (request, read) => http.exchange(request, read),
        staging,
        guard: () => Promise.resolve(true),
        check,
        signal,
        timeoutMs: TIMEOUT_MS,
        maxBytes: MAX_IMAGE_BYTES,
        delay,
      }),
    save: async ({ file, index, extension, mediaType }) => {
      const uri = await saver.save(file, { directory, baseName: `picture-${index}` }, extension);
      return { uri, alt: '', mediaType, bytes: file.bytes, used: {}, asked: {}, differences: [] };
    },
    link: () => Promise.resolve(true),
    waiting: {
      timeoutMs: TIMEOUT_MS,
      seenMs: [],
      delay,
      now: Date.now,
      onUnknownStatus: () => undefined,
      onTask: () => undefined,
      onDuration: () => undefined,
    },
    onPreview: () => Promise.resolve(),
    signal,
    onStep: () => undefined,
  });
  if (saved.length !== count) throw new Error(`${saved.length} of ${count} pictures: ${String(failures[0])}`);
}

/** The official client, as its own documentation uses it. */
async function client(baseUrl: string, directory: string, count: number): Promise<void> {
  const openai = new OpenAI({ baseURL: baseUrl, apiKey: 'none', timeout: TIMEOUT_MS, maxRetries: 0 });
  const { data = [] } = await openai.images.generate({ model: 'any', prompt: 'x', n: count });
  const limit = pLimit(4);
  await Promise.all(
    data.map(({ b64_json, url }, index) =>
      limit(async () => {
        const bytes = b64_json
          ? Buffer.from(b64_json, 'base64')
          : Buffer.from(await (await fetch(url ?? '')).arrayBuffer());
        await writeFile(path.join(directory, `picture-${index}.png`), bytes);
      }),
    ),
  );
}

async function main(): Promise<void> {
  const fetchImages = name === 'pictor' ? pictor : client;
  // As in an editor that has drawn before: what is loaded once does not count.
  const warmUp = path.join(out, 'warm-up');
  await mkdir(warmUp, { recursive: true });
  await fetchImages(`${new URL(base).origin}/warm-up`, warmUp, 1);
  console.log(JSON.stringify(await measure(() => fetchImages(base, out, Number(countText)))));
}

void main();
