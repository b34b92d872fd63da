import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { waitFor } from '../runner/waitFor';
import { findNoBarriers } from './accessibility';
import { FormPage } from './formPage';
import {
  openDocument,
  putInOrderAfterEach,
  releaseSession,
  screenshot,
  storedFiles,
  takeSession,
  writeDocument,
  type Session,
} from './session';

describe('the gallery', () => {
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

  const inAssets = (name: string): string => path.join(session.window.folder, 'assets', name);

  async function make(...prompts: readonly string[]): Promise<void> {
    for (const prompt of prompts) {
      await form.make(prompt);
      await session.workbench.waitForLine((line) => line.includes(`![${prompt}]`));
    }
  }

  /** Presses a button of VS Code's question, and the one after it: there is no trash here. */
  async function confirmDelete(): Promise<void> {
    const dialog = session.window.page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: 'Move to Trash' }).click();
    await dialog.getByRole('button', { name: 'Delete Permanently' }).click();
  }

  it('shows thumbnails, the newest first, and keeps them', async () => {
    const prompts = ['A first swan', 'A second swan', 'A third swan'];
    await make(...prompts);
    const swans = async (): Promise<string[]> => (await form.imageNames()).filter((name) => name.endsWith('swan'));
    await waitFor('the thumbnails', async () => (await swans()).length === 3);
    assert.deepEqual(await swans(), [...prompts].reverse());
    await waitFor('the kept thumbnails', () => storedFiles(session, 'thumbnails').length >= 3);
    for (const file of storedFiles(session, 'thumbnails'))
      assert.equal(readFileSync(file).toString('latin1', 8, 12), 'WEBP');
  });

  it('is searched in prompts', async () => {
    await make('A canal boat', 'A mountain hut');
    const search = form.frame.getByRole('searchbox', { name: 'Search in prompts' });
    await search.fill('canal');
    await waitFor('the picture', async () => JSON.stringify(await form.imageNames()) === '["A canal boat"]');
    await search.fill('nothing of the kind');
    await form.frame.getByText('No picture is found.').waitFor();
    await search.fill('');
    await waitFor('all pictures', async () => (await form.imageNames()).includes('A mountain hut'));
  });

  it('is filtered by the document that asked, until the view is shown anew', async () => {
    await make('A picture of the first document');
    await session.driver.evaluate(async (vscode) => {
      const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/'), 'second.md');
      await vscode.workspace.fs.writeFile(uri, new Uint8Array());
      await vscode.window.showTextDocument(uri, { preview: false });
    });
    await make('A grey cloud');
    await form.frame.getByLabel('Document', { exact: true }).selectOption({ label: 'second.md' });
    await waitFor('its pictures', async () => JSON.stringify(await form.imageNames()) === '["A grey cloud"]');
    await session.driver.execute('workbench.view.explorer');
    form = await FormPage.open(session);
    await waitFor('all pictures', async () => (await form.imageNames()).includes('A picture of the first document'));
    assert.equal(await form.frame.getByLabel('Document', { exact: true }).inputValue(), '');
  });

  it('is walked through with the arrow keys', async () => {
    await make('A step at the end', 'A step between', 'A step at the start');
    await form.image('A step at the start').focus();
    await form.page.keyboard.press('ArrowRight');
    await form.page.keyboard.press('ArrowRight');
    const focused = (): Promise<string> => form.evaluate('document.activeElement.querySelector("img")?.alt ?? ""');
    await waitFor('the last one', async () => (await focused()) === 'A step at the end');
    await form.page.keyboard.press('Home');
    await waitFor('the first one', async () => (await focused()) === 'A step at the start');
    await form.page.keyboard.press('Enter');
    await form.action('Back').waitFor();
    await form.page.keyboard.press('Escape');
    await form.action('Back').waitFor({ state: 'detached' });
    await waitFor('the focus where it was', async () => (await focused()) === 'A step at the start');
  });

  it('tells all about an image, with the documents that link to it', async () => {
    await make('A red kite');
    mkdirSync(path.join(session.window.folder, 'docs'), { recursive: true });
    writeFileSync(
      path.join(session.window.folder, 'docs', 'other.html'),
      '<p><img src="../assets/a-red-kite.svg" alt="kite"></p>\n',
    );
    await form.show('A red kite');
    const facts = form.frame.locator('.facts');
    await facts.getByRole('button', { name: 'README.md' }).waitFor();
    await facts.getByRole('button', { name: 'docs/other.html' }).waitFor();
    const text = await facts.innerText();
    for (const fact of [
      'A red kite',
      'Placeholder, placeholder',
      'image/svg+xml, 1024 × 1024',
      'assets/a-red-kite.svg',
    ])
      assert.ok(text.includes(fact), fact);
    await waitFor(
      'the picture',
      async () => (await form.evaluate<number>('document.querySelector("img.whole")?.naturalWidth ?? 0')) > 0,
    );
    await screenshot(session, 'gallery-picture');
  });

  it('copies the link', async () => {
    await make('A copied link');
    await form.show('A copied link');
    await form.action('Copy Link').click();
    await waitFor('the link', () =>
      session.driver.evaluate((vscode) =>
        vscode.env.clipboard.readText().then((text) => text === '![A copied link](assets/a-copied-link.svg)'),
      ),
    );
  });

  it('renames an image, and every link follows, in documents that are open and in others', async () => {
    await make('A box kite');
    const page = path.join(session.window.folder, 'page.html');
    writeFileSync(page, '<p><img src="assets/a-box-kite.svg" alt="kite"></p>\n');
    await session.driver.execute('workbench.action.files.save');
    await form.show('A box kite');
    await form.action('Rename…').click();
    await session.workbench.answer('Rename Picture', 'Kite & co');
    await form.frame.getByRole('heading', { name: 'Kite & co.svg' }).waitFor();
    await session.workbench.waitForLine((line) => line.includes('(assets/Kite%20%26%20co.svg)'));
    await waitFor('the other document', () => readFileSync(page, 'utf8').includes('src="assets/Kite%20%26%20co.svg"'));
    assert.ok(existsSync(inAssets('Kite & co.svg')));
    await form.frame.locator('.facts').getByRole('button', { name: 'page.html' }).waitFor();
  });

  it('gives back the prompt', async () => {
    await make('A prompt to use');
    await form.prompt.fill('Something else');
    await form.show('A prompt to use');
    await form.action('Use prompt').click();
    await waitFor('the prompt', async () => (await form.prompt.inputValue()) === 'A prompt to use');
    await waitFor('the focus', async () => (await form.evaluate('document.activeElement.id')) === 'prompt');
  });

  it('gives back everything', async () => {
    await form.field('Size').selectOption('1536x1024');
    await make('A wide hill');
    await form.field('Size').selectOption('');
    await form.prompt.fill('Something else');
    await form.show('A wide hill');
    await form.action('Use everything').click();
    await waitFor('the size', async () => (await form.field('Size').inputValue()) === '1536x1024');
    assert.equal(await form.prompt.inputValue(), 'A wide hill');
  });

  it('compares two images side by side', async () => {
    await make('A left side', 'A right side');
    await form.image('A left side').click({ modifiers: ['Control'] });
    await form.frame.getByText('Choose the picture to compare with.').waitFor();
    await form.image('A right side').click();
    await waitFor(
      'both pictures',
      async () =>
        (await form.evaluate<number>(
          '[...document.querySelectorAll("img.whole")].filter(({ naturalWidth }) => naturalWidth > 0).length',
        )) === 2,
    );
    await screenshot(session, 'gallery-compare');
  });

  it('lets an image be dragged into a document', async () => {
    await make('A green hill');
    await writeDocument(session, 'Here:\n\n\n\nEnd.\n');
    const to = await waitFor(
      'the last line',
      async () => (await session.window.page.locator('.view-line', { hasText: 'End.' }).boundingBox()) ?? false,
    );
    // The automated browser does not carry a drag out of a frame, so its two ends are joined here: what our image
    // puts into the drag is what VS Code's editor gets.
    await waitFor('the thumbnail', async () => (await form.imageNames()).includes('A green hill'));
    const dragged = await form.evaluate<Record<string, string>>(`(() => {
      const data = new DataTransfer();
      const event = new DragEvent('dragstart', { dataTransfer: data, bubbles: true, cancelable: true });
      document.querySelector('.grid img[alt="A green hill"]').closest('button').dispatchEvent(event);
      return Object.fromEntries([...data.types].map((type) => [type, data.getData(type)]));
    })()`);
    assert.ok(dragged['application/vnd.pictor.pictures']);
    await session.window.page.evaluate(`(() => {
      const data = new DataTransfer();
      for (const [type, value] of Object.entries(${JSON.stringify(dragged)})) data.setData(type, value);
      const at = { clientX: ${to.x + 2}, clientY: ${to.y + 8}, dataTransfer: data, bubbles: true, cancelable: true, composed: true };
      const target = document.elementFromPoint(at.clientX, at.clientY);
      for (const type of ['dragenter', 'dragover', 'drop', 'dragend']) target.dispatchEvent(new DragEvent(type, at));
    })()`);
    await session.workbench.waitForLine((line) => line.includes('![A green hill](assets/a-green-hill.svg)'));
  });

  it('deletes an image once the user knows where it is linked', async () => {
    await make('A sand castle');
    await session.workbench.waitForLine((line) => line.includes('a-sand-castle.svg'));
    await form.show('A sand castle');
    await form.action('Delete…').click();
    await session.window.page.locator('.monaco-dialog-box').getByText('Linked from: README.md.').waitFor();
    await screenshot(session, 'gallery-delete');
    await confirmDelete();
    await form.prompt.waitFor();
    await waitFor('its end', async () => !(await form.imageNames()).includes('A sand castle'));
    assert.ok(!existsSync(inAssets('a-sand-castle.svg')));
  });

  it('says of an image whose file is gone that it is', async () => {
    await make('A lost picture');
    await session.driver.execute('workbench.view.explorer');
    unlinkSync(inAssets('a-lost-picture.svg'));
    form = await FormPage.open(session);
    await form.show('A lost picture');
    await form.frame.getByText('The file is not there any more').waitFor();
    await findNoBarriers(form, 'a picture that is gone');
  });

  it('reads the recipe of a file that is dropped on it', async () => {
    const recipe = {
      pictor: 1,
      prompt: 'From elsewhere',
      provider: 'openai',
      service: 'OpenAI',
      model: 'gpt-image-1',
      values: { size: '1536x1024', provider: 'x' },
      style: 'Nowhere',
      sentPrompt: 'From elsewhere, in no style',
      createdAt: '2026-01-01T00:00:00.000Z',
    };
    const drop = (name: string, text: string): Promise<unknown> =>
      form
        .evaluate(
          `(() => {
        const data = new DataTransfer();
        data.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
        const target = document.querySelector('.drop');
        for (const type of ['dragenter', 'dragover', 'drop']) target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
      })()`,
        )
        .then(() => session.window.page.evaluate('window.dispatchEvent(new DragEvent("dragend"))'));
    await drop('nothing.png', 'no picture');
    await form.frame.getByText('There is no recipe of Pictor’s in it or beside it.').waitFor();
    await drop('picture.png.json', JSON.stringify(recipe));
    await form.frame.getByText('Recipe of picture.png.json').waitFor();
    await screenshot(session, 'gallery-recipe');
    await findNoBarriers(form, 'a recipe');
    // VS Code hears of the drag within the frame a little later, and keeps the pointer from it until the drag has
    // ended.
    await waitFor('the end of the drag', async () => {
      await session.window.page.evaluate('window.dispatchEvent(new DragEvent("dragend"))');
      return form
        .button('Use everything')
        .click({ timeout: 3000 })
        .then(
          () => true,
          () => false,
        );
    });
    await waitFor('the prompt', async () => (await form.prompt.inputValue()) === 'From elsewhere, in no style');
    await waitFor('the model', async () => (await form.model.inputValue()) === 'gpt-image-1');
    await form.frame.getByText(/^gpt-image-1 ended on /).waitFor();
    await form.button('Use gpt-image-2.6-flare').waitFor();
    assert.equal(await form.field('Size').inputValue(), '1536x1024');
  });
});
