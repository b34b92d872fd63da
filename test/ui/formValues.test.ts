import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { startEmulator } from '../emulator/emulator';
import { waitFor } from '../runner/waitFor';
import { FormPage } from './formPage';
import { inSession, putInOrderAfterEach, releaseSession, takeSession, type Session } from './session';

describe('the values of the form', () => {
  let session: Session;
  let form: FormPage;

  before(async () => {
    session = await takeSession({
      files: { 'README.md': '\n' },
      settings: { 'pictor.provider': 'openai', 'pictor.model': 'gpt-image-2' },
    });
    await session.workbench.open(path.join(session.window.folder, 'README.md'));
    form = await FormPage.open(session);
  });
  after(() => releaseSession(session));
  afterEach(() => form.putInOrder());
  putInOrderAfterEach(() => session);

  it('never shows what was typed before once the value is another one', async () => {
    const images = form.field('Number of pictures');
    await images.fill('4');
    await images.press('Enter');
    await form.button('Generate 4').waitFor();
    await form.button('Reset').click();
    await form.frame.getByRole('button', { name: /^Generate( ·|$)/ }).waitFor();
    assert.equal(await images.inputValue(), '1');
    await form.field('Size').selectOption('other');
    await form.frame.getByLabel('Width × height in pixels').fill('1536x864');
    await form.frame.getByLabel('Width × height in pixels').press('Tab');
    await form.button('Reset').click();
    await waitFor('the default size', async () => (await form.field('Size').inputValue()) === '');
  });

  it('searches the models anew when one is chosen already, and leaves it as it was where nothing was chosen', async () => {
    const model = form.model;
    await model.click();
    await form.page.keyboard.type('dall');
    await form.frame.locator('.options li', { hasText: 'dall-e-3' }).waitFor();
    await form.prompt.click();
    await waitFor('the model', async () => (await model.inputValue()) === 'gpt-image-2');
  });

  it('searches no model any more when another one is set meanwhile', async () => {
    const model = form.model;
    await model.click();
    await form.frame.locator('.options li').first().waitFor();
    await session.driver.configure('pictor.model', 'house-model');
    await waitFor('the other model', async () => (await model.inputValue()) === 'house-model');
    await form.prompt.click();
    await session.driver.configure('pictor.model', 'gpt-image-2');
    // What was open could not have become a choice of the form: the settings still count.
    await waitFor('the model of the settings', async () => (await model.inputValue()) === 'gpt-image-2');
  });

  it('shows whatever is sent to a model that it does not know', async () => {
    await form.chooseModel('gpt-image-1.5');
    await form.openOptions();
    await form.field('Moderation').selectOption('low');
    await form.chooseModel('a-new-model');
    await waitFor('the value', async () => (await form.field('Moderation').inputValue()) === 'low');
    await form.field('Moderation').selectOption('');
    await form.field('Moderation').waitFor({ state: 'detached' });
  });
});

describe('the form in a workspace of several folders', () => {
  it('asks for what it shows, although the folder that is chosen has settings of its own', async () => {
    const emulator = await startEmulator();
    const options = {
      workspaceFile: 'both.code-workspace',
      files: {
        'both.code-workspace': JSON.stringify({ folders: [{ path: 'first' }, { path: 'second' }] }),
        'first/.vscode/settings.json': JSON.stringify({ 'pictor.model': 'model-of-first' }),
        'second/.vscode/settings.json': JSON.stringify({
          'pictor.model': 'model-of-second',
          'pictor.promptStyle': 'Watercolor',
        }),
      },
      settings: { 'pictor.provider': 'custom', 'pictor.baseUrl': emulator.baseUrl('open'), 'pictor.size': '64x64' },
    };
    await inSession(options, async (session) => {
      const form = await FormPage.open(session);
      await waitFor('the model', async () => (await form.model.inputValue()) === 'model-of-first');
      await form.ask('A heron');
      await session.workbench.row('second').click();
      await form.images.first().waitFor();
      assert.deepEqual(
        emulator.state.ledger.map(({ model }) => model),
        ['model-of-first'],
      );
      assert.equal((emulator.state.requests[0]?.body as { prompt?: string }).prompt, 'A heron');
      assert.ok(existsSync(path.join(session.window.folder, 'second', 'assets')));
    });
    await emulator.close();
  });
});
