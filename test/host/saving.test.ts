import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  emulator,
  exists,
  folder,
  generateFromSelection,
  openDocument,
  openJobs,
  select,
  storage,
  TemporarySettings,
  type Delivered,
} from './support';

const TEXT = 'A kite over the dunes';

async function draw(
  options?: Parameters<typeof openDocument>[1],
  text = TEXT,
): Promise<{ editor: vscode.TextEditor; images: Delivered[] }> {
  const editor = await openDocument(text, options);
  select(editor, text);
  return { editor, images: await generateFromSelection() };
}

function pathIn(where: vscode.Uri, { uri }: Delivered): string {
  return vscode.Uri.parse(uri).path.slice(where.path.length);
}

describe('an image is saved', () => {
  const settings = new TemporarySettings();
  afterEach(async () => {
    await settings.restore();
    await vscode.workspace
      .getConfiguration('markdown')
      .update('copyFiles.destination', undefined, vscode.ConfigurationTarget.Workspace);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of ['alpha', 'beta'] as const) {
      const assets = vscode.Uri.joinPath(folder(name), 'assets');
      if (await exists(assets)) await vscode.workspace.fs.delete(assets, { recursive: true });
    }
  });

  it('in the workspace folder of its document', async () => {
    const { editor, images } = await draw({ where: folder('beta') });
    assert.equal(pathIn(folder('beta'), images[0] as Delivered), '/assets/a-kite-over-the-dunes.png');
    assert.equal(editor.document.getText(), `${TEXT} ![${TEXT}](../assets/a-kite-over-the-dunes.png)`);
  });

  it('beside its document with ./', async () => {
    await settings.set({ 'pictor.assetsFolder': './img' });
    const { editor } = await draw();
    assert.equal(editor.document.getText(), `${TEXT} ![${TEXT}](img/a-kite-over-the-dunes.png)`);
  });

  it('where VS Code puts pasted files, when only that is set', async () => {
    await vscode.workspace
      .getConfiguration('markdown')
      .update(
        'copyFiles.destination',
        { '/test-*/**': 'pasted/${documentBaseName}/' },
        vscode.ConfigurationTarget.Workspace,
      );
    const { editor } = await draw();
    assert.equal(editor.document.getText(), `${TEXT} ![${TEXT}](pasted/text/a-kite-over-the-dunes.png)`);
    await settings.set({ 'pictor.assetsFolder': 'ours' });
    const ours = await draw();
    assert.equal(ours.editor.document.getText(), `${TEXT} ![${TEXT}](../ours/a-kite-over-the-dunes.png)`);
  });

  it('under a name of its own, also when ten of one prompt land at once', async () => {
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(folder('alpha'), 'assets/a-kite-over-the-dunes.png'),
      new TextEncoder().encode('mine'),
    );
    const lines = Array.from({ length: 10 }, () => TEXT);
    const editor = await openDocument(lines.join('\n'));
    editor.selections = lines.map((_, line) => new vscode.Selection(line, 0, line, TEXT.length));
    const images = await generateFromSelection();
    assert.deepEqual(
      images.map((image) => pathIn(folder('alpha'), image)).sort(),
      Array.from({ length: 10 }, (_, index) => `/assets/a-kite-over-the-dunes-${index + 1}.png`).sort(),
    );
    const old = await vscode.workspace.fs.readFile(
      vscode.Uri.joinPath(folder('alpha'), 'assets/a-kite-over-the-dunes.png'),
    );
    assert.equal(new TextDecoder().decode(old), 'mine');
    const names = (await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(folder('alpha'), 'assets'))).map(
      ([name]) => name,
    );
    assert.equal(names.length, 11, names.join());
    for (const line of editor.document.getText().split('\n'))
      assert.match(line, /^A kite over the dunes !\[.*\]\(\.\.\/assets\/.*\.png\)$/);
  });

  it('with the extension of its bytes, whatever was asked for', async () => {
    await emulator().reset();
    await settings.set({ 'pictor.outputFormat': 'webp', 'pictor.responseFormat': 'b64_json' });
    const { images } = await draw();
    assert.equal(pathIn(folder('alpha'), images[0] as Delivered), '/assets/a-kite-over-the-dunes.webp');
    assert.equal(images[0]?.mediaType, 'image/webp');
  });

  it('under a name in any script', async () => {
    for (const [text, name] of [
      ['雨中的灯塔', '雨中的灯塔'],
      ["İstanbul'da köprü", 'istanbulda-köprü'],
      ['🐱🌈', '🐱🌈'],
    ] as const) {
      const { editor, images } = await draw(undefined, text);
      assert.equal(decodeURIComponent(pathIn(folder('alpha'), images[0] as Delivered)), `/assets/${name}.png`);
      assert.ok(editor.document.getText().endsWith(`](../assets/${name}.png)`), editor.document.getText());
    }
  });

  it('not where a file stands in the place of the folder: it stays with Pictor until it has a place', async () => {
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(folder('alpha'), 'assets'),
      new TextEncoder().encode('a file'),
    );
    const { editor, images } = await draw();
    assert.deepEqual(images, []);
    assert.equal(editor.document.getText(), TEXT);
    const [job] = openJobs();
    const staged = job?.images[0]?.source;
    assert.deepEqual([job?.state, job?.error?.kind, staged?.kind], ['delivered', 'notSaved', 'staged']);
    assert.ok(await exists(vscode.Uri.file(path.join(storage(), 'staging', job?.id ?? '', staged?.name ?? ''))));
  });

  for (const [name, value] of Object.entries({
    'pictor.assetsFolder': '../../outside',
    'pictor.fileName': '${nothing}',
    'pictor.size': '12',
  })) {
    it(`not at all, and nothing is asked for, when ${name} is ${JSON.stringify(value)}`, async () => {
      await emulator().reset();
      await settings.set({ [name]: value });
      assert.deepEqual((await draw()).images, []);
      assert.deepEqual((await emulator().report()).requests, []);
      await settings.restore();
      assert.equal((await draw()).images.length, 1, 'it was that setting alone');
      assert.equal((await emulator().report()).ledger.length, 1);
    });
  }
});
