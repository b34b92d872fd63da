import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { notify } from '../ui/notify';

export interface UseRecipeDependencies {
  readonly form: {
    /** Fills the form with the recipe of a file. @returns false where it has none */
    readonly useRecipeOf: (uri: vscode.Uri) => Promise<boolean>;
  };
}

/**
 * Fills the form with the recipe of an image: of the one that the explorer's menu was opened on, or of one that is
 * chosen.
 */
export async function useRecipe(app: UseRecipeDependencies, argument?: unknown): Promise<void> {
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
