import { abortion } from '../delay';
import { PictorError } from '../errors';
import type { DeliveredImages, TaskState } from '../providers/provider';
import { nextPollAt } from './pollCadence';

/** The parts that waiting for a task needs from outside. */
export interface WaitParts {
  /** The service's name in sentences. */
  readonly label: string;
  /** Asks once. Throws a `retryable` PictorError where only the question failed. */
  readonly poll: () => Promise<TaskState>;
  /** How long earlier tasks took, in milliseconds. */
  readonly seenMs: readonly number[];
  /** Longest wait for the task, apart from the wait for its submit. */
  readonly timeoutMs: number;
  /** Asked at the deadline: whether to wait as long again. */
  readonly goOn: () => Promise<boolean>;
  readonly onRunning: (percent: number | undefined) => void;
  /** Told once of each state that nobody knows. */
  readonly onUnknownStatus: (status: string) => void;
  readonly signal: AbortSignal;
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
}

/**
 * Asks about a task until it is done. A question that fails is not a task that fails: it is asked again, until the deadline.
 * @throws PictorError when the task has failed, is gone, or is not done in time; the reason of `signal` when the user cancels
 */
export async function waitForTask(parts: WaitParts): Promise<DeliveredImages> {
  const { label, signal, now, timeoutMs } = parts;
  const startMs = now();
  const unknown = new Set<string>();
  let deadlineMs = timeoutMs;
  let notBeforeMs = 0;
  for (let asked = 0; ; asked++) {
    const dueMs = Math.max(nextPollAt(now() - startMs, asked, parts.seenMs), notBeforeMs);
    await parts.delay(Math.max(0, Math.min(dueMs, deadlineMs) - (now() - startMs)), signal);
    const state = await askOnce(parts);
    signal.throwIfAborted();
    if (state instanceof PictorError) {
      notBeforeMs = now() - startMs + (state.details.retryAfterMs ?? 0);
    } else if (state.state === 'images') {
      return state;
    } else if (state.state === 'failed') {
      throw new PictorError('rejected', `${label} could not draw the picture: ${state.reason}.`);
    } else {
      parts.onRunning(state.percent);
      if (state.unknownStatus && !unknown.has(state.unknownStatus)) {
        unknown.add(state.unknownStatus);
        parts.onUnknownStatus(state.unknownStatus);
      }
    }
    if (now() - startMs < deadlineMs) continue;
    if (!(await Promise.race([parts.goOn(), abortion(signal)]))) {
      throw new PictorError(
        'timeout',
        `${label} has not finished within ${Math.round((now() - startMs) / 1000)} s. The task goes on there and may be billed. Raise pictor.timeoutSeconds to wait longer.`,
        { setting: 'pictor.timeoutSeconds', retryable: true },
      );
    }
    deadlineMs = now() - startMs + timeoutMs;
  }
}

async function askOnce({ poll, signal }: WaitParts): Promise<TaskState | PictorError> {
  try {
    return await poll();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PictorError && error.details.retryable) return error;
    throw error;
  }
}
