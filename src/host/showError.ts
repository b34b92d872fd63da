import * as vscode from 'vscode';
import { errorText, PictorError } from '../core/errors';
import { redact } from '../core/redact';
import { remediesFor, type Remedy } from '../core/remedies';
import { activeScope } from './activeScope';
import type { CommandId } from './commandIds';
import { showAnswer } from './showAnswer';
import { writeSettings } from './writeSetting';

const LABELS: Readonly<Record<Exclude<Remedy, 'useModel'>, string>> = {
  setApiKey: 'Set API Key',
  openSetting: 'Open Setting',
  chooseModel: 'Choose Model',
  retry: 'Retry',
  openInBrowser: 'Open in Browser',
  copyAddress: 'Copy Address',
  showAnswer: 'Show Answer',
  showLog: 'Show Log',
};

/** A notification has room for so many models, beside its other buttons. */
const MAX_SUGGESTIONS = 2;

/** As much as the buttons of a notification hold before VS Code cuts their labels: 400 px, with about 7 for a letter and 18 around a label. */
const ROOM_PX = 400;
const LETTER_PX = 7;
const AROUND_PX = 18;

interface Button extends vscode.MessageItem {
  readonly remedy: Remedy;
  /** For `useModel`. */
  readonly model?: string;
}

/**
 * Shows an error with the buttons that help, and does what the user picks. Resolves when the notification is gone: do not hold anything up for it.
 * @param canRetry offers to make the same request again
 * @returns whether the user wants that
 */
export async function showError(error: unknown, secrets: Iterable<string>, canRetry = false): Promise<boolean> {
  const known = error instanceof PictorError ? error : new PictorError('badAnswer', `Pictor failed: ${errorText(error)}`);
  const picked = await vscode.window.showErrorMessage(redact(known.message, secrets), ...buttonsFor(known, canRetry));
  if (!picked) return false;
  if (picked.remedy === 'retry') return true;
  await ACTIONS[picked.remedy](known, picked, secrets);
  return picked.remedy === 'useModel' && canRetry;
}

function buttonsFor(error: PictorError, canRetry: boolean): Button[] {
  const buttons = remediesFor(error, canRetry).flatMap((remedy): Button[] =>
    remedy === 'useModel'
      ? (error.details.suggestions ?? []).slice(0, MAX_SUGGESTIONS).map((model) => ({ title: `Use ${model}`, remedy, model }))
      : [{ title: LABELS[remedy], remedy }],
  );
  let left = ROOM_PX;
  return buttons.filter(({ title }) => (left -= title.length * LETTER_PX + AROUND_PX) >= 0);
}

type Action = (error: PictorError, button: Button, secrets: Iterable<string>) => Thenable<unknown>;

const run = (command: CommandId): Thenable<unknown> => vscode.commands.executeCommand(command);

const ACTIONS: Readonly<Record<Exclude<Remedy, 'retry'>, Action>> = {
  setApiKey: () => run('pictor.setApiKey'),
  chooseModel: () => run('pictor.selectModel'),
  useModel: (_error, { model }) => writeSettings({ model }, activeScope()),
  openSetting: ({ details }) => vscode.commands.executeCommand('workbench.action.openSettings', `@id:${details.setting}`),
  openInBrowser: ({ details }) => openExactly(details.url ?? ''),
  copyAddress: ({ details }) => vscode.env.clipboard.writeText(details.url ?? ''),
  showAnswer: ({ details }, _button, secrets) => showAnswer(details.answer ?? '', secrets),
  showLog: () => run('pictor.showLog'),
};

/**
 * Opens an address letter by letter. A `Uri` would be written anew, and a signature in its query, which is what admits us to the
 * picture, would not survive that; VS Code takes a text as well, although its types do not say so.
 */
function openExactly(url: string): Thenable<boolean> {
  return vscode.env.openExternal(url as unknown as vscode.Uri);
}
