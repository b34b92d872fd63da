import { PictorError, errorText } from '../errors';
import type { HttpAnswer, HttpRequest } from './httpClient';

/** Pauses before the further tries: a download is free, and its address lives for minutes. */
const PAUSES_MS = [500, 2000, 5000];
const MAX_REDIRECTS = 5;

export interface DownloadParts {
  readonly send: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly signal: AbortSignal;
  /** Longest wait for one try. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Fetches a finished picture. It carries no key, follows redirects, and is tried again when it fails.
 * @throws PictorError `downloadFailed` with the address, or `tooLarge`; the reason of `signal` when the user cancels
 */
export async function download(url: string, parts: DownloadParts): Promise<Uint8Array> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await fetchOnce(parseImageUrl(url), parts);
    } catch (error) {
      parts.signal.throwIfAborted();
      const pauseMs = PAUSES_MS[attempt];
      const final = error instanceof PictorError && !error.retryable;
      if (error instanceof PictorError && error.kind === 'tooLarge') throw error.withUrl(url);
      if (final || pauseMs === undefined) {
        throw new PictorError(
          'downloadFailed',
          `The picture was made, but it could not be downloaded: ${errorText(error)}. Open it in the browser soon: its address is temporary.`,
          { url, cause: error },
        );
      }
      await parts.delay(pauseMs, parts.signal);
    }
  }
}

async function fetchOnce(start: URL, parts: DownloadParts): Promise<Uint8Array> {
  let url = start;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const answer = await parts.send({
      method: 'GET',
      url,
      headers: { accept: 'image/*' },
      signal: AbortSignal.any([parts.signal, AbortSignal.timeout(parts.timeoutMs)]),
      maxBytes: parts.maxBytes,
    });
    const location = answer.header('location');
    if (answer.status >= 300 && answer.status < 400 && location) {
      url = parseImageUrl(new URL(location, url).href);
      continue;
    }
    if (answer.status === 200) return answer.body;
    throw new PictorError('downloadFailed', `its server answers with status ${answer.status}`, {
      status: answer.status,
      // A fresh picture may not have reached every server of its host yet, so each status is worth another try.
      retryable: true,
    });
  }
  throw new PictorError('downloadFailed', `its server redirects more than ${MAX_REDIRECTS} times`);
}

function parseImageUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && (url.protocol === 'https:' || url.protocol === 'http:')) return url;
  throw new PictorError('downloadFailed', 'its address is not one of the web');
}
