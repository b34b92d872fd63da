import * as vscode from 'vscode';
import type { AppParts } from '../appParts';
import { notify } from '../notify';

/** Fills the form with the recipe of a picture: of the one that the explorer's menu was opened on, or of one that is chosen. */
export async function useRecipe(app: AppParts, argument?: unknown): Promise<void> {
  const uri = argument instanceof vscode.Uri ? argument : await chooseFile();
  if (await app.form.useRecipeOf(uri)) await vscode.commands.executeCommand('pictor.form.focus');
  else void notify.info(`There is no recipe of Pictor’s in ${vscode.workspace.asRelativePath(uri)} or beside it.`);
}

async function chooseFile(): Promise<vscode.Uri> {
  const filters = { Pictures: ['png', 'jpg', 'jpeg', 'webp', 'gif', 'avif', 'svg', 'json'] };
  const [chosen] = (await vscode.window.showOpenDialog({ title: 'Use Recipe of a Picture', openLabel: 'Use Recipe', filters })) ?? [];
  if (!chosen) throw new vscode.CancellationError();
  return chosen;
}
