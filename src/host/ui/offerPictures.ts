import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { errorText } from '../../core/errors';
import type { SavedPicture } from '../../core/jobs/jobRecord';
import { insertAtCursor } from '../document/insertLinks';
import { linkFor } from '../document/linkFor';
import { notify } from './notify';

/** What can be done with pictures, in words and in deed. */
interface ActionDefinition {
  readonly label: string;
  readonly run: (pictures: readonly SavedPicture[]) => Thenable<unknown>;
}

export const PICTURE_ACTIONS = {
  open: {
    label: t('Open'),
    run: ([first]) =>
      first ? vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(first.uri)) : Promise.resolve(),
  },
  insert: {
    label: t('Insert at Cursor'),
    run: async (pictures) => {
      const editor = vscode.window.activeTextEditor;
      if (editor && (await insertAtCursor(editor, pictures))) return;
      await offerPictures(t('There is no editor that takes the link. Open a document and try again.'), pictures, [
        'insert',
        'copyLink',
      ]);
    },
  },
  copyLink: {
    label: t('Copy Link'),
    run: (pictures) => {
      const document = vscode.window.activeTextEditor?.document;
      return vscode.env.clipboard.writeText(pictures.map((picture) => linkFor(picture, document)).join('\n'));
    },
  },
  reveal: {
    label: t('Reveal'),
    run: ([first]) =>
      first
        ? vscode.commands.executeCommand(
            vscode.env.uiKind === vscode.UIKind.Web || vscode.env.remoteName ? 'revealInExplorer' : 'revealFileInOS',
            vscode.Uri.parse(first.uri),
          )
        : Promise.resolve(),
  },
} as const satisfies Record<string, ActionDefinition>;

type PictureAction = keyof typeof PICTURE_ACTIONS;

/**
 * Tells about saved pictures and does what the user picks. Resolves when the notification is gone: do not wait for it.
 */
export async function offerPictures(
  message: string,
  pictures: readonly SavedPicture[],
  actions: readonly PictureAction[],
): Promise<void> {
  const picked = await notify.info(
    message,
    ...actions.map((action) => ({ title: PICTURE_ACTIONS[action].label, action })),
  );
  if (!picked) return;
  try {
    await PICTURE_ACTIONS[picked.action].run(pictures);
  } catch (error) {
    const paths = pictures.map(({ uri }) => vscode.Uri.parse(uri).fsPath).join(', ');
    void notify.error(
      t('{action}: {reason}. The picture is still in {paths}.', {
        action: picked.title,
        reason: errorText(error),
        paths,
      }),
    );
  }
}
