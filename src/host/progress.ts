import * as vscode from 'vscode';

/** Work under a cancellable notification. */
export interface ProgressTask {
  /** Aborts with a `vscode.CancellationError` when the user presses Cancel. */
  readonly signal: AbortSignal;
  /** Says what is being done now. */
  readonly onStep: (step: string) => void;
}

const TICK_MS = 1000;

/**
 * Runs work under a notification that shows the step and the elapsed time, and can be cancelled.
 * @param isInstant shows it in the status bar instead: a notification for what is done at once would only be in the way
 */
export function withProgress<T>(title: string, isInstant: boolean, work: (task: ProgressTask) => Promise<T>): Thenable<T> {
  const location = isInstant ? vscode.ProgressLocation.Window : vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title, cancellable: !isInstant },
    async (progress, token) => {
      const controller = new AbortController();
      const cancellation = token.onCancellationRequested(() => controller.abort(new vscode.CancellationError()));
      const startMs = Date.now();
      let step = 'Starting';
      const report = (): void => progress.report({ message: `${step} · ${elapsed(Date.now() - startMs)}` });
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

function elapsed(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
