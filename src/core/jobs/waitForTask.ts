import { t } from '@vscode/l10n';
import { PictorError } from '../errors';
import { isTimeout, withDeadline } from '../http/deadline';
import type { DeliveredImages } from '../answers/answer';
import type { OpenTaskState } from '../providers/provider';
import { nextPollAt } from './pollCadence';

/** A question at the very end has this long for its answer. */
const MIN_POLL_MS = 5000;

/** Bad news that may be too early counts when it is heard so often in a row. */
const MAX_DOUBTS = 4;

/** What waiting for a task needs from outside. */
export interface WaitOptions {
  /** The service's name in sentences. */
  readonly label: string;
  /** Asks once. Throws where the task has failed. */
  readonly poll: (signal: AbortSignal) => Promise<OpenTaskState>;
  /** How long earlier tasks took, in milliseconds. */
  readonly seenMs: readonly number[];
  /** Longest wait for the task, apart from the wait for its submit. */
  readonly timeoutMs: number;
  readonly onRunning: (percent: number | undefined) => void;
  /** Told once of each state that nobody knows. */
  readonly onUnknownStatus: (status: string) => void;
  readonly signal: AbortSignal;
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
}

/**
 * Asks about a task until it is done. A question that fails is not a task that fails: it is asked again, until the
 * deadline.
 * @throws PictorError when the task has failed, is gone, or is not done in time; the reason of `signal` when the user
 * cancels
 */
export async function waitForTask(dependencies: WaitOptions): Promise<DeliveredImages> {
  const { label, signal, now, timeoutMs } = dependencies;
  const startMs = now();
  const unknown = new Set<string>();
  let notBeforeMs = 0;
  let doubts = 0;
  for (let asked = 0; ; asked++) {
    const dueMs = Math.max(nextPollAt(now() - startMs, asked, dependencies.seenMs), notBeforeMs);
    await dependencies.delay(Math.max(0, Math.min(dueMs, timeoutMs) - (now() - startMs)), signal);
    // A question that is not due yet is not asked at the deadline either.
    if (dueMs > timeoutMs) break;
    const state = await askOnce(dependencies, Math.max(MIN_POLL_MS, timeoutMs - (now() - startMs)));
    signal.throwIfAborted();
    if (state.state === 'images') return state;
    doubts = state.state === 'doubtful' ? doubts + 1 : 0;
    if (state.state === 'doubtful') {
      if (doubts >= MAX_DOUBTS) throw state.error;
      continue;
    }
    notBeforeMs = now() - startMs + (state.retryAfterMs ?? 0);
    if (state.state === 'unanswered') continue;
    dependencies.onRunning(state.percent);
    if (state.unknownStatus && !unknown.has(state.unknownStatus)) {
      unknown.add(state.unknownStatus);
      dependencies.onUnknownStatus(state.unknownStatus);
    }
  }
  throw new PictorError(
    'timeout',
    t(
      '{label} has not finished within {seconds} s. The task goes on there and may be billed; asking about it again is free. pictor.timeoutSeconds says how long to wait.',
      { label, seconds: Math.round((now() - startMs) / 1000) },
    ),
    { setting: 'pictor.timeoutSeconds' },
  );
}

/** A question that hangs ends with the deadline of the task. */
async function askOnce({ poll, signal }: WaitOptions, limitMs: number): Promise<OpenTaskState> {
  try {
    return await withDeadline(signal, limitMs, poll);
  } catch (error) {
    signal.throwIfAborted();
    if (isTimeout(error)) return { state: 'unanswered' };
    throw error;
  }
}
