import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { installCodeOss, NEWEST, type CodeOssRelease } from './codeOss';
import { startServer, type Server } from './server';

export interface MachineOptions {
  readonly release?: CodeOssRelease;
  readonly env?: Readonly<Record<string, string>>;
  readonly workspaceTrust?: boolean;
  readonly headless?: boolean;
}

/**
 * Gives VS Code's web client the 32 bytes that it encrypts secrets with. Playwright's routes would do it too, and take
 * the cache away.
 */
const GIVE_SECRET_KEY = `{
  const original = globalThis.fetch;
  globalThis.fetch = (input, ...rest) =>
    String(input?.url ?? input).endsWith('/mint-key') ? Promise.resolve(new Response(new Uint8Array(32).fill(7))) : original(input, ...rest);
}`;

/** Where Pictor keeps what is its own, below the folder of a machine. */
export function storageIn(directory: string): string {
  return path.join(directory, 'user', 'User', 'globalStorage', 'pictor.pictor');
}

/**
 * A Code-OSS server and a browser in front of it. It shows one window after the other, each on a fresh profile: to
 * start both anew for each would take longer than most tests.
 */
export class Machine {
  #windows = 0;

  private constructor(
    /** For all that is written. */
    readonly directory: string,
    readonly server: Server,
    private readonly browser: Browser,
    readonly context: BrowserContext,
    private readonly onExit: () => void,
  ) {}

  static async start({ release = NEWEST, env, workspaceTrust, headless }: MachineOptions): Promise<Machine> {
    const codeOss = installCodeOss(release);
    const directory = mkdtempSync(path.join(tmpdir(), 'pictor-'));
    const remove = (): void => rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    process.once('exit', remove);
    const { browser, context } = await launchBrowser(directory, headless);
    const server = await startServer({
      codeOss,
      directory,
      env: { PICTOR_DRIVER_DIRECTORY: directory, PICTOR_STORAGE: storageIn(directory), ...env },
      workspaceTrust,
    });
    await context.addInitScript({ content: GIVE_SECRET_KEY });
    return new Machine(directory, server, browser, context, remove);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.server.port}`;
  }

  /** A page for the first window of a person who has set `settings`, and a name for its folder. */
  async newPage(settings: Readonly<Record<string, unknown>>): Promise<{ page: Page; folderName: string }> {
    const user = path.join(this.directory, 'user', 'User');
    mkdirSync(user, { recursive: true });
    writeFileSync(path.join(user, 'settings.json'), JSON.stringify(settings, undefined, 2));
    const page = await this.context.newPage();
    const devTools = await this.context.newCDPSession(page);
    // What VS Code's client keeps; its scripts stay in the browser's cache.
    await devTools.send('Storage.clearDataForOrigin', {
      origin: this.origin,
      storageTypes: 'cookies,indexeddb,local_storage',
    });
    await devTools.detach();
    return { page, folderName: `workspace-${++this.#windows}` };
  }

  /** Nothing is left of the windows that were shown. */
  async clean(): Promise<void> {
    for (const page of this.context.pages()) await page.close();
    await this.server.endExtensionHosts();
    for (const name of [
      path.join('user', 'User'),
      'driver.json',
      ...Array.from({ length: this.#windows }, (_, index) => `workspace-${index + 1}`),
    ]) {
      rmSync(path.join(this.directory, name), { recursive: true, force: true, maxRetries: 5 });
    }
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    process.removeListener('exit', this.onExit);
    this.onExit();
  }
}

/** Those of this process that show no window now. */
const idle: Machine[] = [];

/** Only where the extension hosts of closed windows can be told from others can a machine be used again. */
const canReuse = existsSync('/proc');

const isUsual = (options: MachineOptions): boolean =>
  canReuse && Object.values(options).every((value) => value === undefined);

/** A machine that shows no window. */
export async function takeMachine(options: MachineOptions): Promise<Machine> {
  return (isUsual(options) ? idle.pop() : undefined) ?? Machine.start(options);
}

/** Cleans a machine for the next window, or stops one that nobody else could use. */
export async function giveBack(machine: Machine, options: MachineOptions): Promise<void> {
  if (!isUsual(options)) return machine.stop();
  await machine.clean();
  idle.push(machine);
}

/** Stops those that are idle. */
export async function closeMachines(): Promise<void> {
  await Promise.all(idle.splice(0).map((machine) => machine.stop()));
}
