import { t } from '@vscode/l10n';
import { PictorError, errorText } from '../errors';
import type { StagedFile, StagingArea } from '../files/staging';
import { isAddressRefused, type AddressGuard } from './addressGuard';
import { withDeadline } from './deadline';
import type { HttpClient } from './httpClient';
import { tooLarge } from './readText';

/** Pauses before the further tries: a download is free, and its address lives for minutes. */
const PAUSES_MS = [500, 2000, 5000];
const MAX_REDIRECTS = 5;

export interface DownloadOptions {
  readonly exchange: HttpClient['exchange'];
  readonly staging: StagingArea;
  /** What the address, and those that it redirects to, may lead to. */
  readonly guard: AddressGuard;
  /**
   * Throws a `retryable` PictorError where another try may bring a better file; after the last try, the file is taken
   * as it is.
   */
  readonly check: (file: StagedFile) => Promise<void>;
  readonly signal: AbortSignal;
  /** Longest wait for one try. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Fetches a finished image. It carries no key, follows redirects, and is tried again when it fails.
 * @throws PictorError `downloadFailed` with the address, or `tooLarge`; the reason of `signal` when the user cancels
 */
export async function download(url: string, options: DownloadOptions): Promise<StagedFile> {
  for (let attempt = 0; ; attempt++) {
    const pauseMs = PAUSES_MS[attempt];
    let file: StagedFile | undefined;
    try {
      file = await fetchOnce(parseImageUrl(url), options);
      await options.check(file);
      return file;
    } catch (error) {
      options.signal.throwIfAborted();
      const isLast = pauseMs === undefined || isFinal(url, error);
      // The last try counts: what it brought is looked at as it is.
      if (isLast && file) return file;
      if (error instanceof PictorError && error.kind === 'tooLarge') throw error.with({ url });
      if (isLast) throw downloadError(url, error);
      if (file) await options.staging.discard(file);
      await options.delay(pauseMs, options.signal);
    }
  }
}

/** Whether another try would bring the same. */
function isFinal(url: string, error: unknown): boolean {
  return refusalOf(url, error) !== undefined || (error instanceof PictorError && !error.details.retryable);
}

/** Why an address is not to be fetched at all; nobody should be led there either. */
function refusalOf(url: string, error: unknown): unknown {
  return isAddressRefused(error) ?? (parsedUrl(url) ? undefined : error);
}

function downloadError(url: string, error: unknown): PictorError {
  const refusal = refusalOf(url, error);
  const reason = errorText(refusal ?? error);
  const said = t('The picture was made, but it could not be downloaded: {reason}.', { reason });
  const advice = t('Open it in the browser soon: its address is temporary.');
  return new PictorError('downloadFailed', refusal ? said : `${said} ${advice}`, {
    url: refusal ? undefined : url,
    cause: error,
  });
}

async function fetchOnce(start: URL, options: DownloadOptions): Promise<StagedFile> {
  let url = start;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const request = { method: 'GET', url, headers: { accept: 'image/*' }, guard: options.guard } as const;
    const got = await withDeadline(options.signal, options.timeoutMs, (signal) =>
      options.exchange({ ...request, signal }, async ({ status, header, body }) => {
        const location = header('location');
        if (status >= 300 && status < 400 && location) return { location };
        if (status === 200) return { file: await write(body, options) };
        // A fresh image may not have reached every server of its host yet, so each status is worth another try.
        throw new PictorError('downloadFailed', t('its server answers with status {status}', { status }), {
          status,
          retryable: true,
        });
      }),
    );
    if (got.file) return got.file;
    url = parseImageUrl(new URL(got.location, url).href);
  }
  throw new PictorError('downloadFailed', t('its server redirects more than {count} times', { count: MAX_REDIRECTS }));
}

async function write(body: AsyncIterable<Buffer>, { staging, maxBytes }: DownloadOptions): Promise<StagedFile> {
  const file = await staging.create();
  try {
    for await (const chunk of body) {
      if (file.bytes + chunk.length > maxBytes) throw tooLarge(maxBytes);
      await file.write(chunk);
    }
  } catch (error) {
    await file.discard();
    throw error;
  }
  return file.finish();
}

function parsedUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : undefined;
}

function parseImageUrl(text: string): URL {
  const url = parsedUrl(text);
  if (url) return url;
  throw new PictorError('downloadFailed', t('its address is not one of the web'));
}
