import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ARTIFACTS } from '../vscode/paths';
import type { Driver } from '../vscode/driver';
import { filesBelow } from '../vscode/writtenFiles';
import { openWindow, storageIn, type VsCodeWindow, type WindowOptions } from '../vscode/window';
import { Workbench } from '../vscode/workbench';

export interface Session {
  readonly window: VsCodeWindow;
  readonly driver: Driver;
  readonly workbench: Workbench;
}

/** A window with its driver, for the tests of one file. */
export async function openSession(options: WindowOptions): Promise<Session> {
  const window = await openWindow(options);
  window.page.setDefaultTimeout(15_000);
  const driver = await window.connectDriver();
  return { window, driver, workbench: new Workbench(window.page, driver) };
}

/** Makes the active document hold nothing but a text. */
export async function writeDocument({ driver }: Session, text: string): Promise<void> {
  await driver.evaluate(async (vscode, content) => {
    const document = vscode.window.activeTextEditor?.document;
    const edit = new vscode.WorkspaceEdit();
    if (document) edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), content);
    await vscode.workspace.applyEdit(edit);
  }, text);
}

/** Keeps a picture of the window, to be looked at by a person. */
export async function screenshot({ window }: Session, name: string): Promise<void> {
  const directory = path.join(ARTIFACTS, 'screenshots');
  mkdirSync(directory, { recursive: true });
  await window.page.screenshot({ path: path.join(directory, `${name}.png`), animations: 'disabled' });
}

/** Files of Pictor's own below one of its folders, by their paths there. */
export function storedFiles({ window }: Session, folder: 'staging' | 'thumbnails' | 'jobs/open' | 'jobs/done'): string[] {
  return filesBelow(path.join(storageIn(window.directory), folder));
}
