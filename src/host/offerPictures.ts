import * as vscode from 'vscode';
import { errorText } from '../core/errors';
import type { SavedPicture } from '../core/jobs/jobRecord';
import { insertAtCursor } from './insertLinks';
import { linkFor } from './linkFor';
import { notify } from './notify';

type Action = (pictures: readonly SavedPicture[]) => Thenable<unknown>;

export const PICTURE_ACTIONS = {
  Open: ([first]) => (first ? vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(first.uri)) : Promise.resolve()),
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
      ? vscode.commands.executeCommand(vscode.env.uiKind === vscode.UIKind.Web || vscode.env.remoteName ? 'revealInExplorer' : 'revealFileInOS', vscode.Uri.parse(first.uri))
      : Promise.resolve(),
} as const satisfies Record<string, Action>;

export type PictureAction = keyof typeof PICTURE_ACTIONS;

/** Tells about saved pictures and does what the user picks. Resolves when the notification is gone: do not wait for it. */
export async function offerPictures(message: string, pictures: readonly SavedPicture[], actions: readonly PictureAction[]): Promise<void> {
  const picked = await notify.info(message, ...actions);
  try {
    if (picked) await PICTURE_ACTIONS[picked](pictures);
  } catch (error) {
    void notify.error(`${picked}: ${errorText(error)}. The picture is still in ${pictures.map(({ uri }) => vscode.Uri.parse(uri).fsPath).join(', ')}.`);
  }
}
