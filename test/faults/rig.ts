import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DIALECTS } from '../emulator/dialects';
import { startEmulator, type Emulator } from '../emulator/emulator';
import type { Driver } from '../vscode/driver';
import { waitFor } from '../runner/waitFor';
import { filesBelow, writtenFiles } from '../runner/writtenFiles';
import { storageIn } from '../vscode/machine';
import { openWindow, type VsCodeWindow } from '../vscode/window';
import { Workbench } from '../vscode/workbench';
import type { StoppedState } from './faults';
import { holdAt, untilHeld } from './heldJob';

/** What of a record on disk is looked at. */
interface StoredJob {
  readonly id: string;
  readonly state: string;
  readonly error?: { readonly message: string };
  readonly request: { readonly prompt: string };
}

/** One window with its own service, in which one cell of the matrix after the other is tried. */
export class Rig {
  /** Mends what a fault has broken, so that the user can go on. */
  repair: (() => void) | undefined;
  #document = '';
  #earlier: ReadonlySet<string> = new Set();
  #asked = '';

  private constructor(
    readonly window: VsCodeWindow,
    readonly emulator: Emulator,
    public driver: Driver,
  ) {}

  static async open(service: 'lemondata' | 'acedata'): Promise<Rig> {
    const emulator = await startEmulator();
    const window = await openWindow({
      viewport: { width: 800, height: 500 },
      files: { 'README.md': '# Faults\n' },
      settings: {
        'pictor.provider': service,
        'pictor.model': service === 'lemondata' ? 'flux-pro' : 'nano-banana',
        'pictor.aceTaskMode': 'always',
        'pictor.baseUrl': emulator.baseUrl(service),
        'pictor.assetsFolder': 'art/made',
        // As people have it: what is not saved is there again after a reload.
        'files.hotExit': 'onExit',
        'explorer.confirmDelete': false,
      },
    });
      window.page.on('dialog', (dialog) => void dialog.accept());
    const rig = new Rig(window, emulator, await window.connectDriver());
    await rig.workbench.runFromPalette('Pictor: Set API Key…');
    await rig.workbench.answer('API key for', DIALECTS[service].key ?? '');
    await rig.workbench.quickPick.waitFor({ state: 'hidden' });
    return rig;
  }

  get workbench(): Workbench {
    return new Workbench(this.window.page, this.driver);
  }

  get folder(): string {
    return this.window.folder;
  }

  /** Asks for a picture in a new document, and stops the job in a state. */
  async begin(cell: number, state: StoppedState, timeoutSeconds: number): Promise<void> {
    this.emulator.state.reset();
    this.emulator.state.plan = { polls: 1 };
    this.repair = undefined;
    rmSync(path.join(this.folder, 'art'), { recursive: true, force: true });
    mkdirSync(path.join(this.folder, 'art'));
    this.#earlier = new Set(['open', 'done'].flatMap((name) => filesBelow(path.join(this.storage, 'jobs', name)).map((file) => path.basename(file))));
    this.#asked = `Heron ${cell} at dawn`;
    this.#document = path.join(this.folder, `cell-${cell}.md`);
    writeFileSync(this.#document, `# Cell ${cell}\n\nBefore it. ${this.#asked}\n\nAfter it.\n`);
    await this.driver.configure('pictor.timeoutSeconds', timeoutSeconds);
    await this.workbench.open(this.#document);
    await this.workbench.select(this.#asked);
    await holdAt(this.driver, state);
    await this.driver.evaluate((vscode) => {
      const scope = globalThis as { pictorRefused?: number };
      scope.pictorRefused = 0;
      process.getBuiltinModule('node:diagnostics_channel').subscribe('undici:client:connectError', () => {
        scope.pictorRefused = (scope.pictorRefused ?? 0) + 1;
      });
      void vscode.commands.executeCommand('pictor.generateFromSelection');
    });
    await untilHeld(this.driver);
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
    await waitFor('a refused connection', () => this.driver.evaluate(() => ((globalThis as { pictorRefused?: number }).pictorRefused ?? 0) > 0));
  }

  /** Types before the place and within its paragraph, and takes the title away. */
  async edit(): Promise<void> {
    await this.driver.evaluate(async (vscode) => {
      const editor = vscode.window.activeTextEditor;
      await editor?.edit((edit) => {
        edit.insert(new vscode.Position(2, 0), 'More words.\n\nTyped. ');
        edit.delete(new vscode.Range(0, 0, 2, 0));
      });
    });
  }

  async rename(): Promise<void> {
    const target = this.#document.replace('cell-', 'renamed-');
    await this.driver.evaluate(
      async (vscode, { from, to }) => {
        const edit = new vscode.WorkspaceEdit();
        edit.renameFile(vscode.Uri.file(from), vscode.Uri.file(to));
        await vscode.workspace.applyEdit(edit);
      },
      { from: this.#document, to: target },
    );
    this.#document = target;
  }

  async deleteDocument(): Promise<void> {
    await this.driver.evaluate(async (vscode, file) => {
      const edit = new vscode.WorkspaceEdit();
      edit.deleteFile(vscode.Uri.file(file));
      await vscode.workspace.applyEdit(edit);
    }, this.#document);
  }

  /** The newest record of this cell's request, with the folder that it is in. */
  job(): { readonly folder: 'open' | 'done'; readonly record: StoredJob } | undefined {
    const found = (['open', 'done'] as const).flatMap((folder) => {
      const directory = path.join(this.storage, 'jobs', folder);
      // Names begin with their time; those of earlier cells are known.
      const names = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.json') && !this.#earlier.has(name)) : [];
      return names.flatMap((name) => {
        try {
          return [{ folder, name, record: JSON.parse(readFileSync(path.join(directory, name), 'utf8')) as StoredJob }];
        } catch {
          // It was moved while we looked.
          return [];
        }
      });
    });
    return found.filter(({ record }) => record.request.prompt === this.#asked).sort((a, b) => (a.name < b.name ? 1 : -1))[0];
  }

  /** Pictures without a place, claims, tickets and half-written records: nothing of them is left when no job runs. */
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
    const presence = path.join(this.storage, 'jobs', 'windows', `${owner}.json`);
    if (!file.includes(`${path.sep}claims${path.sep}`)) return false;
    if (!existsSync(presence)) return true;
    // It may just be written: the next look tells.
    const pid = /"pid":(\d+)/.exec(readFileSync(presence, 'utf8'))?.[1];
    return pid !== undefined && Number(pid) !== this.driver.pid;
  }

  /** The contents of every file below the folder for pictures. */
  pictures(): Buffer[] {
    const directory = path.join(this.folder, 'art');
    if (!existsSync(directory)) return [];
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)));
  }

  /** Whether the document is open in a tab. */
  isOpen(): Promise<boolean> {
    return this.driver.evaluate(
      (vscode, file) => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.fsPath === file)),
      this.#document,
    );
  }

  /** How many links to a picture the document has; undefined where there is no document any more. */
  async links(): Promise<number | undefined> {
    if (!existsSync(this.#document)) return undefined;
    const text = await this.driver.evaluate(async (vscode, file) => (await vscode.workspace.openTextDocument(vscode.Uri.file(file))).getText(), this.#document);
    return text.split('](art/made/').length - 1;
  }

  /** Presses a button of a notification. */
  async press(button: string): Promise<void> {
    await (await this.workbench.openNotifications()).getByRole('button', { name: button, exact: true }).first().click();
  }

  async offers(button: string): Promise<boolean> {
    const found = (await this.workbench.openNotifications()).getByRole('button', { name: button, exact: true }).first();
    return found.waitFor({ timeout: 5000 }).then(() => true, () => false);
  }

  /** Nothing of this cell is left on the screen. */
  async clear(): Promise<void> {
    await this.driver.execute('notifications.clearAll');
    // A changed document would be asked about, behind which everything waits.
    await this.driver.evaluate(async (vscode) => {
      for (let left = 5; left > 0 && vscode.window.tabGroups.activeTabGroup.activeTab; left--) await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });
    for (const file of readdirSync(this.folder)) if (/^(?:cell|renamed)-/.test(file)) rmSync(path.join(this.folder, file));
  }

  /** What tells why a cell has failed. */
  trace(): string {
    const files = writtenFiles(this.window.directory);
    const jobs = files.filter(({ file }) => file.includes(`${path.sep}jobs${path.sep}`));
    const log = files.filter(({ file }) => /exthost.*Pictor.*\.log$/i.test(file));
    return [...jobs, ...log].map(({ file, content }) => `${path.basename(path.dirname(file))}/${path.basename(file)}: ${content}`).join('\n');
  }

  async close(): Promise<void> {
    await this.window.close();
    await this.emulator.close();
  }

  private get storage(): string {
    return storageIn(this.window.directory);
  }
}
