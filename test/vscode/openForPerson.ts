import { spawn } from 'node:child_process';
import path from 'node:path';
import { findDesktop } from './desktop';
import { ARTIFACTS, ROOT } from '../runner/paths';
import { openWindow } from './window';

/** Opens a folder in a VS Code with Pictor, and waits until the person closes it. */
export async function openForPerson(folder: string): Promise<void> {
  const readme = path.join(folder, 'README.md');
  console.log('Opening VS Code. Select a sentence in README.md and press Ctrl+Alt+G (Cmd+Alt+G on a Mac).');
  const desktop = await findDesktop();
  if (desktop) {
    const args = ['--extensionDevelopmentPath', ROOT, '--user-data-dir', path.join(ARTIFACTS, 'profile'), '--disable-extensions', '--disable-workspace-trust', '--new-window', folder, readme];
    const child = spawn(desktop, args, { stdio: 'ignore' });
    await new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject));
    return;
  }
  const window = await openWindow({ folder, headless: false });
  const driver = await window.connectDriver();
  await driver.evaluate((vscode, file) => vscode.window.showTextDocument(vscode.Uri.file(file)).then(() => undefined), readme);
  await new Promise((resolve) => window.page.once('close', resolve));
  await window.close();
}
