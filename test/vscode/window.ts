import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { noteAssertion } from '../runner/assertions';
import { ROOT } from '../runner/paths';
import { findNoKeys } from './canary';
import { Driver, type WindowSettings } from './driver';
import { giveBack, takeMachine, type MachineOptions } from './machine';
import { QUIET_SETTINGS, type Server } from './server';

export interface WindowOptions extends MachineOptions {
  /** Files of the workspace, by relative path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** The folder to open: a new one with `files` by default, `null` for a window without a folder. */
  readonly folder?: string | null;
  /** The workspace file to open, relative to the folder. */
  readonly workspaceFile?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** In CSS pixels; what is larger takes longer to paint. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The display language; English by default. */
  readonly language?: string;
  /** A module with `run()` for VS Code's own test runner. */
  readonly testsPath?: string;
}

/** A VS Code window in a browser, with Pictor in development mode. */
export interface VsCodeWindow {
  readonly page: Page;
  readonly server: Server;
  /** The opened folder. */
  readonly folder: string;
  /** For what the window writes. */
  readonly directory: string;
  /** What the server and the window have said, to find out why something failed. */
  readonly log: () => string;
  /** Resolves with the exit code that VS Code gives for its tests. */
  readonly testsExit: Promise<number>;
  /** What its tests may change, and go back to. */
  readonly settings: WindowSettings;
  /** @param otherThanPid of an extension host that is gone, or of another window */
  connectDriver(otherThanPid?: number): Promise<Driver>;
  /** A second window on the same folder, of the same person. */
  openAnother(): Promise<Page>;
  /** Ends it all. @throws where a key is found in something that it wrote or showed */
  close(): Promise<void>;
}

/** Longest wait for something in a page, in ms: a busy machine takes its time. */
const PAGE_MS = 60_000;

/** Opens a window on a fresh profile. */
export async function openWindow(options: WindowOptions): Promise<VsCodeWindow> {
  const { release, env, workspaceTrust, headless } = options;
  const machineOptions: MachineOptions = { release, env, workspaceTrust, headless };
  const machine = await takeMachine(machineOptions);
  const { directory, server, context } = machine;
  const loggedBefore = server.log().length;
  const settings: WindowSettings = { initial: { ...QUIET_SETTINGS, ...options.settings }, touched: new Set() };
  const { page, folderName } = await machine.newPage(settings.initial);
  const folder = options.folder ?? path.join(directory, folderName);
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(options.files ?? {})) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  const consoleLines: string[] = [];
  const testsExit = new Promise<number>((resolve) => {
    page.on('crash', () => resolve(98));
    void page.exposeFunction('codeAutomationExit', resolve);
    void page.exposeFunction('codeAutomationLog', (_level: string, words: unknown[]) =>
      consoleLines.push(words.join(' ')),
    );
  });
  const url = new URL(machine.origin);
  if (options.workspaceFile) url.searchParams.set('workspace', path.join(folder, options.workspaceFile));
  else if (options.folder !== null) url.searchParams.set('folder', folder);
  await show(page, url, options);
  return {
    page,
    server,
    folder,
    directory,
    testsExit,
    settings,
    log: () => [server.log().slice(loggedBefore), ...consoleLines].join('\n'),
    connectDriver: (otherThanPid) => Driver.connect(directory, settings, otherThanPid),
    openAnother: async () => {
      const another = await context.newPage();
      await show(another, url, options);
      return another;
    },
    async close() {
      const leak = await findNoKeys(directory, context.pages()).then(
        () => undefined,
        (error: unknown) => error as Error,
      );
      await giveBack(machine, machineOptions);
      if (leak) throw leak;
    },
  };
}

async function show(page: Page, url: URL, options: WindowOptions): Promise<void> {
  page.setDefaultTimeout(PAGE_MS);
  if (options.viewport) await page.setViewportSize(options.viewport);
  countWaits(page);
  await loadExtensions(page, url, options.testsPath);
  // As a language pack would say it; VS Code's own words stay English.
  if (options.language)
    await page.addInitScript({ content: `globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(options.language)};` });
  await page.goto(url.href, { waitUntil: 'commit' });
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 2 * PAGE_MS });
}

/** Development mode without the flag of VS Code's smoke tests, which would hide every notification. */
async function loadExtensions(page: Page, { host }: URL, testsPath: string | undefined): Promise<void> {
  const uri = (file: string): object => ({ $mid: 1, scheme: 'vscode-remote', authority: host, path: file });
  const development = {
    extensions: [uri(ROOT), uri(path.join(ROOT, 'test', 'vscode', 'driver'))],
    ...(testsPath && { extensionTestsPath: uri(testsPath) }),
  };
  await page.addInitScript({ content: `window.pictorDevelopment = ${JSON.stringify(development)};` });
  await page.addInitScript({ path: path.join(ROOT, 'test', 'vscode', 'pageConfiguration.js') });
}

let isCounting = false;

/** To wait until something is seen is to assert that it is. */
function countWaits(page: Page): void {
  if (isCounting) return;
  isCounting = true;
  const locator = Object.getPrototypeOf(page.locator('body')) as { waitFor: (...args: unknown[]) => Promise<void> };
  const original = locator.waitFor;
  locator.waitFor = function (this: unknown, ...args) {
    noteAssertion();
    return original.apply(this, args);
  };
}
