import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { findNoKeys } from './canary';
import { installCodeOss, NEWEST, type CodeOssRelease } from './codeOss';
import { Driver } from './driver';
import { ROOT } from './paths';
import { startServer, type Server } from './server';

export interface WindowOptions {
  readonly release?: CodeOssRelease;
  /** Files of the workspace, by relative path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** The folder to open: a new one with `files` by default, `null` for a window without a folder. */
  readonly folder?: string | null;
  /** The workspace file to open, relative to the folder. */
  readonly workspaceFile?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly workspaceTrust?: boolean;
  /** The display language; English by default. */
  readonly language?: string;
  /** A module with `run()` for VS Code's own test runner. */
  readonly testsPath?: string;
  readonly headless?: boolean;
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
  connectDriver(otherThanPid?: number): Promise<Driver>;
  /** A second window on the same folder, of the same person. */
  openAnother(): Promise<Page>;
  /** Ends it all. @throws where a key is found in something that it wrote or showed */
  close(): Promise<void>;
}

/** Any 32 bytes: VS Code's web client encrypts secrets with them. */
const SECRET_KEY = Buffer.alloc(32, 7);

/** Where Pictor keeps what is its own, below the folder of a window. */
export function storageIn(directory: string): string {
  return path.join(directory, 'user', 'User', 'globalStorage', 'pictor.pictor');
}

/** Opens a window on a fresh profile. */
export async function openWindow(options: WindowOptions): Promise<VsCodeWindow> {
  const codeOss = installCodeOss(options.release ?? NEWEST);
  const directory = mkdtempSync(path.join(tmpdir(), 'pictor-'));
  const remove = (): void => rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', remove);
  const folder = options.folder ?? path.join(directory, 'workspace');
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(options.files ?? {})) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  const env = { PICTOR_DRIVER_DIRECTORY: directory, PICTOR_STORAGE: storageIn(directory), ...options.env };
  const { browser, context } = await launchBrowser(directory, options.headless);
  const server = await startServer({ codeOss, directory, settings: options.settings, env, workspaceTrust: options.workspaceTrust });
  await loadExtensions(context, server, options.testsPath);
  // As a language pack would say it; VS Code's own words stay English.
  if (options.language) await context.addInitScript({ content: `globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(options.language)};` });
  const page = await context.newPage();
  const consoleLines: string[] = [];
  const testsExit = new Promise<number>((resolve) => {
    page.on('crash', () => resolve(98));
    void page.exposeFunction('codeAutomationExit', resolve);
    void page.exposeFunction('codeAutomationLog', (_level: string, words: unknown[]) => consoleLines.push(words.join(' ')));
  });
  const url = new URL(`http://127.0.0.1:${server.port}/`);
  if (options.workspaceFile) url.searchParams.set('workspace', path.join(folder, options.workspaceFile));
  else if (options.folder !== null) url.searchParams.set('folder', folder);
  await show(page, url);
  return {
    page,
    server,
    folder,
    directory,
    testsExit,
    log: () => [server.log(), ...consoleLines].join('\n'),
    connectDriver: (otherThanPid) => Driver.connect(directory, otherThanPid),
    openAnother: async () => {
      const another = await context.newPage();
      await show(another, url);
      return another;
    },
    async close() {
      const leak = await findNoKeys(directory, context.pages()).then(() => undefined, (error: unknown) => error as Error);
      await browser.close();
      await server.stop();
      process.removeListener('exit', remove);
      remove();
      if (leak) throw leak;
    },
  };
}

async function show(page: Page, url: URL): Promise<void> {
  await page.goto(url.href, { waitUntil: 'commit' });
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
}

/** Development mode without the flag of VS Code's smoke tests, which would hide every notification. */
async function loadExtensions(context: BrowserContext, server: Server, testsPath: string | undefined): Promise<void> {
  const uri = (file: string): object => ({ $mid: 1, scheme: 'vscode-remote', authority: `127.0.0.1:${server.port}`, path: file });
  const development = {
    extensions: [uri(ROOT), uri(path.join(ROOT, 'test', 'vscode', 'driver'))],
    ...(testsPath && { extensionTestsPath: uri(testsPath) }),
  };
  await context.route('**/mint-key', (route) => route.fulfill({ status: 200, body: SECRET_KEY }));
  await context.addInitScript({ content: `window.pictorDevelopment = ${JSON.stringify(development)};` });
  await context.addInitScript({ path: path.join(ROOT, 'test', 'vscode', 'pageConfiguration.js') });
}
