import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { waitFor } from '../runner/waitFor';
import { FormPage } from './formPage';
import { openDocument, putInOrderAfterEach, releaseSession, storedFiles, takeSession, type Session } from './session';

describe('the gallery while images come and change', () => {
  let session: Session;
  let form: FormPage;

  before(async () => {
    session = await takeSession({ files: { 'README.md': '' } });
    await session.workbench.open(path.join(session.window.folder, 'README.md'));
    form = await FormPage.open(session);
  });
  after(() => releaseSession(session));
  beforeEach(() => openDocument(session, 'README.md', '\n'));
  afterEach(() => form.putInOrder());
  putInOrderAfterEach(() => session);

  it('makes more of the same', async () => {
    await form.make('A blue boat');
    await form.show('A blue boat');
    await form.frame.getByLabel('Number of variations').fill('2');
    await form.frame.getByLabel('Number of variations').press('Tab');
    await form.action('Generate 2 variations').click();
    await form.action('Back').click();
    await waitFor(
      'the variations',
      async () => (await form.imageNames()).filter((name) => name === 'A blue boat').length === 3,
    );
    await form.card('A blue boat').getByRole('button', { name: 'Keep All' }).waitFor();
  });

  it('makes the same again with the words of its style, which are not the image’s name', async () => {
    await session.driver.configure('pictor.promptStyle', 'Watercolor');
    await waitFor('the style', async () => (await form.field('Prompt style').inputValue()) === 'Watercolor');
    await form.ask('An owl.');
    await form.image('An owl.').waitFor();
    await session.driver.configure('pictor.promptStyle', undefined);
    await waitFor('no style', async () => (await form.field('Prompt style').inputValue()) === '');
    await form.show('An owl.');
    await form.action('Generate again').click();
    await form.action('Back').click();
    await waitFor(
      'the second one',
      async () => (await form.imageNames()).filter((name) => name === 'An owl.').length === 2,
    );
    const sent = storedFiles(session, 'jobs/done')
      .map((file) => readFileSync(file, 'utf8'))
      .filter((record) => record.includes('"prompt":"An owl, as a loose watercolor'));
    assert.equal(sent.length, 2);
  });

  it('keeps the focus on an image while others arrive', async () => {
    await form.make('A green hill');
    await form.image('A green hill').focus();
    const focused = (): Promise<string> => form.evaluate('document.activeElement?.dataset.picture ?? ""');
    const id = await focused();
    assert.ok(id);
    await session.driver.evaluate(async (vscode) => {
      const editor = vscode.window.activeTextEditor;
      if (!editor) throw new Error('no editor is open');
      const end = new vscode.Position(editor.document.lineCount, 0);
      await editor.edit((edit) => edit.insert(end, '\n\nA yellow sun'));
      const line = editor.document.lineCount - 1;
      editor.selection = new vscode.Selection(line, 0, line, 12);
      await vscode.commands.executeCommand('pictor.generateFromSelection');
    });
    await form.image('A yellow sun').waitFor();
    await waitFor('its thumbnail', async () => (await form.imageNames()).includes('A yellow sun'));
    assert.equal(await focused(), id);
  });

  it('shows an image as it is now', async () => {
    await form.make('A grey stone');
    const source = (): Promise<string | null> =>
      form.frame.locator('.grid').getByRole('img', { name: 'A grey stone' }).getAttribute('src');
    const before = await waitFor('the thumbnail', async () => (await source()) ?? false);
    const file = path.join(session.window.folder, 'assets', 'a-grey-stone.svg');
    writeFileSync(file, readFileSync(file, 'utf8').replace('</svg>', '<circle cx="50" cy="50" r="40"/></svg>'));
    await waitFor('the new thumbnail', async () => ![before, null].includes(await source()));
  });
});
