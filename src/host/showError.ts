import * as vscode from 'vscode';
import { errorText, PictorError, type ErrorKind } from '../core/errors';
import { redact } from '../core/redact';
import type { CommandId } from './commandIds';

type Remedy = 'Open Setting' | 'Set API Key' | 'Select Model' | 'Open in Browser' | 'Copy Address';

/** The buttons that help with each kind of error; Show Log is always there. */
const REMEDIES: Readonly<Record<ErrorKind, readonly Remedy[]>> = {
  invalidSetting: ['Open Setting'],
  invalidRequest: ['Open Setting', 'Select Model'],
  unauthorized: ['Set API Key'],
  forbidden: ['Select Model'],
  rateLimited: [],
  rejected: ['Select Model'],
  unavailable: [],
  timeout: ['Open Setting'],
  unreachable: ['Open Setting'],
  interrupted: [],
  redirected: ['Open Setting'],
  badAnswer: ['Open in Browser'],
  downloadFailed: ['Open in Browser', 'Copy Address'],
  tooLarge: ['Open in Browser', 'Open Setting'],
  notSaved: [],
};

const SHOW_LOG = 'Show Log';

/** Shows an error with the buttons that help, and does what the user picks. Resolves when the notification is gone: do not wait for it. */
export async function showError(error: unknown, secrets: Iterable<string>): Promise<void> {
  const known = error instanceof PictorError ? error : undefined;
  const remedies = (known ? REMEDIES[known.kind] : []).filter((remedy) => isPossible(remedy, known));
  const message = redact(known?.message ?? `Pictor failed: ${errorText(error)}`, secrets);
  const picked = await vscode.window.showErrorMessage(message, ...remedies, SHOW_LOG);
  if (picked) await remedy(picked, known);
}

function isPossible(remedy: Remedy, error: PictorError | undefined): boolean {
  if (remedy === 'Open Setting') return error?.setting !== undefined;
  if (remedy === 'Open in Browser' || remedy === 'Copy Address') return error?.url !== undefined;
  return true;
}

/**
 * Opens an address letter by letter. A `Uri` would be written anew, and a signature in its query, which is what admits us to the
 * picture, would not survive that; VS Code takes a text as well, although its types do not say so.
 */
function openExactly(url: string): Thenable<boolean> {
  return vscode.env.openExternal(url as unknown as vscode.Uri);
}

async function remedy(picked: Remedy | typeof SHOW_LOG, error: PictorError | undefined): Promise<void> {
  switch (picked) {
    case 'Open Setting':
      await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${error?.setting}`);
      return;
    case 'Open in Browser':
      if (error?.url) await openExactly(error.url);
      return;
    case 'Copy Address':
      await vscode.env.clipboard.writeText(error?.url ?? '');
      return;
    case 'Set API Key':
      await vscode.commands.executeCommand('pictor.setApiKey' satisfies CommandId);
      return;
    case 'Select Model':
      await vscode.commands.executeCommand('pictor.selectModel' satisfies CommandId);
      return;
    case SHOW_LOG:
      await vscode.commands.executeCommand('pictor.showLog' satisfies CommandId);
  }
}
