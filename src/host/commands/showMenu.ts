import { t } from '@vscode/l10n';
import * as vscode from 'vscode';

/** A command as the menu shows it. */
interface MenuCommand {
  readonly id: string;
  readonly label: string;
  readonly icon: string;
}

interface MenuItem extends vscode.QuickPickItem {
  /** Absent for the settings, which are VS Code's. */
  readonly command?: string;
}

/** The quick pick behind the status bar item: everything Pictor does. */
export async function showMenu(commands: readonly MenuCommand[]): Promise<void> {
  const items = commands.map(({ id, label, icon }): MenuItem => ({
    label,
    iconPath: new vscode.ThemeIcon(icon),
    command: id,
  }));
  const openSettings: MenuItem = { label: t('Open Settings'), iconPath: new vscode.ThemeIcon('settings-gear') };
  const picked = await vscode.window.showQuickPick([...items, openSettings], { title: 'Pictor' });
  if (picked?.command) await vscode.commands.executeCommand(picked.command);
  else if (picked) await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:pictor.pictor');
}
