import assert from 'node:assert/strict';
import path from 'node:path';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { waitFor } from '../runner/waitFor';
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

const KITE = 'A red kite over the dunes.';

describe('the form', () => {
  let session: Session;
  let emulator: Emulator;
  let form: FormPage;

  before(async () => {
    emulator = await startEmulator();
    session = await takeSession({ files: { 'README.md': '' }, settings: { 'files.hotExit': 'onExit' } });
    session.window.page.on('dialog', (dialog) => void dialog.accept());
    await session.workbench.open(path.join(session.window.folder, 'README.md'));
    form = await FormPage.open(session);
  });
  after(async () => {
    await releaseSession(session);
    await emulator.close();
  });
  beforeEach(() => openDocument(session, 'README.md', `${KITE}\n`));
  afterEach(async () => {
    emulator.state.reset();
    await form.putInOrder();
  });
  putInOrderAfterEach(() => session);

  /** Shows the values of a provider and a model. */
  async function show(provider: string, model: string): Promise<void> {
    await form.chooseProvider(provider);
    await form.chooseModel(model);
  }

  const cursorAtEnd = (): Promise<void> =>
    session.driver.evaluate((vscode) => {
      const editor = vscode.window.activeTextEditor;
      if (!editor) throw new Error('no editor');
      const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
      editor.selection = new vscode.Selection(end, end);
    });

  it('draws a placeholder with the keyboard alone, and inserts it at the cursor', async () => {
    const { workbench } = session;
    await cursorAtEnd();
    await form.prompt.focus();
    await form.page.keyboard.type('A paper boat');
    await form.frame.getByText('Will be saved as assets/a-paper-boat.svg').waitFor();
    await form.frame.getByText('at the cursor in README.md').waitFor();
    await form.frame.getByText('Placeholders are drawn here at once').waitFor();
    await form.page.keyboard.press('Control+Enter');
    await workbench.waitForLine((line) => line === '![A paper boat](assets/a-paper-boat.svg)');
    await form.frame.getByRole('button', { name: 'A paper boat' }).waitFor();
    await form.frame.getByRole('status').getByText('The picture is saved.').waitFor({ state: 'attached' });
    // The focus stays where the user left it, and so does what was typed.
    assert.equal(await form.evaluate('document.activeElement.id'), 'prompt');
    assert.equal(await form.prompt.inputValue(), 'A paper boat');
    await form.frame.getByText('Will be saved as assets/a-paper-boat-1.svg').waitFor();
    await form.frame.getByText('You asked for exactly this less than a minute ago.').waitFor();
    assert.deepEqual(emulator.state.requests, []);
  });

  it('walks through what was asked before with Up and Down', async () => {
    await form.make('A tin soldier');
    await form.prompt.fill('Not yet');
    // The first one leads to the beginning of the text.
    await form.page.keyboard.press('ArrowUp');
    await form.page.keyboard.press('ArrowUp');
    await waitFor('the earlier prompt', async () => (await form.prompt.inputValue()) === 'A tin soldier');
    await form.page.keyboard.press('Control+End');
    await form.page.keyboard.press('ArrowDown');
    await waitFor('what was typed', async () => (await form.prompt.inputValue()) === 'Not yet');
  });

  it('takes the selection, once or for as long as it is followed, and puts the link beside it', async () => {
    const { workbench } = session;
    await writeDocument(session, `${KITE}\n\nA lighthouse at dusk.\n`);
    await workbench.select(KITE);
    await form.button('Use selection').click();
    await waitFor('the selection', async () => (await form.prompt.inputValue()) === KITE);
    await form.frame.getByText('beside the selection in README.md').waitFor();
    const follow = form.frame.getByLabel('Follow the selection');
    // The box shows what the host says: an answer that was under way when it was pressed may come in between.
    await follow.click();
    await waitFor('the checked box', () => follow.isChecked());
    await workbench.select('A lighthouse at dusk.');
    await waitFor('the next selection', async () => (await form.prompt.inputValue()) === 'A lighthouse at dusk.');
    await form.generate.click();
    await workbench.waitForLine(
      (line) => line === 'A lighthouse at dusk. ![A lighthouse at dusk.](assets/a-lighthouse-at-dusk.svg)',
    );
    await follow.click();
    await waitFor('the empty box', async () => !(await follow.isChecked()));
  });

  it('shows only what a model takes, keeps the rest aside, and says why something cannot be chosen', async () => {
    await show('openai', 'dall-e-3');
    assert.deepEqual(await form.field('Quality').locator('option').allInnerTexts(), [
      'Default',
      'standard',
      'fine (hd)',
    ]);
    assert.deepEqual(await form.field('Size').locator('option').allInnerTexts(), [
      'Default',
      'Square · 1024 × 1024',
      'Landscape · 1792 × 1024',
      'Portrait · 1024 × 1792',
    ]);
    await form.field('Quality').selectOption('hd');
    await form.field('Size').selectOption('1024x1024');
    await form.chooseModel('gpt-image-1.5');
    await waitFor('another model’s values', async () => (await form.field('Quality').inputValue()) === '');
    await form.frame.getByText('Kept aside for other models: Quality').waitFor();
    await form.openOptions();
    assert.equal(await form.field('Compression').isDisabled(), true);
    await form.field('Format').selectOption('jpeg');
    await form.frame.getByText('Background').waitFor();
    await waitFor(
      'the reason',
      async () =>
        (await form
          .field('Background')
          .locator('option', { hasText: 'transparent – needs Format: png or webp' })
          .count()) === 1,
    );
    assert.equal(await form.field('Background').locator('option[value=transparent]').isDisabled(), true);
    assert.equal(await form.field('Compression').isDisabled(), false);
    await screenshot(session, 'form-more-options');
    await form.chooseModel('dall-e-3');
    await waitFor('the value that was kept', async () => (await form.field('Quality').inputValue()) === 'hd');
    assert.equal(await form.frame.getByText('Compression').count(), 0);
  });

  it('takes a size of the user’s own where the model does, and says the rule', async () => {
    await show('openai', 'gpt-image-2');
    await form.field('Size').selectOption('other');
    const other = form.frame.getByLabel('Width × height in pixels');
    await other.fill('1000x1000');
    await other.press('Tab');
    await waitFor('the refusal', async () => (await other.getAttribute('aria-invalid')) === 'true');
    await form.frame.getByText('1000x1000 is not sent. It must be: any WIDTHxHEIGHT (both multiples of 16').waitFor();
    await other.fill('1536 × 864');
    await other.press('Tab');
    await waitFor(
      'the size',
      async () => (await other.inputValue()) === '1536x864' && (await other.getAttribute('aria-invalid')) === 'false',
    );
    // Another model puts it aside, and this one brings it back.
    await form.chooseModel('gpt-image-1.5');
    await waitFor('the other model', async () => (await form.field('Size').inputValue()) === '');
    await form.chooseModel('gpt-image-2');
    await waitFor('the size again', async () => (await other.inputValue()) === '1536x864');
  });

  it('commits a value with Enter, and sends nothing by that', async () => {
    await show('openai', 'gpt-image-2');
    await form.prompt.fill(KITE);
    const images = form.field('Number of pictures');
    await images.fill('3');
    await images.press('Enter');
    await form.button('Generate 3').waitFor();
    await images.fill('15');
    await form.generate.click();
    assert.equal(
      await form.evaluate('document.activeElement.id'),
      'field-n',
      'what cannot be is shown, and not left out',
    );
    await images.fill('1');
    await images.press('Enter');
    await form.frame.getByRole('button', { name: /^Generate( ·|$)/ }).waitFor();
    assert.equal(await form.frame.locator('article.card').count(), 0);
    assert.deepEqual(storedFiles(session, 'jobs/open'), []);
  });

  it('copies the request as a program, without the key', async () => {
    await show('openai', 'gpt-image-2');
    await form.field('Size').selectOption('other');
    await form.frame.getByLabel('Width × height in pixels').fill('1536x864');
    await form.frame.getByLabel('Width × height in pixels').press('Tab');
    await waitFor('the size', async () => (await form.field('Size').inputValue()) === 'other');
    await form.prompt.fill(KITE);
    await form.button('Copy as…').click();
    await session.workbench.row('cURL').click();
    const text = await waitFor('the clipboard', () =>
      session.driver.evaluate((vscode) =>
        vscode.env.clipboard.readText().then((copied) => copied.startsWith('curl') && copied),
      ),
    );
    assert.match(
      text,
      /https:\/\/api\.openai\.com\/v1\/images\/generations[\s\S]*Bearer '"\$OPENAI_API_KEY"[\s\S]*"size": "1536x864"/,
    );
  });

  it('takes no address of another provider', async () => {
    await session.driver.configure('pictor.baseUrl', 'https://gateway.example/v1');
    await session.driver.configure('pictor.provider', 'openai');
    await waitFor('the setting', async () => (await form.field('Provider').inputValue()) === 'openai');
    await form.chooseProvider('cometapi');
    await form.prompt.fill(KITE);
    await form.button('Copy as…').click();
    await session.workbench.row('Python').click();
    const text = await waitFor('the clipboard', () =>
      session.driver.evaluate((vscode) =>
        vscode.env.clipboard.readText().then((copied) => copied.includes('COMETAPI_API_KEY') && copied),
      ),
    );
    assert.ok(text.includes('"https://api.cometapi.com/v1/images/generations"'), text);
  });

  it('shows what a style makes of the prompt', async () => {
    await show('openai', 'gpt-image-2');
    await form.prompt.fill(KITE);
    await form.field('Prompt style').selectOption('Watercolor');
    await form.frame.getByText('What will be sent').click();
    await form.frame.getByText('A red kite over the dunes, as a loose watercolor painting').waitFor();
    // They count towards the limit of the model.
    const sent = await form.frame.locator('.sent').textContent();
    await form.frame.locator('#prompt-count', { hasText: `${sent?.length} ` }).waitFor();
  });

  it('says that no link is inserted where the settings want none', async () => {
    await session.driver.configure('pictor.insert', 'none');
    const box = form.frame.getByRole('checkbox', { name: /^Insert the link/ });
    await waitFor('the setting', async () => (await box.isDisabled()) && !(await box.isChecked()));
    await form.frame.getByText('The setting pictor.insert wants no links.').waitFor();
    await session.driver.configure('pictor.insert', undefined);
    await waitFor('the setting, taken back', () => box.isChecked());
  });

  it('is the settings’ again with Reset, and becomes them with Save as default', async () => {
    await form.chooseProvider('openai');
    await form.button('Reset').click();
    await waitFor('the setting', async () => (await form.field('Provider').inputValue()) === 'placeholder');
    await form.field('Prompt style').selectOption('Photograph');
    await form.button('Save as default').click();
    await waitFor('the setting', () =>
      session.driver.evaluate(
        (vscode) => vscode.workspace.getConfiguration('pictor').get('promptStyle') === 'Photograph',
      ),
    );
    await form.button('Reset').waitFor({ state: 'detached' });
  });

  it('leaves the settings of a provider alone that was only left for a look at another one', async () => {
    for (const [name, value] of Object.entries({
      provider: 'openai',
      baseUrl: 'https://gateway.example/v1',
      model: 'dall-e-3',
    }))
      await session.driver.configure(`pictor.${name}`, value);
    await waitFor(
      'the settings',
      async () =>
        (await form.field('Provider').inputValue()) === 'openai' && (await form.model.inputValue()) === 'dall-e-3',
    );
    await form.chooseProvider('lemondata');
    await form.chooseProvider('openai');
    await waitFor('the model of the settings', async () => (await form.model.inputValue()) === 'dall-e-3');
    await form.field('Quality').selectOption('hd');
    await form.button('Save as default').click();
    const saved = await waitFor('the setting', () =>
      session.driver.evaluate((vscode) => {
        const section = vscode.workspace.getConfiguration('pictor');
        return (
          section.get('quality') === 'hd' && [section.get('provider'), section.get('baseUrl'), section.get('model')]
        );
      }),
    );
    assert.deepEqual(saved, ['openai', 'https://gateway.example/v1', 'dall-e-3']);
  });
});
