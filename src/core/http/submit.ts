import { t } from '@vscode/l10n';
import { PictorError } from '../errors';
import { classifyFailure, failureCode } from './failure';
import type { HttpHead } from './httpClient';
import { isTimeout, withDeadline } from './deadline';
import { networkError, redirectError, type Asked } from './networkErrors';
import { retryAfterMs } from './retryAfter';

/** Pauses before the second and third try to connect. */
const RECONNECT_PAUSES_MS = [1000, 3000];

/** How often a service may ask to wait before it is taken at its word. */
const MAX_RATE_LIMIT_WAITS = 5;

/** An answer that was read. */
export interface SubmitAnswer extends HttpHead {
  /** Parsed JSON, or a text that is none. */
  readonly body: unknown;
}

/** What the caller of a submit brings. */
export interface SubmitDependencies<Answer extends SubmitAnswer> {
  readonly asked: Asked;
  /** Sends the request, once. */
  readonly send: (signal: AbortSignal) => Promise<Answer>;
  /** Whether a 429 is final, although it may name a wait. */
  readonly isFinal: (body: unknown) => boolean;
  readonly onWait: (reason: string, waitMs: number) => void;
  /** The user's cancel. */
  readonly signal: AbortSignal;
  /** Longest wait for one answer, and longest pause that a service may ask for. */
  readonly timeoutMs: number;
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
}

/**
 * Sends what is billed. It is sent again only when no connection was made, or after a 429 that named a wait: in every
 * other case the service may have started to draw.
 * @returns the answer, whatever its status but a redirect
 * @throws PictorError; the reason of `signal` when the user cancels
 */
export async function submit<Answer extends SubmitAnswer>(options: SubmitDependencies<Answer>): Promise<Answer> {
  let reconnects = 0;
  for (let waits = 0; ;) {
    let answer: Answer;
    try {
      answer = await withDeadline(options.signal, options.timeoutMs, (signal) => options.send(signal));
    } catch (error) {
      options.signal.throwIfAborted();
      const pauseMs = RECONNECT_PAUSES_MS[reconnects];
      if (
        isTimeout(error) ||
        error instanceof PictorError ||
        classifyFailure(error) !== 'neverConnected' ||
        pauseMs === undefined
      ) {
        throw networkError(options.asked, error, options.timeoutMs);
      }
      reconnects++;
      options.onWait(
        t('No connection to {label} ({code})', { label: options.asked.label, code: failureCode(error) }),
        pauseMs,
      );
      await options.delay(pauseMs, options.signal);
      continue;
    }
    if (answer.status >= 300 && answer.status < 400) throw redirectError(options.asked, answer);
    const { body } = answer;
    const waitMs =
      answer.status === 429 && !options.isFinal(body) ? retryAfterMs(answer, body, options.now()) : undefined;
    if (waitMs === undefined || waitMs > options.timeoutMs || waits >= MAX_RATE_LIMIT_WAITS) return answer;
    waits++;
    options.onWait(t('{label} asks to wait', { label: options.asked.label }), waitMs);
    await options.delay(waitMs, options.signal);
  }
}
