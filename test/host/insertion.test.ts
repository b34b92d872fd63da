import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  applyEdit,
  emulator,
  exists,
  folder,
  generateFromSelection,
  heldGeneration,
  openDocument,
  select,
  TemporarySettings,
  until,
} from './support';

const TEXT = 'First line.\n\nA fox in the snow. And more.\n\nLast line.\n';
const ASKED = 'A fox in the snow.';
const LINK = /!\[A fox in the snow\.\]\(\.\.\/assets\/a-fox-in-the-snow(-\d+)?\.(png|svg)\)/;

/** The document with the link where `{link}` stands. */
function assertText(document: vscode.TextDocument, expected: string): void {
  const escaped = expected.split('{link}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  assert.match(document.getText(), new RegExp(`^${escaped.join(LINK.source)}$`));
}

describe('the link', () => {
  const settings = new TemporarySettings();
  beforeEach(async () => {
    await emulator().reset();
  });
  afterEach(async () => {
    await settings.restore();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('comes after the selected text, and the image is on disk', async () => {
    const editor = await openDocument(TEXT);
    select(editor, ASKED);
    const [image] = await generateFromSelection();
    assertText(editor.document, TEXT.replace(ASKED, `${ASKED} {link}`));
    assert.ok(image?.inserted);
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(image.uri));
    assert.deepEqual([...bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
    assert.equal(bytes.length, image.bytes);
    assert.equal(image.mediaType, 'image/png');
  });

  it('leaves the selection as it was, so that the next key does not delete it', async () => {
    const editor = await openDocument(TEXT);
    select(editor, ASKED);
    await generateFromSelection();
    assert.equal(editor.document.getText(editor.selection), ASKED);
  });

  it('is where it was asked for after edits above, inside and below', async () => {
    const editor = await openDocument(TEXT);
    select(editor, ASKED);
    const { release } = await heldGeneration();
    const { document } = editor;
    await applyEdit((change) => {
      change.insert(document.uri, new vscode.Position(0, 0), 'New first line.\n');
      change.insert(document.uri, new vscode.Position(2, 6), 'red ');
      change.insert(document.uri, new vscode.Position(4, 0), 'Before the ');
    });
    await applyEdit((change) =>
      change.insert(document.uri, document.positionAt(document.getText().indexOf(' And more')), ' Typed at its end.'),
    );
    assert.equal((await release())[0]?.inserted, true);
    assertText(
      document,
      'New first line.\nFirst line.\n\nA fox red in the snow. {link} Typed at its end. And more.\n\nBefore the Last line.\n',
    );
  });

  it('is found again after the whole document was replaced around it, as formatters do', async () => {
    const editor = await openDocument(TEXT);
    select(editor, ASKED);
    const { release } = await heldGeneration();
    const { document } = editor;
    const all = new vscode.Range(new vscode.Position(0, 0), document.positionAt(document.getText().length));
    await applyEdit((change) => change.replace(document.uri, all, `# Formatted\n\n> ${ASKED}\n`));
    await release();
    assertText(document, `# Formatted\n\n> ${ASKED} {link}\n`);
  });

  it('goes into a document that is no longer visible, while another one has the focus', async () => {
    const editor = await openDocument(TEXT);
    select(editor, ASKED);
    const { release } = await heldGeneration();
    const other = await openDocument('Another document.');
    assert.ok(!vscode.window.visibleTextEditors.some(({ document }) => document === editor.document));
    await release();
    assertText(editor.document, TEXT.replace(ASKED, `${ASKED} {link}`));
    assert.equal(other.document.getText(), 'Another document.');
    assert.equal(vscode.window.activeTextEditor?.document, other.document);
  });

  it('goes away with one Undo, and nothing else does', async () => {
    const editor = await openDocument(TEXT);
    select(editor, ASKED);
    const { release } = await heldGeneration();
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await vscode.commands.executeCommand('type', { text: 'Typed. ' });
    await release();
    assertText(editor.document, `Typed. ${TEXT.replace(ASKED, `${ASKED} {link}`)}`);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), `Typed. ${TEXT}`);
    await vscode.commands.executeCommand('redo');
    assertText(editor.document, `Typed. ${TEXT.replace(ASKED, `${ASKED} {link}`)}`);
  });

  it('follows a document that is renamed meanwhile', async () => {
    const editor = await openDocument(TEXT);
    select(editor, ASKED);
    const { release } = await heldGeneration();
    const renamed = vscode.Uri.joinPath(editor.document.uri, '../renamed.md');
    const { uri } = editor.document;
    await applyEdit((change) => change.renameFile(uri, renamed));
    assert.equal((await release())[0]?.inserted, true);
    assertText(await vscode.workspace.openTextDocument(renamed), TEXT.replace(ASKED, `${ASKED} {link}`));
  });

  it('survives a change of the language, which closes and opens the document', async () => {
    const editor = await openDocument(TEXT);
    select(editor, ASKED);
    const { release } = await heldGeneration();
    await vscode.languages.setTextDocumentLanguage(editor.document, 'html');
    await release();
    assert.match(
      vscode.window.activeTextEditor?.document.getText() ?? '',
      /A fox in the snow\. <img src="\.\.\/assets\/[^"]+" alt="A fox in the snow\."> And more/,
    );
  });

  it('comes back with a text that was cut and pasted elsewhere', async () => {
    const editor = await openDocument(TEXT);
    select(editor, ASKED);
    const { release } = await heldGeneration();
    const { document } = editor;
    const from = document.positionAt(document.getText().indexOf(ASKED));
    await applyEdit((change) => change.delete(document.uri, new vscode.Range(from, from.translate(0, ASKED.length))));
    await applyEdit((change) => change.insert(document.uri, new vscode.Position(0, 0), ASKED));
    await release();
    assertText(document, `${ASKED} {link}${TEXT.replace(ASKED, '')}`);
  });

  for (const [title, vanish] of [
    [
      'its text is deleted',
      async ({ document }) => applyEdit((change) => change.delete(document.uri, new vscode.Range(1, 0, 4, 0))),
    ],
    ['its document is closed', () => vscode.commands.executeCommand('workbench.action.closeActiveEditor')],
    [
      'its document is deleted',
      async ({ document }) => {
        await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
        await vscode.workspace.fs.delete(document.uri);
      },
    ],
  ] as [string, (editor: vscode.TextEditor) => Thenable<unknown>][]) {
    it(`is not put anywhere else when ${title}; the picture is kept`, async () => {
      const editor = await openDocument(TEXT);
      select(editor, ASKED);
      const { release } = await heldGeneration();
      await vanish(editor);
      const other = await openDocument('Another document.');
      const [image] = await release();
      assert.equal(image?.inserted, false);
      assert.ok(await exists(vscode.Uri.parse(image.uri)));
      assert.doesNotMatch(editor.document.getText(), /!\[/);
      assert.equal(other.document.getText(), 'Another document.');
    });
  }

  it('is made for each of several selections, in one image each', async () => {
    const editor = await openDocument('A hen.\n\nA fox.\n\nA goose.\n');
    select(editor, 'A goose.', 'A hen.', 'A fox.');
    const images = await generateFromSelection();
    assert.equal(images.length, 3);
    const text = editor.document.getText();
    for (const [line, name] of [
      ['A hen.', 'a-hen'],
      ['A fox.', 'a-fox'],
      ['A goose.', 'a-goose'],
    ]) {
      assert.match(text, new RegExp(`^${line} !\\[${line}\\]\\(\\.\\./assets/${name}(-\\d+)?\\.png\\)$`, 'm'));
    }
    assert.equal((await emulator().report()).ledger.length, 3);
  });

  it('obeys pictor.insert', async () => {
    for (const [mode, expected] of [
      ['replace', '{link}'],
      ['below', `${ASKED} And more.\n\n{link}`],
      ['none', ASKED],
    ] as const) {
      await settings.set({ 'pictor.insert': mode });
      const editor = await openDocument(TEXT);
      select(editor, ASKED);
      await generateFromSelection();
      assertText(
        editor.document,
        mode === 'below' ? TEXT.replace(`${ASKED} And more.`, expected) : TEXT.replace(ASKED, expected),
      );
    }
  });

  it('holds all images of one request', async () => {
    await settings.set({ 'pictor.n': 3 });
    const editor = await openDocument(TEXT);
    select(editor, ASKED);
    const images = await generateFromSelection();
    assert.equal(new Set(images.map(({ uri }) => uri)).size, 3);
    assertText(editor.document, TEXT.replace(ASKED, `${ASKED} {link} {link} {link}`));
    assert.equal((await emulator().report()).ledger.length, 1);
  });

  it('has the syntax of HTML in an HTML document', async () => {
    const editor = await openDocument('<p>A fox &amp; a hen.</p>\n', { name: 'page.html' });
    select(editor, 'A fox &amp; a hen.');
    await generateFromSelection();
    assert.match(
      editor.document.getText(),
      /^<p>A fox &amp; a hen\. <img src="\.\.\/assets\/a-fox-a-hen(-\d+)?\.png" alt="A fox &amp; a hen\."><\/p>$/m,
    );
  });

  it('has the syntax of MDX in a file that VS Code takes for plain text', async () => {
    const editor = await openDocument('A **fox** {asleep}.\n', { name: 'page.mdx' });
    assert.equal(editor.document.languageId, 'plaintext');
    select(editor, 'A **fox** {asleep}.');
    await generateFromSelection();
    assert.match(
      editor.document.getText(),
      /^A \*\*fox\*\* \{asleep\}\. !\[A fox \\\{asleep\\\}\.\]\(\.\.\/assets\/a-fox-asleep(-\d+)?\.png\)\n$/,
    );
  });

  it('leads to the folder from a document that was never saved', async () => {
    const document = await vscode.workspace.openTextDocument({ content: TEXT, language: 'markdown' });
    const editor = await vscode.window.showTextDocument(document);
    select(editor, ASKED);
    const result = generateFromSelection();
    let settled = false;
    void result.then(() => (settled = true));
    await until(async () => {
      // Takes the first folder of the list that asks for one, as soon as it is there.
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return settled;
    });
    const [image] = await result;
    assert.ok(image?.uri.startsWith(`${folder('alpha').toString()}/assets/`));
    assert.match(
      document.getText(),
      /A fox in the snow\. !\[A fox in the snow\.\]\(assets\/a-fox-in-the-snow(-\d+)?\.png\) And more/,
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
