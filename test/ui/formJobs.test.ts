import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DIALECTS } from '../emulator/dialects';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { waitFor } from '../runner/waitFor';
import { findNoBarriers } from './accessibility';
import { FormPage } from './formPage';
import {
  giveKey,
  inSession,
  openDocument,
  putInOrderAfterEach,
  releaseSession,
  screenshot,
  sessionOf,
  storedFiles,
  takeSession,
  type Session,
} from './session';

describe('jobs in the form', () => {
  let session: Session;
  let emulator: Emulator;
  let form: FormPage;

  before(async () => {
    emulator = await startEmulator();
    session = await takeSession({ files: { 'README.md': '' }, settings: { 'files.hotExit': 'onExit' } });
    session.window.page.on('dialog', (dialog) => void dialog.accept());
    for (const name of ['openai', 'lemondata'] as const) await giveKey(session, emulator, name);
    await session.driver.restoreSettings();
    await session.workbench.open(path.join(session.window.folder, 'README.md'));
    form = await FormPage.open(session);
  });
  after(async () => {
    await releaseSession(session);
    await emulator.close();
  });
  beforeEach(() => openDocument(session, 'README.md', '\n'));
  afterEach(async () => {
    emulator.state.reset();
    await form.putInOrder();
  });
  putInOrderAfterEach(() => session);

  const assets = (): string[] =>
    existsSync(path.join(session.window.folder, 'assets'))
      ? readdirSync(path.join(session.window.folder, 'assets')).sort()
      : [];

  /** A provider of the settings. */
  async function use(name: 'openai' | 'lemondata', settings: Readonly<Record<string, unknown>>): Promise<void> {
    for (const [key, value] of Object.entries({ provider: name, baseUrl: emulator.baseUrl(name), ...settings }))
      await session.driver.configure(`pictor.${key}`, value);
    await waitFor(
      'the provider',
      async () =>
        (await form.field('Provider').inputValue()) === name && (await form.model.inputValue()) === settings.model,
    );
    await form.button('Set API Key').waitFor({ state: 'detached' });
  }
  const useOpenAi = (settings: Readonly<Record<string, unknown>> = {}): Promise<void> =>
    use('openai', { model: 'gpt-image-2.5-flare', size: '1024x1024', ...settings });

  it('ask for a key that is missing, and go on with it', async () => {
    await session.driver.configure('pictor.provider', 'cometapi');
    await session.driver.configure('pictor.baseUrl', emulator.baseUrl('cometapi'));
    const setKey = form.button('Set API Key');
    await setKey.waitFor();
    await screenshot(session, 'form-key');
    await setKey.click();
    await session.workbench.answer('API key for CometAPI', DIALECTS.cometapi.key ?? '');
    await setKey.waitFor({ state: 'detached' });
    await form.make('A key of brass');
    assert.equal(emulator.state.ledger.length, 1);
  });

  it('shows a LemonData task as a card, and its image in the gallery', async () => {
    await use('lemondata', { model: 'flux-pro' });
    emulator.state.plan = { polls: 2, durationMs: 1500 };
    await form.ask('An old mill by the river');
    const card = form.card('An old mill by the river');
    await card.getByText(/LemonData is drawing/).waitFor();
    await screenshot(session, 'form-task');
    await form.frame.locator('.grid').getByRole('button', { name: 'An old mill by the river' }).waitFor();
    await card.waitFor({ state: 'detached' });
    await session.workbench.waitForLine(
      (line) => line === '![An old mill by the river](assets/an-old-mill-by-the-river.png)',
    );
    assert.equal(emulator.state.ledger.length, 1);
    assert.equal(await session.workbench.countNotifications(), 0, 'the form tells it');
  });

  it('shows the previews of a stream while they come', async () => {
    await useOpenAi({ partialImages: 2 });
    emulator.state.faults.push({ on: 'api', kind: 'drip', bytes: 60 });
    await form.ask('A street at night');
    const preview = form.card('A street at night').locator('img.preview');
    await preview.waitFor();
    await waitFor(
      'the preview',
      async () => (await form.evaluate<number>('document.querySelector("img.preview")?.naturalWidth ?? 0')) > 0,
    );
    await screenshot(session, 'form-preview');
    await findNoBarriers(form, 'a preview');
    const first = await preview.getAttribute('src');
    await waitFor(
      'a clearer one',
      async () =>
        (await preview.getAttribute('data-number').catch(() => null)) === '1' &&
        (await preview.getAttribute('src')) !== first,
    );
    assert.match((await preview.getAttribute('style')) ?? '', /blur\(2px\)/);
    await form.image('A street at night').waitFor();
  });

  it('says what failed with the button that helps, and keeps the prompt', async () => {
    await useOpenAi();
    emulator.state.faults.push({ on: 'api', kind: 'status', status: 503, body: '{"error":{"message":"Overloaded."}}' });
    await form.ask('A ship in a bottle');
    const card = form.card('A ship in a bottle');
    await card.getByText('OpenAI failed (503): Overloaded.').waitFor();
    assert.equal(await form.prompt.inputValue(), 'A ship in a bottle');
    assert.equal(await session.workbench.countNotifications(), 0, 'its card says enough');
    await session.driver.execute('notifications.hideList');
    await screenshot(session, 'form-failed');
    await card.getByRole('button', { name: 'Retry' }).click();
    await form.frame.locator('.grid').getByRole('button', { name: 'A ship in a bottle' }).waitFor();
    await card.waitFor({ state: 'detached' });
    assert.equal(emulator.state.ledger.length, 1);
  });

  it('asks for the key of the service that refused it, whichever is selected', async () => {
    await useOpenAi();
    emulator.state.faults.push({ on: 'api', kind: 'error', code: 'invalid_api_key' });
    await form.ask('A locked door');
    const card = form.card('A locked door');
    await card.getByText('does not accept the API key').waitFor();
    await form.chooseProvider('cometapi');
    await card.getByRole('button', { name: 'Set API Key' }).click();
    await session.workbench.answer('API key for OpenAI', DIALECTS.openai.key ?? '');
    await form.button('Reset').click();
    await card.getByRole('button', { name: 'Dismiss' }).click();
    await card.waitFor({ state: 'detached' });
  });

  it('opens the list of models where another one helps', async () => {
    await useOpenAi();
    emulator.state.faults.push({
      on: 'api',
      kind: 'status',
      status: 404,
      body: '{"error":{"code":"model_not_found","message":"No such model."}}',
    });
    await form.ask('A model that is gone');
    await form.card('A model that is gone').getByRole('button', { name: 'Choose Model' }).click();
    await form.frame.locator('.options li').first().waitFor();
    await form.page.keyboard.press('Escape');
    await form.frame.locator('.options').waitFor({ state: 'hidden' });
    await form.card('A model that is gone').getByRole('button', { name: 'Dismiss' }).click();
    await form.card('A model that is gone').waitFor({ state: 'detached' });
  });

  it('cancels', async () => {
    await useOpenAi();
    emulator.state.faults.push({ on: 'api', kind: 'stall' });
    await form.ask('A cancelled wish');
    const card = form.card('A cancelled wish');
    await card.getByRole('button', { name: 'Cancel' }).click();
    await card.waitFor({ state: 'detached' });
    await waitFor('the end of the job', () => storedFiles(session, 'jobs/open').length === 0);
    await session.workbench.listed(
      /Cancelled\. If .* had begun to draw, it cannot be told to stop, and may still bill/,
    );
  });

  it('takes a key that is held for one wish', async () => {
    await useOpenAi();
    await form.prompt.fill('A held key');
    await form.generate.focus();
    await form.evaluate(
      'document.querySelector("button.generate").addEventListener("click", () => (window.pictorClicks = (window.pictorClicks ?? 0) + 1))',
    );
    for (let press = 0; press < 5; press++) await form.page.keyboard.down('Enter');
    await form.page.keyboard.up('Enter');
    await form.image('A held key').waitFor();
    // What was asked for after it would be answered after it.
    await form.make('Another wish');
    assert.equal(await form.evaluate('window.pictorClicks'), 2);
    assert.deepEqual(
      emulator.state.ledger.map(({ prompt }) => prompt),
      ['A held key', 'Another wish'],
    );
  });

  it('lets one of several be picked, replaces the others in the document, and deletes them', async () => {
    await useOpenAi();
    await form.field('Number of pictures').fill('4');
    await form.field('Number of pictures').press('Tab');
    await form.button('Generate 4').waitFor();
    await form.ask('Four seasons');
    const card = form.card('Four seasons');
    await card.getByText('4 pictures').waitFor();
    await waitFor('all links', async () => (await session.workbench.text()).split('![').length === 5);
    await waitFor('the thumbnails', async () => (await card.locator('img.thumbnail').count()) === 4);
    await screenshot(session, 'form-strip');
    await card.getByRole('button', { name: 'Keep only this one' }).nth(2).click();
    const [, kept = ''] = await waitFor(
      'one link',
      async () => /^!\[Four seasons\]\(assets\/([^)]+)\)$/.exec((await session.workbench.text()).trim()) ?? false,
    );
    await waitFor(
      'the choice',
      async () => (await card.getByRole('button', { name: 'Replace in document' }).count()) === 3,
    );
    await screenshot(session, 'form-picked');
    await card.getByRole('button', { name: 'Delete the others' }).click();
    const dialog = session.window.page.locator('.monaco-dialog-box');
    await dialog.getByText('Delete 3 pictures?').waitFor();
    await dialog.getByRole('button', { name: 'Move to Trash' }).click();
    await dialog.getByText('There is no trash here.').waitFor();
    await dialog.getByRole('button', { name: 'Delete Permanently' }).click();
    await card.waitFor({ state: 'detached' });
    assert.deepEqual(
      assets().filter((name) => name.startsWith('four')),
      [kept],
    );
  });
});

describe('a job in the form', () => {
  it('survives a reload in the middle: the card comes back and ends', async () => {
    const emulator = await startEmulator();
    const settings = {
      'pictor.provider': 'lemondata',
      'pictor.baseUrl': emulator.baseUrl('lemondata'),
      'pictor.model': 'flux-pro',
      'files.hotExit': 'onExit',
    };
    await inSession({ files: { 'README.md': '\n' }, settings }, async (before) => {
      before.window.page.on('dialog', (dialog) => void dialog.accept());
      await giveKey(before, emulator, 'lemondata');
      await before.workbench.open(path.join(before.window.folder, 'README.md'));
      emulator.state.plan = { polls: 1_000_000 };
      const formBefore = await FormPage.open(before);
      await formBefore.ask('A night train');
      await formBefore
        .card('A night train')
        .getByText(/LemonData is drawing/)
        .waitFor();
      const { pid } = before.driver;
      await before.driver.start('workbench.action.reloadWindow');
      const session = sessionOf(before.window, await before.window.connectDriver(pid));
      const form = await FormPage.open(session);
      assert.equal(await form.prompt.inputValue(), 'A night train');
      await form
        .card('A night train')
        .getByText(/LemonData is drawing/)
        .waitFor();
      await screenshot(session, 'form-after-reload');
      emulator.state.plan = { polls: 1 };
      await form.image('A night train').waitFor();
      await form.card('A night train').waitFor({ state: 'detached' });
      assert.equal(emulator.state.ledger.length, 1);
      assert.ok(readFileSync(path.join(session.window.folder, 'assets', 'a-night-train.png')).length > 0);
    });
    await emulator.close();
  });
});
