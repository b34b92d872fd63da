import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { JobAction } from '../../core/jobs/action';
import { labelOf } from '../../core/jobs/actions';
import { errorText, type PictorError } from '../../core/errors';
import { redact } from '../../core/redact';
import { activeScope } from '../settings/activeScope';
import { writeSettings } from '../settings/writeSetting';
import { notify } from './notify';
import { runCommand } from './runCommand';
import { showAnswer } from './showAnswer';

/** What a button does for an error, whichever job has it. */
interface ErrorContext {
  readonly error: PictorError;
  /** For `useModel`. */
  readonly model?: string;
  readonly secrets: Iterable<string>;
}

const ERROR_ACTIONS: Readonly<Partial<Record<JobAction, (context: ErrorContext) => Thenable<unknown>>>> = {
  setApiKey: () => runCommand('pictor.setApiKey'),
  chooseModel: () => runCommand('pictor.selectModel'),
  useModel: ({ model }) => writeSettings({ model }, activeScope()),
  // Another provider has another address, and other models.
  useProvider: ({ error }) =>
    writeSettings(
      { provider: error.details.successor, baseUrl: undefined, model: undefined, customProvider: undefined },
      activeScope(),
    ),
  openSetting: ({ error }) =>
    vscode.commands.executeCommand('workbench.action.openSettings', `@id:${error.details.setting}`),
  openInBrowser: ({ error }) => openExactly(error.details.url ?? ''),
  copyAddress: ({ error }) => vscode.env.clipboard.writeText(error.details.url ?? ''),
  showAnswer: ({ error, secrets }) => showAnswer(error.details.answer ?? '', secrets),
  showLog: () => runCommand('pictor.showLog'),
};

/** Does what a button says of an error. What goes wrong with it is shown. @returns whether it is done */
export async function runErrorAction(action: JobAction, context: ErrorContext): Promise<boolean> {
  try {
    await ERROR_ACTIONS[action]?.(context);
    return true;
  } catch (failure) {
    void notify.error(redact(`${labelOf(action, context.model)}: ${errorText(failure)}`, context.secrets));
    return false;
  }
}

/**
 * Opens an address letter by letter. A `Uri` would be written anew, and a signature in its query, which is what admits
 * us to the image, would not survive that; VS Code takes a text as well, although its types do not say so.
 */
function openExactly(url: string): Thenable<boolean> {
  if (!/^https?:\/\//i.test(url)) throw new Error(t('it is not an address of the web'));
  return vscode.env.openExternal(url as unknown as vscode.Uri);
}
