import * as vscode from 'vscode';
import { COMMAND_IDS } from './host/commandIds';
import { hasOpenJobs } from './host/jobs/hasOpenJobs';
import { registerStatusBar } from './host/statusBar';

type App = import('./host/app').App;

let app: Promise<App> | undefined;

/** Registers what a user can start. The rest is a bundle of its own, loaded with the first command, or where an earlier window left work undone. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('Pictor', { log: true });
  const statusBar = registerStatusBar();
  const loadApp = async (): Promise<App> => {
    const { createApp } = await import('./host/app.js');
    const created = createApp({
      secrets: context.secrets,
      globalState: context.globalState,
      storage: context.globalStorageUri,
      log,
    });
    created.onDidChangeRunning((count) => statusBar.setRunning(count));
    return created;
  };
  const getApp = (): Promise<App> => (app ??= loadApp());
  context.subscriptions.push(
    log,
    statusBar,
    ...COMMAND_IDS.map((id) => vscode.commands.registerCommand(id, async () => (await getApp()).run(id))),
  );
  if (await hasOpenJobs(context.globalStorageUri.fsPath)) void getApp().then((loaded) => loaded.resume());
}

/** VS Code waits for this: what runs is left as it stands, for the next window to go on with. */
export async function deactivate(): Promise<void> {
  await (await app)?.dispose();
}
