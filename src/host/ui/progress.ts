import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Step } from '../../core/jobs/step';
import { plainMessage } from './plainText';

/** Work under a cancellable notification. */
export interface ProgressTask {
  /** Aborts with a `vscode.CancellationError` when the user presses Cancel. */
  readonly signal: AbortSignal;
  /** Says what is being done now. */
  readonly onStep: (step: Step) => void;
}

const TICK_MS = 1000;

/** A rest of a second is a second to wait. */
const ROUND_UP_MS = 999;

/**
 * Runs work under a notification that shows the step and the elapsed time, and can be cancelled.
 * @param isInstant shows it in the status bar instead: a notification for what is done at once would only be in the way
 */
export function withProgress<T>(
  title: string,
  isInstant: boolean,
  work: (task: ProgressTask) => Promise<T>,
): Thenable<T> {
  const location = isInstant ? vscode.ProgressLocation.Window : vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title: plainMessage(title), cancellable: !isInstant },
    async (progress, token) => {
      const controller = new AbortController();
      const cancellation = token.onCancellationRequested(() => controller.abort(new vscode.CancellationError()));
      const startMs = Date.now();
      let step: Step = { text: t('Starting') };
      const report = (): void =>
        progress.report({
          message: plainMessage(
            step.untilMs === undefined ? `${step.text} · ${elapsedText(Date.now() - startMs)}` : stepText(step),
          ),
        });
      const timer = setInterval(report, TICK_MS);
      try {
        return await work({
          signal: controller.signal,
          onStep: (next) => {
            step = next;
            report();
          },
        });
      } finally {
        clearInterval(timer);
        cancellation.dispose();
      }
    },
  );
}

/** A pause is counted down. */
export function stepText({ text, untilMs }: Step): string {
  return untilMs === undefined
    ? text
    : t('{step} in {time}', { step: text, time: elapsedText(Math.max(0, untilMs - Date.now()) + ROUND_UP_MS) });
}

/** In seconds, or minutes and seconds. */
export function elapsedText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return seconds < 60
    ? t('{seconds} s', { seconds })
    : t('{minutes} min {seconds} s', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
}
