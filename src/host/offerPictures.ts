import * as vscode from 'vscode';
import { errorText } from '../core/errors';
import { insertAtCursor } from './insertLinks';
import { linkFor } from './linkFor';
import type { SavedPicture } from './savePictures';

type Action = (pictures: readonly SavedPicture[]) => Thenable<unknown>;

const ACTIONS = {
  Open: ([first]) => (first ? vscode.commands.executeCommand('vscode.open', first.uri) : Promise.resolve()),
  'Insert at Cursor': async (pictures) => {
    const editor = vscode.window.activeTextEditor;
    if (editor && (await insertAtCursor(editor, pictures))) return;
    await offerPictures('There is no editor that takes the link. Open a document and try again.', pictures, ['Insert at Cursor', 'Copy Link']);
  },
  'Copy Link': (pictures) => {
    const document = vscode.window.activeTextEditor?.document;
    return vscode.env.clipboard.writeText(pictures.map((picture) => linkFor(picture, document)).join('\n'));
  },
  Reveal: ([first]) =>
    first
      ? vscode.commands.executeCommand(vscode.env.uiKind === vscode.UIKind.Web || vscode.env.remoteName ? 'revealInExplorer' : 'revealFileInOS', first.uri)
      : Promise.resolve(),
  'Save As…': async ([first]) => {
    const target = first && (await vscode.window.showSaveDialog({ defaultUri: defaultTarget(first.uri), title: 'Save Picture' }));
    if (first && target) await vscode.workspace.fs.copy(first.uri, target, { overwrite: true });
  },
} as const satisfies Record<string, Action>;

export type PictureAction = keyof typeof ACTIONS;

/** Tells about saved pictures and does what the user picks. Resolves when the notification is gone: do not wait for it. */
export async function offerPictures(message: string, pictures: readonly SavedPicture[], actions: readonly PictureAction[]): Promise<void> {
  const picked = await vscode.window.showInformationMessage(message, ...actions);
  try {
    if (picked) await ACTIONS[picked](pictures);
  } catch (error) {
    void vscode.window.showErrorMessage(`${picked}: ${errorText(error)}. The picture is still in ${pictures.map(({ uri }) => uri.fsPath).join(', ')}.`);
  }
}

function defaultTarget(picture: vscode.Uri): vscode.Uri | undefined {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = picture.path.split('/').pop() ?? 'picture';
  return folder && vscode.Uri.joinPath(folder, name);
}
