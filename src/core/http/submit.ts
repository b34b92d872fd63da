import { PictorError } from '../errors';
import { classifyFailure, failureCode } from './failure';
import type { HttpAnswer } from './httpClient';
import { retryAfterMs } from './retryAfter';

/** Pauses before the second and third try to connect. */
const RECONNECT_PAUSES_MS = [1000, 3000];

/** How often a service may ask to wait before it is taken at its word. */
const MAX_RATE_LIMIT_WAITS = 5;

/** The parts of a submit that the caller brings. */
export interface SubmitParts {
  /** The service's name in sentences. */
  readonly label: string;
  /** Sends the request, once. */
  readonly send: (signal: AbortSignal) => Promise<HttpAnswer>;
  /** Whether a 429 is final, although it may name a wait. */
  readonly isFinal: (body: unknown) => boolean;
  readonly parseBody: (answer: HttpAnswer) => unknown;
  readonly onWait: (reason: string, waitMs: number) => void;
  /** The user's cancel. */
  readonly signal: AbortSignal;
  /** Longest wait for one answer, and longest pause that a service may ask for. */
  readonly timeoutMs: number;
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
}

/**
 * Sends what is billed. It is sent again only when no connection was made, or after a 429 that named a wait: in every other
 * case the service may have started to draw.
 * @returns the answer, whatever its status but a redirect, and its parsed body
 * @throws PictorError; the reason of `signal` when the user cancels
 */
export async function submit(parts: SubmitParts): Promise<{ answer: HttpAnswer; body: unknown }> {
  let reconnects = 0;
  for (let waits = 0; ; ) {
    const deadline = AbortSignal.timeout(parts.timeoutMs);
    let answer: HttpAnswer;
    try {
      answer = await parts.send(AbortSignal.any([parts.signal, deadline]));
    } catch (error) {
      parts.signal.throwIfAborted();
      const pauseMs = RECONNECT_PAUSES_MS[reconnects];
      if (deadline.aborted || classifyFailure(error) !== 'neverConnected' || pauseMs === undefined) {
        throw submitError(parts, error, deadline.aborted);
      }
      reconnects++;
      parts.onWait(`No connection to ${parts.label} (${failureCode(error)})`, pauseMs);
      await parts.delay(pauseMs, parts.signal);
      continue;
    }
    if (answer.status >= 300 && answer.status < 400) throw redirectError(parts.label, answer);
    const body = parts.parseBody(answer);
    const waitMs = answer.status === 429 && !parts.isFinal(body) ? retryAfterMs(answer, body, parts.now()) : undefined;
    if (waitMs === undefined || waitMs > parts.timeoutMs || waits >= MAX_RATE_LIMIT_WAITS) return { answer, body };
    waits++;
    parts.onWait(`${parts.label} asks to wait`, waitMs);
    await parts.delay(waitMs, parts.signal);
  }
}

function submitError({ label, timeoutMs }: SubmitParts, error: unknown, timedOut: boolean): PictorError {
  if (error instanceof PictorError) return error;
  const cause = error;
  if (timedOut) {
    return new PictorError(
      'timeout',
      `${label} did not answer within ${timeoutMs / 1000} s. The picture may have been made and billed: look at your usage there before you try again, or raise pictor.timeoutSeconds.`,
      { cause, retryable: true, setting: 'pictor.timeoutSeconds' },
    );
  }
  switch (classifyFailure(error)) {
    case 'neverConnected':
      return new PictorError(
        'unreachable',
        `${label} cannot be reached (${failureCode(error)}). Nothing was sent. Check your connection, the proxy and pictor.baseUrl.`,
        { cause, retryable: true },
      );
    case 'untrusted':
      return new PictorError(
        'unreachable',
        `The certificate of ${label} is not trusted (${failureCode(error)}). Nothing was sent. Ask your network's administrator, or check pictor.baseUrl.`,
        { cause },
      );
    case 'proxyRefused':
      return new PictorError(
        'unreachable',
        `The proxy does not let the request to ${label} through (${failureCode(error)}). Nothing was sent. Check http.proxy.`,
        { cause, setting: 'http.proxy' },
      );
    case 'broken':
      return new PictorError(
        'interrupted',
        `The connection to ${label} broke (${failureCode(error)}). The picture may have been made and billed: look at your usage there before you try again.`,
        { cause, retryable: true },
      );
  }
}

function redirectError(label: string, answer: HttpAnswer): PictorError {
  const location = answer.header('location') ?? '';
  const target = URL.canParse(location) ? new URL(location).origin : 'another address';
  return new PictorError(
    'redirected',
    `${label} sends the request on to ${target}. It was not followed, since your key would go there too. Correct pictor.baseUrl.`,
    { status: answer.status, setting: 'pictor.baseUrl' },
  );
}
