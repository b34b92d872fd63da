import * as vscode from 'vscode';
import { errorText, PictorError, type ErrorKind } from '../core/errors';
import { redact } from '../core/redact';
import type { CommandId } from './commandIds';

type Remedy = 'Open Setting' | 'Set API Key' | 'Select Model' | 'Open in Browser';

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
  badAnswer: [],
  downloadFailed: ['Open in Browser'],
  tooLarge: ['Open Setting'],
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
  if (remedy === 'Open in Browser') return error?.url !== undefined;
  return true;
}

async function remedy(picked: Remedy | typeof SHOW_LOG, error: PictorError | undefined): Promise<void> {
  switch (picked) {
    case 'Open Setting':
      await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${error?.setting}`);
      return;
    case 'Open in Browser':
      if (error?.url) await vscode.env.openExternal(vscode.Uri.parse(error.url));
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
