import assert from 'node:assert/strict';
import path from 'node:path';
import { existsSync, readdirSync } from 'node:fs';
import * as vscode from 'vscode';
import { readEmbeddedRecipe } from '../../src/core/recipe/pngRecipe';
import { parseRecipe } from '../../src/core/recipe/recipe';
import {
  emulator,
  exists,
  folder,
  generateFromSelection,
  openDocument,
  select,
  storage,
  TemporarySettings,
  type Delivered,
} from './support';

const TEXT = 'A heron at dawn.';

async function draw(): Promise<Delivered> {
  const editor = await openDocument(TEXT);
  select(editor, TEXT);
  const [image] = await generateFromSelection();
  assert.ok(image);
  return image;
}

function doneJobs(): number {
  const directory = path.join(storage(), 'jobs', 'done');
  return existsSync(directory) ? readdirSync(directory).length : 0;
}

const sidecarOf = ({ uri }: Delivered): vscode.Uri => vscode.Uri.parse(`${uri}.json`);

async function read(uri: vscode.Uri): Promise<Buffer> {
  return Buffer.from(await vscode.workspace.fs.readFile(uri));
}

describe('the recipe of an image', () => {
  const settings = new TemporarySettings();
  afterEach(async () => {
    await settings.restore();
    await emulator().reset();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const assets = vscode.Uri.joinPath(folder('alpha'), 'assets');
    if (await exists(assets)) await vscode.workspace.fs.delete(assets, { recursive: true });
  });

  it('is in the history, and in no file, by default', async () => {
    const before = doneJobs();
    const image = await draw();
    assert.equal(await exists(sidecarOf(image)), false);
    assert.equal(readEmbeddedRecipe(await read(vscode.Uri.parse(image.uri))), undefined);
    assert.equal(doneJobs(), before + 1);
  });

  it('is beside the image with sidecar, with the words of the style apart from the user’s, and never touches a file that is there', async () => {
    await settings.set({
      'pictor.recipe': 'sidecar',
      'pictor.promptStyle': 'Ink',
      'pictor.styles': { Ink: ', in ink' },
    });
    const image = await draw();
    const recipe = parseRecipe((await read(sidecarOf(image))).toString('utf8'));
    assert.deepEqual(
      [recipe?.prompt, recipe?.sentPrompt, recipe?.style, recipe?.model, recipe?.values, recipe?.size],
      [TEXT, 'A heron at dawn, in ink', 'Ink', 'any', { size: '64x64' }, '64x64'],
    );
    assert.ok(image.link.startsWith(`![${TEXT}]`), 'the style is no part of the alternative text');
    assert.deepEqual(
      (await emulator().report()).ledger.map(({ prompt }) => prompt),
      ['A heron at dawn, in ink'],
    );
    const next = vscode.Uri.joinPath(folder('alpha'), 'assets', 'a-heron-at-dawn-1.png.json');
    await vscode.workspace.fs.writeFile(next, Buffer.from('mine'));
    const second = await draw();
    assert.equal(sidecarOf(second).path, next.path);
    assert.equal((await read(next)).toString('utf8'), 'mine');
  });

  it('is in a PNG with embedded, and beside another kind of image', async () => {
    await settings.set({ 'pictor.recipe': 'embedded' });
    const png = await draw();
    assert.equal(readEmbeddedRecipe(await read(vscode.Uri.parse(png.uri)))?.prompt, TEXT);
    assert.equal(await exists(sidecarOf(png)), false);
    await settings.set({ 'pictor.outputFormat': 'webp', 'pictor.responseFormat': 'b64_json' });
    const webp = await draw();
    assert.equal(webp.mediaType, 'image/webp');
    assert.equal(parseRecipe((await read(sidecarOf(webp))).toString('utf8'))?.prompt, TEXT);
  });

  it('is nowhere with none, and neither is its job', async () => {
    const before = doneJobs();
    await settings.set({ 'pictor.recipe': 'none' });
    const image = await draw();
    assert.equal(image.inserted, true);
    assert.equal(doneJobs(), before);
    assert.equal(await exists(sidecarOf(image)), false);
  });
});
