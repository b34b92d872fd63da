import assert from 'node:assert/strict';
import type { FieldValues } from '../../src/core/catalog/fields';
import { providerOf, type ProviderId } from '../../src/core/catalog/providers';
import { delay } from '../../src/core/delay';
import { PictorError } from '../../src/core/errors';
import { download } from '../../src/core/http/download';
import { HttpClient, type NetworkSettings } from '../../src/core/http/httpClient';
import { runJob, type GeneratedImage, type JobResult } from '../../src/core/jobs/runJob';
import { createProvider } from '../../src/core/providers/createProvider';
import { composeRequest } from '../../src/core/request/composeRequest';
import { DIALECTS, type DialectName } from '../emulator/dialects';
import type { Emulator } from '../emulator/emulator';

export const DIRECT: NetworkSettings = { useProxy: false, strictTls: true };

export interface DrawOptions {
  readonly model?: string;
  readonly fields?: FieldValues;
  readonly key?: string;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly maxImageBytes?: number;
  readonly onUnknownStatus?: (status: string) => void;
  readonly onTask?: (taskId: string) => void;
}

/** The core's own line, with pauses cut short. Throws the failure where there is no picture at all. */
export async function drawFrom(emulator: Emulator, name: DialectName & ProviderId, options: DrawOptions = {}): Promise<JobResult<GeneratedImage>> {
  const { model, fields = {}, key = DIALECTS[name].key, signal = new AbortController().signal, timeoutMs = 20_000, maxImageBytes = 8 << 20, onUnknownStatus = () => undefined, onTask = () => undefined } = options;
  const definition = providerOf(name);
  const http = new HttpClient(DIRECT, {});
  const result = await runJob(composeRequest(definition, { prompt: 'A heron at dawn', model, fields }), {
      definition,
      provider: createProvider(definition, () => ({ http, baseUrl: new URL(`${emulator.baseUrl(name)}/`), apiKey: key, timeoutMs, maxImageBytes })),
      download: (url) => download(url, { send: (request) => http.send(request), signal, timeoutMs, maxBytes: maxImageBytes, delay: (_ms, abort) => delay(1, abort) }),
      keep: (image) => Promise.resolve(image),
      waiting: {
        timeoutMs,
        seenMs: [],
        goOn: () => Promise.resolve(false),
        onDuration: () => undefined,
        onUnknownStatus,
      onTask,
        delay: (_ms, abort) => delay(5, abort),
        now: Date.now,
      },
      signal,
      onStep: () => undefined,
    });
  if (result.kept.length === 0) throw result.failures[0] as Error;
  return result;
}

/** The error that work must end with. */
export async function failure(work: Promise<unknown>): Promise<PictorError> {
  const error: unknown = await work.then(() => undefined, (reason: unknown) => reason);
  assert.ok(error instanceof PictorError, String(error));
  return error;
}
