import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { waitFor } from '../vscode/waitFor';
import { FormPage } from './formPage';
import { openSession, screenshot, storedFiles, type Session } from './session';

describe('the gallery while pictures come and change', () => {
  let session: Session;
  let form: FormPage;

  before(async () => {
    session = await openSession({ files: { 'README.md': '\n' } });
    await session.workbench.open(path.join(session.window.folder, 'README.md'));
    form = await FormPage.open(session);
    for (const prompt of ['A blue boat', 'A green hill']) {
      await form.ask(prompt);
      await form.picture(prompt).waitFor();
    }
  });
  after(async () => {
    await session.window.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await screenshot(session, `failed-gallery-${this.currentTest.title.replace(/\W+/g, '-').slice(0, 60)}`);
    await session.workbench.clearNotifications();
  });

  it('makes more of the same', async () => {
    await form.show('A blue boat');
    await form.frame.getByLabel('Number of variations').fill('2');
    await form.frame.getByLabel('Number of variations').press('Tab');
    await form.action('Generate 2 variations').click();
    await form.action('Back').click();
    await waitFor('the variations', async () => (await form.pictureNames()).filter((name) => name === 'A blue boat').length === 3);
    await form.card('A blue boat').getByRole('button', { name: 'Keep All' }).click();
  });

  it('makes the same again with the words of its style, which are not the picture’s name', async () => {
    await session.driver.configure('pictor.promptStyle', 'Watercolor');
    await waitFor('the style', async () => (await form.field('Prompt style').inputValue()) === 'Watercolor');
    await form.ask('An owl.');
    await form.picture('An owl.').waitFor();
    await session.driver.configure('pictor.promptStyle', undefined);
    await form.show('An owl.');
    await form.action('Generate again').click();
    await form.action('Back').click();
    await waitFor('the second one', async () => (await form.pictureNames()).filter((name) => name === 'An owl.').length === 2);
    const sent = storedFiles(session, 'jobs/done').map((file) => readFileSync(file, 'utf8')).filter((record) => record.includes('"prompt":"An owl, as a loose watercolor'));
    assert.equal(sent.length, 2);
  });

  it('keeps the focus on a picture while others arrive', async () => {
    await form.picture('A green hill').focus();
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
    await form.picture('A yellow sun').waitFor();
    assert.equal(await focused(), id);
  });

  it('shows a picture as it is now', async () => {
    const source = (): Promise<string | null> => form.frame.locator('.grid').getByRole('img', { name: 'A green hill' }).getAttribute('src');
    const before = await waitFor('the thumbnail', async () => (await source()) ?? false);
    const file = path.join(session.window.folder, 'assets', 'a-green-hill.svg');
    writeFileSync(file, readFileSync(file, 'utf8').replace('</svg>', '<circle cx="50" cy="50" r="40"/></svg>'));
    await waitFor('the new thumbnail', async () => ![before, null].includes(await source()));
  });
});
