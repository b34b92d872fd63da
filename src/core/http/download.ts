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
export async function download(url: string, parts: DownloadOptions): Promise<StagedFile> {
  for (let attempt = 0; ; attempt++) {
    const pauseMs = PAUSES_MS[attempt];
    let file: StagedFile | undefined;
    try {
      file = await fetchOnce(parseImageUrl(url), parts);
      await parts.check(file);
      return file;
    } catch (error) {
      parts.signal.throwIfAborted();
      // Nobody should be led where we were not to go.
      const refused = isAddressRefused(error) ?? (parsedUrl(url) ? undefined : error);
      const final =
        pauseMs === undefined || refused !== undefined || (error instanceof PictorError && !error.details.retryable);
      // The last try counts: what it brought is looked at as it is.
      if (final && file) return file;
      if (error instanceof PictorError && error.kind === 'tooLarge') throw error.with({ url });
      if (final) {
        throw new PictorError(
          'downloadFailed',
          [
            t('The picture was made, but it could not be downloaded: {reason}.', {
              reason: errorText(refused ?? error),
            }),
            ...(refused ? [] : [t('Open it in the browser soon: its address is temporary.')]),
          ].join(' '),
          { url: refused ? undefined : url, cause: error },
        );
      }
      if (file) await parts.staging.discard(file);
      await parts.delay(pauseMs, parts.signal);
    }
  }
}

async function fetchOnce(start: URL, parts: DownloadOptions): Promise<StagedFile> {
  let url = start;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const request = { method: 'GET', url, headers: { accept: 'image/*' }, guard: parts.guard } as const;
    const got = await withDeadline(parts.signal, parts.timeoutMs, (signal) =>
      parts.exchange({ ...request, signal }, async ({ status, header, body }) => {
        const location = header('location');
        if (status >= 300 && status < 400 && location) return { location };
        if (status === 200) return { file: await write(body, parts) };
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
