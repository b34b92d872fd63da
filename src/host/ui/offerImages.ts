import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { errorText } from '../../core/errors';
import type { SavedImage } from '../../core/jobs/jobRecord';
import { insertAtCursor } from '../document/insertAtCursor';
import { linkFor } from '../document/linkFor';
import { notify } from './notify';

/** What can be done with images, in words and in deed. */
interface ActionDefinition {
  readonly label: string;
  readonly run: (images: readonly SavedImage[]) => Thenable<unknown>;
}

export const IMAGE_ACTIONS = {
  open: {
    label: t('Open'),
    run: ([first]) =>
      first ? vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(first.uri)) : Promise.resolve(),
  },
  insert: {
    label: t('Insert at Cursor'),
    run: async (images) => {
      const editor = vscode.window.activeTextEditor;
      if (editor && (await insertAtCursor(editor, images))) return;
      await offerImages(t('There is no editor that takes the link. Open a document and try again.'), images, [
        'insert',
        'copyLink',
      ]);
    },
  },
  copyLink: {
    label: t('Copy Link'),
    run: (images) => {
      const document = vscode.window.activeTextEditor?.document;
      return vscode.env.clipboard.writeText(images.map((image) => linkFor(image, document)).join('\n'));
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

type GalleryAction = keyof typeof IMAGE_ACTIONS;

/**
 * Tells about saved images and does what the user picks. Resolves when the notification is gone: do not wait for it.
 */
export async function offerImages(
  message: string,
  images: readonly SavedImage[],
  actions: readonly GalleryAction[],
): Promise<void> {
  const picked = await notify.info(
    message,
    ...actions.map((action) => ({ title: IMAGE_ACTIONS[action].label, action })),
  );
  if (!picked) return;
  try {
    await IMAGE_ACTIONS[picked.action].run(images);
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
