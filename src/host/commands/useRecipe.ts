import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { AppParts } from '../appParts';
import { notify } from '../ui/notify';

/**
 * Fills the form with the recipe of a picture: of the one that the explorer's menu was opened on, or of one that is
 * chosen.
 */
export async function useRecipe(app: AppParts, argument?: unknown): Promise<void> {
  const uri = argument instanceof vscode.Uri ? argument : await chooseFile();
  if (await app.form.useRecipeOf(uri)) await vscode.commands.executeCommand('pictor.form.focus');
  else
    void notify.info(
      t('There is no recipe of Pictor’s in {path} or beside it.', { path: vscode.workspace.asRelativePath(uri) }),
    );
}

async function chooseFile(): Promise<vscode.Uri> {
  const filters = { [t('Pictures')]: ['png', 'jpg', 'jpeg', 'webp', 'gif', 'avif', 'svg', 'json'] };
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: t('Use Recipe of a Picture'),
      openLabel: t('Use Recipe'),
      filters,
    })) ?? [];
  if (!chosen) throw new vscode.CancellationError();
  return chosen;
}
