import * as vscode from 'vscode';
import type { FolderSetting } from '../core/files/destination';
import { fileUriOf } from './documents';

/** Below which folder pictures are saved. */
export interface PictureRoot {
  readonly uri: vscode.Uri;
  /** Set when the user pointed at the folder itself, so that no setting places pictures deeper. */
  readonly folder?: FolderSetting;
}

/**
 * The workspace folder of the document; without a document, the only one or the one that the user picks. Where there is no workspace
 * folder, the user is asked where to save.
 * @throws vscode.CancellationError when the user gives no folder; nothing has been sent then
 */
export async function chooseRoot(document: vscode.TextDocument | undefined): Promise<PictureRoot> {
  const file = document && fileUriOf(document);
  const ofDocument = file && vscode.workspace.getWorkspaceFolder(file);
  if (ofDocument) return { uri: ofDocument.uri };
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (!file && folders[0]) {
    const picked =
      folders.length === 1
        ? folders[0]
        : await vscode.window.showWorkspaceFolderPick({ placeHolder: 'Workspace folder for the picture' });
    if (!picked) throw new vscode.CancellationError();
    return { uri: picked.uri };
  }
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: 'Folder for the picture',
      openLabel: 'Save Pictures Here',
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: file && vscode.Uri.joinPath(file, '..'),
    })) ?? [];
  if (!chosen) throw new vscode.CancellationError();
  return { uri: chosen, folder: { source: 'pictor', template: '' } };
}
