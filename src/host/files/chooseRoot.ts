import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FolderSetting } from '../../core/files/destination';
import { fileUriOf } from '../document/documents';

/** Below which folder images are saved. */
export interface ImageRoot {
  readonly uri: vscode.Uri;
  /** Set when the user pointed at the folder itself, so that no setting places images deeper. */
  readonly folder?: FolderSetting;
}

/** Where images go without a question; undefined where the user must be asked. */
export function knownRoot(document: vscode.TextDocument | undefined): ImageRoot | undefined {
  const file = document && fileUriOf(document);
  const ofDocument = file && vscode.workspace.getWorkspaceFolder(file);
  if (ofDocument) return { uri: ofDocument.uri };
  const [only, ...others] = vscode.workspace.workspaceFolders ?? [];
  return !file && only && others.length === 0 ? { uri: only.uri } : undefined;
}

/**
 * The workspace folder of the document; without a document, the only one or the one that the user picks. Where there is
 * no workspace folder, the user is asked where to save.
 * @throws vscode.CancellationError when the user gives no folder; nothing has been sent then
 */
export async function chooseRoot(document: vscode.TextDocument | undefined): Promise<ImageRoot> {
  const known = knownRoot(document);
  if (known) return known;
  const file = document && fileUriOf(document);
  if (!file && vscode.workspace.workspaceFolders?.length) {
    const picked = await vscode.window.showWorkspaceFolderPick({ placeHolder: t('Workspace folder for the picture') });
    if (!picked) throw new vscode.CancellationError();
    return { uri: picked.uri };
  }
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: t('Folder for the picture'),
      openLabel: t('Save Pictures Here'),
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: file && vscode.Uri.joinPath(file, '..'),
    })) ?? [];
  if (!chosen) throw new vscode.CancellationError();
  return { uri: chosen, folder: { source: 'pictor', template: '' } };
}
