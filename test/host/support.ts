import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { EmulatorClient } from '../emulator/client';
import { hostSettings } from './workspace';

/** What a command answers; see `DeliveredPicture` in src/host. */
export interface Delivered {
  readonly uri: string;
  readonly link: string;
  readonly inserted: boolean;
  readonly mediaType: string;
  readonly bytes: number;
}

/** The folders of the test workspace. */
export function folder(name: 'alpha' | 'beta'): vscode.Uri {
  const found = vscode.workspace.workspaceFolders?.find((candidate) => candidate.name === name);
  assert.ok(found, name);
  return found.uri;
}

/** The emulator that the test run started in another process. */
export function emulator(): EmulatorClient {
  const origin = process.env.PICTOR_EMULATOR;
  assert.ok(origin, 'PICTOR_EMULATOR names the emulator');
  return new EmulatorClient(origin);
}

/** A saved document with `text`, shown in an editor of its own. */
export async function openDocument(
  text: string,
  { name = 'text.md', where = folder('alpha') } = {},
): Promise<vscode.TextEditor> {
  const uri = vscode.Uri.joinPath(where, `test-${randomUUID()}`, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return vscode.window.showTextDocument(uri, { preview: false });
}

/** Selects texts that stand in the editor's document once each. */
export function select(editor: vscode.TextEditor, ...texts: string[]): void {
  const whole = editor.document.getText();
  editor.selections = texts.map((text) => {
    const at = whole.indexOf(text);
    assert.ok(at >= 0, text);
    return new vscode.Selection(editor.document.positionAt(at), editor.document.positionAt(at + text.length));
  });
}

export async function generateFromSelection(): Promise<Delivered[]> {
  return (await vscode.commands.executeCommand<Delivered[] | undefined>('pictor.generateFromSelection')) ?? [];
}

/** Sets settings of the user for one test; what is not set is as `hostSettings` says. */
export class TemporarySettings {
  readonly #names = new Set<string>();

  async set(values: Readonly<Record<string, unknown>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      this.#names.add(name);
      await update(name, value);
    }
  }

  async restore(): Promise<void> {
    const usual = hostSettings(emulator().origin);
    for (const name of this.#names) await update(name, usual[name]);
    this.#names.clear();
  }
}

async function update(name: string, value: unknown): Promise<void> {
  const settings = vscode.workspace.getConfiguration();
  const isSame = JSON.stringify(settings.inspect(name)?.globalValue) === JSON.stringify(value);
  if (!isSame) await settings.update(name, value, vscode.ConfigurationTarget.Global);
}

/** Starts a generation whose answer the emulator holds back until `release`. */
export async function heldGeneration(): Promise<{ release: () => Promise<Delivered[]> }> {
  const remote = emulator();
  const before = (await remote.report()).requests.length;
  await remote.addFault({ on: 'api', kind: 'hold' });
  const result = generateFromSelection();
  await until(async () => (await remote.report()).requests.length > before);
  return {
    release: async () => {
      await until(async () => {
        await remote.release();
        return Promise.race([result.then(() => true), turn().then(() => false)]);
      });
      return result;
    },
  };
}

/** The folder that VS Code gives Pictor for its own. */
export function storage(): string {
  const directory = process.env.PICTOR_STORAGE;
  assert.ok(directory, 'PICTOR_STORAGE names a folder');
  return directory;
}

/** What of a record on disk the tests look at. */
export interface StoredJob {
  readonly id: string;
  readonly state: string;
  readonly error?: { readonly kind: string };
  readonly images: readonly { readonly source: { readonly kind: string; readonly name?: string } }[];
}

/** The jobs that have something left to do or to decide. */
export function openJobs(): StoredJob[] {
  const directory = path.join(storage(), 'jobs', 'open');
  const names = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.json')) : [];
  return names.map((name) => JSON.parse(readFileSync(path.join(directory, name), 'utf8')) as StoredJob);
}

/** Waits for what cannot tell when it happens. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await turn();
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(() => resolve(), 20));
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

export function applyEdit(change: (edit: vscode.WorkspaceEdit) => void): Thenable<boolean> {
  const workspaceEdit = new vscode.WorkspaceEdit();
  change(workspaceEdit);
  return vscode.workspace.applyEdit(workspaceEdit);
}
