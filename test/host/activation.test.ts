import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import manifest from '../../package.json';
import words from '../../package.nls.json';
import { COMMANDS } from '../../src/host/commands/commands';
import { generateFromSelection, openDocument, select, TemporarySettings } from './support';

/** The parts of Pictor that the extension host has loaded so far. */
function loadedParts(): string[] {
  const extension = vscode.extensions.getExtension('pictor.pictor');
  assert.ok(extension);
  const folder = `${extension.extensionPath}/dist/`;
  return Object.keys(require.cache)
    .filter((file) => file.startsWith(folder))
    .map((file) => file.slice(folder.length))
    .sort();
}

describe('activation', () => {
  const settings = new TemporarySettings();
  afterEach(() => settings.restore());

  it('loads the rest with the first command, and only what that one needs', async () => {
    await vscode.extensions.getExtension('pictor.pictor')?.activate();
    assert.deepEqual(loadedParts(), ['extension.js']);
    await settings.set({ 'pictor.provider': 'placeholder' });
    const editor = await openDocument('A gull');
    select(editor, 'A gull');
    const [image] = await generateFromSelection();
    assert.equal(image?.mediaType, 'image/svg+xml');
    assert.deepEqual(loadedParts(), ['app.js', 'extension.js'], 'a placeholder needs no network code');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('registers exactly the commands of package.json, under the same names', async () => {
    const registered = (await vscode.commands.getCommands(true)).filter(
      (id) => id.startsWith('pictor.') && !id.startsWith('pictor.form.'),
    );
    assert.deepEqual(registered.sort(), COMMANDS.map(({ id }) => id).sort());
    const titleOf = (title: string): string => words[title.slice(1, -1) as keyof typeof words];
    assert.deepEqual(
      manifest.contributes.commands.map(({ command, title }) => [command, titleOf(title)]).sort(),
      COMMANDS.map(({ id, label }) => [id, label]).sort(),
    );
    // For what an earlier window left undone, and without holding up the start.
    assert.deepEqual(manifest.activationEvents, ['onStartupFinished']);
  });
});
