import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { StoppedState } from './faults';
import { holdAt, untilHeld } from './heldJob';
import type { Rig } from './rig';

/** What of a record on disk is looked at. */
interface StoredJob {
  readonly id: string;
  readonly state: string;
  readonly error?: { readonly message: string };
  readonly request: { readonly prompt: string };
}

/** The job of one cell, with a document and a prompt of its own. */
export class CellJob {
  readonly #prompt: string;
  #document: string;

  constructor(
    readonly rig: Rig,
    number: number,
  ) {
    this.#prompt = `Heron ${number} at dawn`;
    this.#document = path.join(rig.folder, `cell-${number}.md`);
    writeFileSync(this.#document, `# Cell ${number}\n\nBefore it. ${this.#prompt}\n\nAfter it.\n`);
  }

  /** Asks for an image in the document, and stops the job in a state. */
  async begin(state: StoppedState): Promise<void> {
    const { driver, workbench } = this.rig;
    await workbench.open(this.#document);
    await workbench.select(this.#prompt);
    await holdAt(driver, this.#prompt, state);
    await driver.start('pictor.generateFromSelection');
    await untilHeld(driver, this.#prompt);
  }

  /** How often the service has billed it. */
  get billed(): number {
    return this.rig.emulator.state.ledger.filter(({ prompt }) => prompt === this.#prompt).length;
  }

  /** Types before the place and within its paragraph, and takes the title away. */
  async edit(): Promise<void> {
    await this.rig.driver.evaluate(async (vscode) => {
      const editor = vscode.window.activeTextEditor;
      await editor?.edit((edit) => {
        edit.insert(new vscode.Position(2, 0), 'More words.\n\nTyped. ');
        edit.delete(new vscode.Range(0, 0, 2, 0));
      });
    });
  }

  async rename(): Promise<void> {
    const target = this.#document.replace('cell-', 'renamed-');
    await this.rig.driver.evaluate(
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
    await this.rig.driver.evaluate(async (vscode, file) => {
      const edit = new vscode.WorkspaceEdit();
      edit.deleteFile(vscode.Uri.file(file));
      await vscode.workspace.applyEdit(edit);
    }, this.#document);
  }

  /** The newest record of the request, with the folder that it is in. */
  stored(): { readonly folder: 'open' | 'done'; readonly record: StoredJob } | undefined {
    const found = (['open', 'done'] as const).flatMap((folder) => {
      const directory = path.join(this.rig.storage, 'jobs', folder);
      // Names begin with their time; those of earlier cells are known.
      const names = existsSync(directory)
        ? readdirSync(directory).filter((name) => name.endsWith('.json') && !this.rig.earlier.has(name))
        : [];
      return names.flatMap((name) => {
        try {
          return [{ folder, name, record: JSON.parse(readFileSync(path.join(directory, name), 'utf8')) as StoredJob }];
        } catch {
          // It was moved while we looked.
          return [];
        }
      });
    });
    return found
      .filter(({ record }) => record.request.prompt === this.#prompt)
      .sort((a, b) => (a.name < b.name ? 1 : -1))[0];
  }

  /** Whether the document is open in a tab. */
  isOpen(): Promise<boolean> {
    return this.rig.driver.evaluate(
      (vscode, file) =>
        vscode.window.tabGroups.all.some(({ tabs }) =>
          tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.fsPath === file),
        ),
      this.#document,
    );
  }

  /** How many links to an image the document has; undefined where there is no document any more. */
  async links(): Promise<number | undefined> {
    if (!existsSync(this.#document)) return undefined;
    const text = await this.rig.driver.evaluate(
      async (vscode, file) => (await vscode.workspace.openTextDocument(vscode.Uri.file(file))).getText(),
      this.#document,
    );
    return text.split('](art/made/').length - 1;
  }
}
