import './host/ui/words';
import * as vscode from 'vscode';
import { registerForm } from './host/sidebar/registerForm';
import { watchOpenJobs } from './host/jobs/watchOpenJobs';
import { registerStatusBar } from './host/ui/statusBar';

type App = import('./host/app').App;

let app: Promise<App> | undefined;

/**
 * Registers what a user can start. The rest is a bundle of its own, loaded with the first command, or where another
 * window left work undone.
 */
export function activate(context: vscode.ExtensionContext): void {
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
    registerForm(context.extensionUri, getApp),
    watchOpenJobs(context.globalStorageUri.fsPath, async () => (await getApp()).resume()),
    ...commandsOf(context.extension).map((id) =>
      vscode.commands.registerCommand(id, async (argument: unknown) => (await getApp()).run(id, argument)),
    ),
  );
}

/** VS Code waits for this: what runs is left as it stands, for the next window to go on with. */
export async function deactivate(): Promise<void> {
  await (await app)?.dispose();
}

/** The ids of our commands, as the manifest has them: what they do is loaded with the first one. */
function commandsOf({ packageJSON }: vscode.Extension<unknown>): string[] {
  const { contributes } = packageJSON as {
    readonly contributes: { readonly commands: { readonly command: string }[] };
  };
  return contributes.commands.map(({ command }) => command);
}
