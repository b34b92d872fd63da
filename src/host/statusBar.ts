import * as vscode from 'vscode';
import { PROVIDERS, type ProviderId } from '../core/catalog/providers';
import type { CommandId } from './commandIds';

/** Shows the status bar item that opens the menu, and keeps its tooltip in step with the settings. */
export function registerStatusBar(): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('pictor.menu', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Pictor';
  item.text = '$(file-media) Pictor';
  item.command = 'pictor.showMenu' satisfies CommandId;
  const update = (): void => {
    const settings = vscode.workspace.getConfiguration('pictor');
    const provider = PROVIDERS.get(settings.get<ProviderId>('provider', 'placeholder'));
    const model = settings.get<string>('model') || provider?.defaultModel;
    const name = provider?.id === 'custom' ? settings.get<string>('customProvider') || provider.label : provider?.label;
    item.tooltip = ['Pictor: generate images', name, model].filter(Boolean).join(' · ');
    item.accessibilityInformation = { label: item.tooltip, role: 'button' };
  };
  update();
  item.show();
  const changes = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('pictor')) update();
  });
  return vscode.Disposable.from(item, changes);
}
