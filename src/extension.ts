import * as vscode from 'vscode';
import { COMMAND_IDS } from './host/commandIds';
import { registerStatusBar } from './host/statusBar';

/** Registers what a user can start. The rest is a bundle of its own, loaded with the first command. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Pictor', { log: true });
  let app: Promise<import('./host/app').App> | undefined;
  const loadApp = async (): Promise<import('./host/app').App> => {
    const { createApp } = await import('./host/app.js');
    const created = createApp({
      secrets: context.secrets,
      globalState: context.globalState,
      storage: context.globalStorageUri,
      log,
    });
    context.subscriptions.push(created);
    return created;
  };
  context.subscriptions.push(
    log,
    registerStatusBar(),
    ...COMMAND_IDS.map((id) =>
      vscode.commands.registerCommand(id, async () => (await (app ??= loadApp())).run(id)),
    ),
  );
}
