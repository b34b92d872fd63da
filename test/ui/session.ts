import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DIALECTS, type DialectName } from '../emulator/dialects';
import type { Emulator } from '../emulator/emulator';
import { keepEvidence, keepEvidenceBy } from '../runner/evidence';
import { ARTIFACTS } from '../runner/paths';
import { waitFor } from '../runner/waitFor';
import { filesBelow } from '../runner/writtenFiles';
import { findNoKeys } from '../vscode/canary';
import type { Driver } from '../vscode/driver';
import { storageIn } from '../vscode/machine';
import { QUIET_SETTINGS } from '../vscode/server';
import { openWindow, type VsCodeWindow, type WindowOptions } from '../vscode/window';
import { Workbench } from '../vscode/workbench';

export interface Session {
  readonly window: VsCodeWindow;
  readonly driver: Driver;
  readonly workbench: Workbench;
}

/** A slow machine's VS Code may answer before it has read its workspace. */
const FOLDERS_MS = 20_000;

/** A window with its driver. When something fails while it is open, what it looked like is kept. */
export async function openSession(options: WindowOptions): Promise<Session> {
  const window = await openWindow(options);
  const forget = keepEvidenceBy((title) => writeEvidence(window, title));
  const close = (): Promise<void> => {
    forget();
    return window.close();
  };
  const driver = await window.connectDriver();
  return sessionOf({ ...window, close }, options.workspaceFile ? await withFolders(window, driver) : driver);
}

/** Now and then VS Code comes up without the folders of its workspace file: a person would load the window anew. */
async function withFolders(window: VsCodeWindow, driver: Driver): Promise<Driver> {
  const hasFolders = (): Promise<boolean> =>
    driver.evaluate((vscode) => Boolean(vscode.workspace.workspaceFolders?.length));
  const areThere = await waitFor('the folders of the workspace', hasFolders, FOLDERS_MS).catch(() => false);
  if (areThere) return driver;
  console.log('VS Code came up without the folders of its workspace.');
  await window.page.reload();
  return window.connectDriver(driver.pid);
}

/** The window that files of this process take in turn, where they need no other than a usual one. */
let shared: Session | undefined;

/**
 * A window on a folder with these files and settings, which another file of tests may have used before: what it has
 * drawn is still in the gallery and in the history. `release` it after the tests.
 */
export async function takeSession({
  files = {},
  settings = {},
}: Pick<WindowOptions, 'files' | 'settings'>): Promise<Session> {
  const session = shared;
  shared = undefined;
  if (!session) return openSession({ files, settings });
  const { window, driver } = session;
  for (const name of readdirSync(window.folder))
    if (!(name in files)) rmSync(path.join(window.folder, name), { recursive: true });
  // VS Code may still hold a file of the same name: `openDocument` gives it its text.
  for (const [name, content] of Object.entries(files))
    if (!existsSync(path.join(window.folder, name))) writeFileSync(path.join(window.folder, name), content);
  window.settings.initial = { ...QUIET_SETTINGS, ...settings };
  await driver.restoreSettings();
  return session;
}

/** Keeps a window for the next file. One that a test has left in disorder is closed. */
export async function releaseSession(session: Session): Promise<void> {
  const { window, driver } = session;
  const isInOrder =
    storedFiles(session, 'jobs/open').length === 0 && window.page.context().pages().length === 1 && !shared;
  if (!isInOrder) return window.close();
  await findNoKeys(window.directory, [window.page]);
  await driver.evaluate(async (vscode) => {
    while (vscode.window.tabGroups.activeTabGroup.activeTab)
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.view.explorer');
  });
  window.page.removeAllListeners('dialog');
  shared = session;
}

/** A test in a window of its own. */
export async function inSession(options: WindowOptions, test: (session: Session) => Promise<void>): Promise<void> {
  const session = await openSession(options);
  try {
    await test(session);
  } catch (error) {
    await keepEvidence();
    throw error;
  } finally {
    await session.window.close();
  }
}

/** The same window with another extension host. */
export function sessionOf(window: VsCodeWindow, driver: Driver): Session {
  return { window, driver, workbench: new Workbench(window.page, driver) };
}

/** After each test of a `describe`, the next one finds the window as it was: no list, no notification, no setting. */
export function putInOrderAfterEach(current: () => Session): void {
  afterEach(async () => {
    const { workbench, driver } = current();
    await workbench.closeQuickPick();
    await driver.restoreSettings();
    await workbench.clearNotifications();
  });
}

/** A screenshot, the words on the page and in its frames, and what was logged. */
async function writeEvidence({ page, log }: VsCodeWindow, title: string): Promise<void> {
  const directory = path.join(ARTIFACTS, 'failures');
  const file = path.join(directory, title.replace(/\W+/g, '-').slice(0, 100));
  mkdirSync(directory, { recursive: true });
  await page.screenshot({ path: `${file}.png` });
  const texts = await Promise.all(
    page
      .frames()
      .map(
        async (frame) =>
          `--- ${frame.url().slice(0, 100)}\n${await frame.locator('body').innerText({ timeout: 2000 }).catch(String)}`,
      ),
  );
  writeFileSync(`${file}.txt`, `${texts.join('\n')}\n--- log\n${log()}\n`);
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

/** Opens a document of the workspace with nothing but a text in it, as it is on disk. */
export async function openDocument(session: Session, name: string, text: string): Promise<void> {
  await session.workbench.open(path.join(session.window.folder, name));
  // What changed the file before may come to VS Code's ears only now.
  await waitFor('the document', async () => {
    await writeDocument(session, text);
    await session.driver.execute('workbench.action.files.save');
    return (await session.workbench.text()) === text;
  });
}

/** Stores the key of the provider that is selected, as a person types it. */
export async function typeKey({ driver, workbench }: Session, label: string, key: string): Promise<void> {
  const done = driver.execute('pictor.setApiKey');
  await workbench.answer(`API key for ${label}`, key);
  await done;
}

/** Selects a provider, and stores the key that the emulator takes for it. */
export async function giveKey(session: Session, emulator: Emulator, name: Exclude<DialectName, 'open'>): Promise<void> {
  await session.driver.configure('pictor.provider', name);
  await session.driver.configure('pictor.baseUrl', emulator.baseUrl(name));
  await typeKey(session, '', DIALECTS[name].key ?? '');
}

/** Keeps an image of the window, to be looked at by a person. */
export async function screenshot({ window }: Session, name: string): Promise<void> {
  const directory = path.join(ARTIFACTS, 'screenshots');
  mkdirSync(directory, { recursive: true });
  await window.page.screenshot({ path: path.join(directory, `${name}.png`), animations: 'disabled' });
}

/** Files of Pictor's own below one of its folders, by their paths there. */
export function storedFiles(
  { window }: Session,
  folder: 'staging' | 'thumbnails' | 'jobs/open' | 'jobs/done',
): string[] {
  return filesBelow(path.join(storageIn(window.directory), folder));
}
