import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ARTIFACTS, ROOT } from '../runner/paths';
import { findWindowedBrowser } from './browser';
import { installCodeOss, NEWEST } from './codeOss';
import { findDesktop } from './desktop';
import { installPictor } from './installPictor';
import { closeMachines } from './machine';
import { QUIET_SETTINGS, startServer } from './server';
import { findSystemBrowser, type OpenAddress } from './systemBrowser';
import { openWindow } from './window';

const HOW_TO = 'Select a sentence in README.md and press Ctrl+Alt+G (Cmd+Alt+G on a Mac). Ctrl+C here ends it.';

/**
 * Opens a folder in a VS Code with Pictor, and waits until the person closes it.
 * @returns false where nothing on this machine can show it
 */
export async function openForPerson(folder: string): Promise<boolean> {
  const desktop = await findDesktop();
  if (desktop) {
    await inDesktop(desktop, folder);
    return true;
  }
  if (findWindowedBrowser()) {
    await inChromium(folder);
    return true;
  }
  const open = findSystemBrowser();
  if (open) await inSystemBrowser(folder, open);
  return open !== undefined;
}

async function inDesktop(executable: string, folder: string): Promise<void> {
  console.log(`Opening VS Code. ${HOW_TO}`);
  const args = [
    '--extensionDevelopmentPath',
    ROOT,
    '--user-data-dir',
    path.join(ARTIFACTS, 'profile'),
    '--disable-extensions',
    '--disable-workspace-trust',
    '--new-window',
    folder,
    path.join(folder, 'README.md'),
  ];
  const child = spawn(executable, args, { stdio: 'ignore' });
  await new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject));
}

async function inChromium(folder: string): Promise<void> {
  console.log(`Opening VS Code in a browser. ${HOW_TO}`);
  const window = await openWindow({ folder, headless: false });
  const closed = new Promise((resolve) => window.page.once('close', resolve));
  const driver = await window.connectDriver();
  await driver.evaluate(
    (vscode, file) => vscode.window.showTextDocument(vscode.Uri.file(file)).then(() => undefined),
    path.join(folder, 'README.md'),
  );
  await closed;
  await window.close();
  await closeMachines();
}

/** In a browser that we cannot steer, nothing can be injected: Pictor is installed, as a person would install it. */
async function inSystemBrowser(folder: string, open: OpenAddress): Promise<void> {
  const directory = path.join(ARTIFACTS, 'server');
  const settings = path.join(directory, 'user', 'User', 'settings.json');
  mkdirSync(path.dirname(settings), { recursive: true });
  // What the person has set there stays.
  if (!existsSync(settings)) writeFileSync(settings, JSON.stringify(QUIET_SETTINGS, undefined, 2));
  installPictor(path.join(directory, 'extensions'));
  const server = await startServer({ codeOss: installCodeOss(NEWEST), directory });
  const host = `127.0.0.1:${server.port}`;
  const address = new URL(`http://${host}/`);
  address.searchParams.set('folder', folder);
  address.searchParams.set(
    'payload',
    JSON.stringify([['openFile', `vscode-remote://${host}${path.join(folder, 'README.md')}`]]),
  );
  console.log(`VS Code with Pictor is at ${address.href}\nOpening it in your browser. ${HOW_TO}`);
  open(address.href);
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await Promise.race([interrupted, server.exited]);
  await server.stop();
}
