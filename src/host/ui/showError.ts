import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { errorText, PictorError } from '../../core/errors';
import { redact } from '../../core/redact';
import { remediesFor, type Remedy, type Ways } from '../../core/remedies';
import { activeScope } from '../settings/activeScope';
import type { CommandId } from './commandIds';
import { notify } from './notify';
import { showAnswer } from './showAnswer';
import { writeSettings } from '../settings/writeSetting';

/** Words of buttons. */
const REMEDY_LABELS: Readonly<Record<Exclude<Remedy, 'useModel'>, string>> = {
  saveAs: t('Save As…'),
  checkAgain: t('Check Again'),
  dismiss: t('Dismiss'),
  setApiKey: t('Set API Key'),
  openSetting: t('Open Setting'),
  chooseModel: t('Choose Model'),
  retry: t('Retry'),
  openInBrowser: t('Open in Browser'),
  copyAddress: t('Copy Address'),
  showAnswer: t('Show Answer'),
  showLog: t('Show Log'),
};

/** A notification has room for so many models, beside its other buttons. */
const MAX_SUGGESTIONS = 2;

/**
 * As much as the buttons of a notification hold before VS Code cuts their labels: 400 px, with about 7 for a letter and
 * 18 around a label.
 */
const ROOM_PX = 400;
const LETTER_PX = 7;
const AROUND_PX = 18;

/** A button of an error. */
export interface Button extends vscode.MessageItem {
  readonly remedy: Remedy;
  /** For `useModel`. */
  readonly model?: string;
}

/** What is left to the caller, who knows the job. */
export type Again = 'retry' | 'checkAgain' | 'saveAs' | 'dismiss';

const AGAIN: ReadonlySet<Remedy> = new Set<Again>(['retry', 'checkAgain', 'saveAs', 'dismiss']);

export function isAgain(remedy: Remedy): remedy is Again {
  return AGAIN.has(remedy);
}

/**
 * Shows an error with the buttons that help, and does what the user picks. Resolves when the notification is gone, and
 * never rejects: do not hold anything up for it.
 */
export async function showError(
  error: unknown,
  secrets: Iterable<string>,
  ways: Ways = {},
): Promise<Again | undefined> {
  const known =
    error instanceof PictorError
      ? error
      : new PictorError('badAnswer', t('Pictor failed: {reason}', { reason: errorText(error) }));
  const picked = await notify.error(redact(known.message, secrets), ...buttonsFor(known, ways));
  if (!picked) return undefined;
  const { remedy } = picked;
  if (isAgain(remedy)) return remedy;
  if (!(await applyRemedy(known, picked, secrets))) return undefined;
  return remedy === 'useModel' && ways.canRetry ? 'retry' : undefined;
}

/** Does what a button says. What goes wrong with it is shown. @returns whether it is done */
export async function applyRemedy(error: PictorError, button: Button, secrets: Iterable<string>): Promise<boolean> {
  const { remedy, title } = button;
  try {
    if (!isAgain(remedy)) await ACTIONS[remedy](error, button, secrets);
    return true;
  } catch (failure) {
    void notify.error(redact(`${title}: ${errorText(failure)}`, secrets));
    return false;
  }
}

/** Every button that helps with an error. */
export function allButtons(error: PictorError, ways: Ways): Button[] {
  return remediesFor(error, ways).flatMap((remedy): Button[] =>
    remedy === 'useModel'
      ? (error.details.suggestions ?? [])
          .slice(0, MAX_SUGGESTIONS)
          .map((model) => ({ title: t('Use {model}', { model }), remedy, model }))
      : [{ title: REMEDY_LABELS[remedy], remedy }],
  );
}

function buttonsFor(error: PictorError, ways: Ways): Button[] {
  let left = ROOM_PX;
  return allButtons(error, ways).filter(({ title }) => {
    const width = title.length * LETTER_PX + AROUND_PX;
    if (width <= left) left -= width;
    else return false;
    return true;
  });
}

type Action = (error: PictorError, button: Button, secrets: Iterable<string>) => Thenable<unknown>;

const run = (command: CommandId): Thenable<unknown> => vscode.commands.executeCommand(command);

const ACTIONS: Readonly<Record<Exclude<Remedy, Again>, Action>> = {
  setApiKey: () => run('pictor.setApiKey'),
  chooseModel: () => run('pictor.selectModel'),
  useModel: (_error, { model }) => writeSettings({ model }, activeScope()),
  openSetting: ({ details }) =>
    vscode.commands.executeCommand('workbench.action.openSettings', `@id:${details.setting}`),
  openInBrowser: ({ details }) => openExactly(details.url ?? ''),
  copyAddress: ({ details }) => vscode.env.clipboard.writeText(details.url ?? ''),
  showAnswer: ({ details }, _button, secrets) => showAnswer(details.answer ?? '', secrets),
  showLog: () => run('pictor.showLog'),
};

/**
 * Opens an address letter by letter. A `Uri` would be written anew, and a signature in its query, which is what admits
 * us to the picture, would not survive that; VS Code takes a text as well, although its types do not say so.
 */
function openExactly(url: string): Thenable<boolean> {
  if (!/^https?:\/\//i.test(url)) throw new Error(t('it is not an address of the web'));
  return vscode.env.openExternal(url as unknown as vscode.Uri);
}
