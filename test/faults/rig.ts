import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DIALECTS } from '../emulator/dialects';
import { startEmulator, type Emulator } from '../emulator/emulator';
import type { Driver } from '../vscode/driver';
import { waitFor } from '../runner/waitFor';
import { filesBelow, writtenFiles } from '../runner/writtenFiles';
import { release } from './heldJob';
import { storageIn } from '../vscode/machine';
import { openWindow, type VsCodeWindow } from '../vscode/window';
import { Workbench } from '../vscode/workbench';
import type { StoppedState } from './faults';

/** So soon a notification is there, on a busy machine too. */
const OFFER_MS = 20_000;

/** One window with its own service, in which the cells of the matrix are tried one after the other. */
export class Rig {
  /** Mends what a fault has broken, so that the user can go on. */
  repair: (() => void) | undefined;
  /** The names of the records of earlier cells. */
  earlier: ReadonlySet<string> = new Set();
  /** As it is set. */
  #timeoutSeconds = 0;

  private constructor(
    readonly window: VsCodeWindow,
    readonly emulator: Emulator,
    public driver: Driver,
  ) {}

  static async open(provider: 'lemondata' | 'acedata'): Promise<Rig> {
    const emulator = await startEmulator();
    const window = await openWindow({
      viewport: { width: 800, height: 500 },
      files: { 'README.md': '# Faults\n' },
      settings: {
        'pictor.provider': provider,
        'pictor.model': provider === 'lemondata' ? 'flux-pro' : 'nano-banana',
        'pictor.aceTaskMode': 'always',
        'pictor.baseUrl': emulator.baseUrl(provider),
        'pictor.assetsFolder': 'art/made',
        // So many jobs can stand still at once.
        'pictor.maxConcurrent': 10,
        // As people have it: what is not saved is there again after a reload.
        'files.hotExit': 'onExit',
        'explorer.confirmDelete': false,
      },
    });
    window.page.on('dialog', (dialog) => void dialog.accept());
    const rig = new Rig(window, emulator, await window.connectDriver());
    await rig.workbench.runFromPalette('Pictor: Set API Key…');
    await rig.workbench.answer('API key for', DIALECTS[provider].key ?? '');
    await rig.workbench.quickPick.waitFor({ state: 'hidden' });
    return rig;
  }

  get workbench(): Workbench {
    return new Workbench(this.window.page, this.driver);
  }

  get folder(): string {
    return this.window.folder;
  }

  /** Begins anew for the next cells. */
  async prepare(timeoutSeconds: number): Promise<void> {
    this.emulator.state.reset();
    this.emulator.state.plan = { polls: 1 };
    this.repair = undefined;
    rmSync(path.join(this.folder, 'art'), { recursive: true, force: true });
    mkdirSync(path.join(this.folder, 'art'));
    this.earlier = new Set(
      ['open', 'done'].flatMap((name) =>
        filesBelow(path.join(this.storage, 'jobs', name)).map((file) => path.basename(file)),
      ),
    );
    if (timeoutSeconds !== this.#timeoutSeconds) await this.driver.configure('pictor.timeoutSeconds', timeoutSeconds);
    this.#timeoutSeconds = timeoutSeconds;
    await this.driver.evaluate(() => {
      const scope = globalThis as { pictorRefused?: number };
      if (scope.pictorRefused === undefined) {
        process.getBuiltinModule('node:diagnostics_channel').subscribe('undici:client:connectError', () => {
          scope.pictorRefused = (scope.pictorRefused ?? 0) + 1;
        });
      }
      scope.pictorRefused = 0;
    });
  }

  /** Kills the extension host, as a crash or the end of memory does; the person opens the window anew. */
  async kill(): Promise<void> {
    const { pid } = this.driver;
    process.kill(pid, 'SIGKILL');
    await this.window.page.reload();
    this.driver = await this.window.connectDriver(pid);
  }

  async reload(): Promise<void> {
    const { pid } = this.driver;
    void this.driver.execute('workbench.action.reloadWindow').catch(() => undefined);
    this.driver = await this.window.connectDriver(pid);
  }

  /** Waits until Pictor has been refused a connection, if it needs one at all. */
  async untilNoticed(state: StoppedState): Promise<void> {
    if (state === 'saved' || state === 'linked') return;
    await waitFor('a refused connection', () =>
      this.driver.evaluate(() => ((globalThis as { pictorRefused?: number }).pictorRefused ?? 0) > 0),
    );
  }

  /** Images without a place, claims, tickets and half-written records: nothing of them is left when no job runs. */
  leftovers(): string[] {
    return ['staging', 'jobs/claims', 'jobs/queue', 'jobs/open']
      .map((folder) => path.join(this.storage, folder))
      .filter((directory) => existsSync(directory))
      .flatMap((directory) => writtenFiles(directory))
      .filter(({ file, content }) => !file.endsWith('.json') && !this.isOfTheDead(file, content))
      .map(({ file }) => path.relative(this.storage, file));
  }

  /** A claim of a process that is gone is nobody's: whoever wants the same takes it. */
  private isOfTheDead(file: string, content: string): boolean {
    const [owner = ''] = content.split(' ');
    const heartbeat = path.join(this.storage, 'jobs', 'windows', `${owner}.json`);
    if (!file.includes(`${path.sep}claims${path.sep}`)) return false;
    if (!existsSync(heartbeat)) return true;
    // It may just be written: the next look tells.
    const pid = /"pid":(\d+)/.exec(readFileSync(heartbeat, 'utf8'))?.[1];
    return pid !== undefined && Number(pid) !== this.driver.pid;
  }

  /** The contents of every file below the folder for images. */
  images(): Buffer[] {
    const directory = path.join(this.folder, 'art');
    if (!existsSync(directory)) return [];
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)));
  }

  /** Presses a button of a notification. */
  /** Presses a button of a notification, which may be on its way, in a list that closes when others come and go. */
  async press(button: string | RegExp): Promise<void> {
    await waitFor(`the button ${button}`, async () => {
      const list = await this.workbench.openNotifications();
      const found = list.getByRole('button', { name: button, exact: true }).first();
      return found.click({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
    });
  }

  /** Whether a notification has a button, or comes to have it. */
  async offers(button: string): Promise<boolean> {
    const isThere = async (): Promise<boolean> =>
      (await this.workbench.openNotifications()).getByRole('button', { name: button, exact: true }).first().isVisible();
    return waitFor(`the button ${button}`, isThere, OFFER_MS).catch(() => false);
  }

  /** Nothing of these cells is left on the screen. */
  async clear(): Promise<void> {
    await release(this.driver);
    await this.driver.execute('notifications.clearAll');
    // A changed document would be asked about, behind which everything waits.
    await this.driver.evaluate(async (vscode) => {
      for (let left = 20; left > 0 && vscode.window.tabGroups.activeTabGroup.activeTab; left--)
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });
    for (const file of readdirSync(this.folder))
      if (/^(?:cell|renamed)-/.test(file)) rmSync(path.join(this.folder, file));
  }

  /** What tells why a cell has failed. */
  trace(): string {
    const files = writtenFiles(this.window.directory);
    const jobs = files.filter(({ file }) => file.includes(`${path.sep}jobs${path.sep}`));
    const log = files.filter(({ file }) => /exthost.*Pictor.*\.log$/i.test(file));
    return [...jobs, ...log]
      .map(({ file, content }) => `${path.basename(path.dirname(file))}/${path.basename(file)}: ${content}`)
      .join('\n');
  }

  async close(): Promise<void> {
    await this.window.close();
    await this.emulator.close();
  }

  get storage(): string {
    return storageIn(this.window.directory);
  }
}
