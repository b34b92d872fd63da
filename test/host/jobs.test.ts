import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { createLog } from '../../src/host/log';
import {
  emulator,
  folder,
  generateFromSelection,
  openDocument,
  openJobs,
  storage,
  TemporarySettings,
  until,
} from './support';

describe('jobs', () => {
  const settings = new TemporarySettings();
  beforeEach(() => emulator().reset());
  afterEach(async () => {
    await settings.restore();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder('alpha'), 'assets'), { recursive: true });
  });

  it('by the hundred, four at a time, are all drawn, saved and linked, each once', async function () {
    this.timeout(120_000);
    const count = 100;
    const texts = Array.from({ length: count }, (_, index) => `Heron ${index}`);
    await settings.set({ 'pictor.confirmAbove': 1000, 'pictor.size': '16x16' });
    const editor = await openDocument(texts.join('\n'));
    editor.selections = texts.map((text, line) => new vscode.Selection(line, 0, line, text.length));
    const before = new Set(openJobs().map(({ id }) => id));
    const images = await generateFromSelection();
    assert.equal(images.filter(({ inserted }) => inserted).length, count);
    const { ledger, requests, mostAtOnce } = await emulator().report();
    assert.deepEqual(
      [
        ledger.length,
        new Set(ledger.map(({ prompt }) => prompt)).size,
        requests.filter(({ path: at }) => at.endsWith('/generations')).length,
      ],
      [count, count, count],
    );
    assert.ok(mostAtOnce <= 4, `${mostAtOnce} at once`);
    for (const [line, text] of texts.entries())
      assert.match(
        editor.document.lineAt(line).text,
        new RegExp(`^${text} !\\[${text}\\]\\(\\.\\./assets/heron-${line}(?:-\\d+)?\\.png\\)$`),
      );
    assert.deepEqual(
      openJobs().filter(({ id }) => !before.has(id)),
      [],
    );
    const staging = path.join(storage(), 'staging');
    const left = existsSync(staging)
      ? readdirSync(staging, { recursive: true, withFileTypes: true }).filter(
          (entry) => entry.isFile() && entry.parentPath !== staging,
        )
      : [];
    assert.deepEqual(
      left.filter(({ parentPath }) => !before.has(path.basename(parentPath))),
      [],
    );
  });

  it('of one request keep the order of their images in names and links', async () => {
    await settings.set({ 'pictor.n': 4, 'pictor.size': '16x16' });
    const editor = await openDocument('A crane');
    editor.selection = new vscode.Selection(0, 0, 0, 7);
    const images = await generateFromSelection();
    const names = ['a-crane.png', 'a-crane-1.png', 'a-crane-2.png', 'a-crane-3.png'];
    assert.deepEqual(
      images.map(({ uri }) => path.posix.basename(uri)),
      names,
    );
    assert.equal(
      editor.document.lineAt(0).text,
      ['A crane', ...names.map((name) => `![A crane](../assets/${name})`)].join(' '),
    );
  });

  it('that were asked for together are each linked when they end themselves', async () => {
    await settings.set({ 'pictor.size': '16x16' });
    await emulator().addFault({ on: 'api', kind: 'hold', times: 1 });
    const texts = ['An egret', 'A stork', 'A bittern'];
    const editor = await openDocument(texts.join('\n'));
    editor.selections = texts.map((text, line) => new vscode.Selection(line, 0, line, text.length));
    const work = generateFromSelection();
    const links = (): number => editor.document.getText().split('![').length - 1;
    await until(() => links() === 2);
    const [held, ...others] = openJobs().filter(({ state }) => state === 'submitting');
    assert.ok(held && others.length === 0, 'only the held one is left');
    await until(async () => {
      await emulator().release();
      return links() === 3;
    });
    assert.equal((await work).length, 3);
  });

  it('are on disk before the first byte leaves', async () => {
    await emulator().addFault({ on: 'api', kind: 'hold' });
    const editor = await openDocument('A swan');
    editor.selection = new vscode.Selection(0, 0, 0, 6);
    const work = generateFromSelection();
    await until(async () => (await emulator().report()).requests.length > 0);
    const job = openJobs().find(({ state }) => state === 'submitting');
    assert.ok(job);
    const text = readFileSync(path.join(storage(), 'jobs', 'open', `${job.id}.json`), 'utf8');
    for (const part of ['A swan', '/open/v1/', editor.document.uri.toString(), '"planned"'])
      assert.ok(text.includes(part), part);
    await until(async () => {
      await emulator().release();
      return !openJobs().some(({ id }) => id === job.id);
    });
    assert.equal((await work).length, 1);
  });
});

describe('the log', () => {
  it('has no key, wherever in an error it stands', () => {
    const lines: string[] = [];
    const channel = {
      info: (line: string) => lines.push(line),
      error: (line: string) => lines.push(line),
    } as unknown as vscode.LogOutputChannel;
    const key = 'canary-0123456789';
    const log = createLog(channel, [key]);
    log.info(`asked with ${key}`);
    log.error(
      new Error(`refused ${key}`, {
        cause: new Error(`because of ${key}`, { cause: { toString: () => `deep ${key}` } }),
      }),
    );
    log.error({ toString: () => `thrown ${key}` });
    log.error(new Error('Authorization: Bearer sk-someone-elses-key-0123456789'));
    assert.ok(lines.length >= 4 && lines.join('\n').includes('because of'));
    assert.doesNotMatch(lines.join('\n'), /canary|someone-elses/);
  });
});
