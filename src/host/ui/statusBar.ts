import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { PROVIDERS, type ProviderId } from '../../core/catalog/providers';
import type { CommandId } from './runCommand';

export interface StatusBar {
  /** Shows how many jobs run. */
  setRunning(count: number): void;
  dispose(): void;
}

const IDLE_TEXT = '$(file-media) Pictor';

/**
 * Shows the status bar item that opens the menu, and keeps its tooltip in step with the settings; while jobs run, it
 * counts and opens them.
 */
export function registerStatusBar(): StatusBar {
  let running = 0;
  const item = vscode.window.createStatusBarItem('pictor.menu', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Pictor';
  const update = (): void => {
    const settings = vscode.workspace.getConfiguration('pictor');
    const provider = PROVIDERS.get(settings.get<ProviderId>('provider', 'placeholder'));
    const model = settings.get<string>('model') || provider?.defaultModel;
    const name = provider?.id === 'custom' ? settings.get<string>('customProvider') || provider.label : provider?.label;
    const busy = running === 1 ? t('Pictor: 1 job runs') : t('Pictor: {running} jobs run', { running });
    const doing = running === 0 ? t('Pictor: generate images') : busy;
    item.text = running === 0 ? IDLE_TEXT : `$(sync~spin) Pictor ${running}`;
    item.command = (running === 0 ? 'pictor.showMenu' : 'pictor.showJobs') satisfies CommandId;
    item.tooltip = [doing, name, model].filter(Boolean).join(' · ');
    item.accessibilityInformation = { label: item.tooltip, role: 'button' };
  };
  update();
  item.show();
  const changes = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('pictor')) update();
  });
  return {
    setRunning: (count) => {
      running = count;
      update();
    },
    dispose: () => {
      item.dispose();
      changes.dispose();
    },
  };
}
