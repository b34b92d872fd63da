import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { COMMAND_IDS, COMMANDS, type CommandId } from '../ui/commandIds';

interface MenuItem extends vscode.QuickPickItem {
  /** Absent for the settings, which are VS Code's. */
  readonly command?: CommandId;
}

/** The quick pick behind the status bar item: everything Pictor does. */
export async function showMenu(): Promise<void> {
  const items = COMMAND_IDS.filter((id) => id !== 'pictor.showMenu').map((id): MenuItem => ({
    label: COMMANDS[id].label,
    iconPath: new vscode.ThemeIcon(COMMANDS[id].icon),
    command: id,
  }));
  const openSettings: MenuItem = { label: t('Open Settings'), iconPath: new vscode.ThemeIcon('settings-gear') };
  const picked = await vscode.window.showQuickPick([...items, openSettings], { title: 'Pictor' });
  if (picked?.command) await vscode.commands.executeCommand(picked.command);
  else if (picked) await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:pictor.pictor');
}
