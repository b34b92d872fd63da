import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { errorText } from '../../core/errors';
import type { ImageAction } from '../../core/jobs/action';
import { labelOf } from '../../core/jobs/actions';
import type { SavedImage } from '../../core/jobs/jobRecord';
import { insertAtCursor } from '../document/insertAtCursor';
import { linkFor } from '../document/linkFor';
import { notify } from './notify';

type Run = (images: readonly SavedImage[]) => Thenable<unknown>;

/** What is done with the files of images. */
export const withImages = {
  open: ([first]) =>
    first ? vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(first.uri)) : Promise.resolve(),
  insert: async (images) => {
    const editor = vscode.window.activeTextEditor;
    if (editor && (await insertAtCursor(editor, images))) return;
    await offerImages(t('There is no editor that takes the link. Open a document and try again.'), images, [
      'insert',
      'copyLink',
    ]);
  },
  copyLink: (images) => {
    const document = vscode.window.activeTextEditor?.document;
    return vscode.env.clipboard.writeText(images.map((image) => linkFor(image, document)).join('\n'));
  },
  reveal: ([first]) =>
    first
      ? vscode.commands.executeCommand(
          vscode.env.uiKind === vscode.UIKind.Web || vscode.env.remoteName ? 'revealInExplorer' : 'revealFileInOS',
          vscode.Uri.parse(first.uri),
        )
      : Promise.resolve(),
} as const satisfies Partial<Record<ImageAction, Run>>;

type FileAction = keyof typeof withImages;

/**
 * Tells about saved images and does what the user picks. Resolves when the notification is gone: do not wait for it.
 */
export async function offerImages(
  message: string,
  images: readonly SavedImage[],
  actions: readonly FileAction[],
): Promise<void> {
  const picked = await notify.info(message, ...actions.map((action) => ({ title: labelOf(action), action })));
  if (!picked) return;
  try {
    await withImages[picked.action](images);
  } catch (error) {
    const paths = images.map(({ uri }) => vscode.Uri.parse(uri).fsPath).join(', ');
    void notify.error(
      t('{action}: {reason}. The picture is still in {paths}.', {
        action: picked.title,
        reason: errorText(error),
        paths,
      }),
    );
  }
}
