import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DIALECTS } from '../emulator/dialects';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { waitFor } from '../vscode/waitFor';
import { Workbench } from '../vscode/workbench';
import { findNoBarriers } from './accessibility';
import { FormPage } from './formPage';
import { openSession, screenshot, storedFiles, writeDocument, type Session } from './session';

describe('jobs in the form', () => {
  let session: Session;
  let emulator: Emulator;
  let form: FormPage;

  before(async () => {
    emulator = await startEmulator();
    session = await openSession({ files: { 'README.md': '\n' }, settings: { 'files.hotExit': 'onExit' } });
    session.window.page.on('dialog', (dialog) => void dialog.accept());
    await session.workbench.open(path.join(session.window.folder, 'README.md'));
    form = await FormPage.open(session);
  });
  after(async () => {
    await session.window.close();
    await emulator.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await screenshot(session, `failed-form-${this.currentTest.title.replace(/\W+/g, '-').slice(0, 60)}`);
    emulator.state.reset();
    await session.workbench.clearNotifications();
  });

  const assets = (): string[] => (existsSync(path.join(session.window.folder, 'assets')) ? readdirSync(path.join(session.window.folder, 'assets')).sort() : []);

  /** Another service of the settings, with its key. */
  async function use(name: 'openai' | 'lemondata', settings: Readonly<Record<string, unknown>>): Promise<void> {
    const { driver, workbench } = session;
    for (const [key, value] of Object.entries({ provider: name, baseUrl: emulator.baseUrl(name), ...settings })) await driver.configure(`pictor.${key}`, value);
    await waitFor('the provider', async () => (await form.field('Provider').inputValue()) === name);
    const setKey = form.button('Set API Key');
    if (await setKey.isVisible()) {
      await screenshot(session, `form-key-${name}`);
      await setKey.click();
      await workbench.answer('API key for', DIALECTS[name].key ?? '');
      await setKey.waitFor({ state: 'detached' });
    }
  }

  it('shows a LemonData task as a card, and its picture in the gallery', async () => {
    await use('lemondata', { model: 'flux-pro' });
    emulator.state.plan = { polls: 2, durationMs: 1500 };
    await writeDocument(session, '\n');
    await form.ask('An old mill by the river');
    const card = form.card('An old mill by the river');
    await card.getByText(/LemonData is drawing/).waitFor();
    await screenshot(session, 'form-task');
    await form.frame.locator('.grid').getByRole('button', { name: 'An old mill by the river' }).waitFor({ timeout: 30_000 });
    await card.waitFor({ state: 'detached' });
    await session.workbench.waitForLine((line) => line === '![An old mill by the river](assets/an-old-mill-by-the-river.png)');
    assert.equal(emulator.state.ledger.length, 1);
    assert.equal(await session.window.page.locator('.notification-toast').count(), 0, 'the form tells it');
  });

  it('shows the previews of a stream while they come', async () => {
    await use('openai', { model: 'gpt-image-1', partialImages: 2, size: '1024x1024' });
    emulator.state.faults.push({ on: 'api', kind: 'drip', bytes: 60 });
    await form.ask('A street at night');
    const preview = form.card('A street at night').locator('img.preview');
    await preview.waitFor();
    await waitFor('the preview', async () => (await form.evaluate<number>('document.querySelector("img.preview")?.naturalWidth ?? 0')) > 0);
    await screenshot(session, 'form-preview');
    await findNoBarriers(form, 'a preview');
    const first = await preview.getAttribute('src');
    await waitFor('a clearer one', async () => (await preview.getAttribute('data-number').catch(() => null)) === '1' && (await preview.getAttribute('src')) !== first);
    assert.match(await preview.getAttribute('style') ?? '', /blur\(2px\)/);
    await form.frame.locator('.grid').getByRole('button', { name: 'A street at night' }).waitFor({ timeout: 30_000 });
    await session.driver.configure('pictor.partialImages', undefined);
  });

  it('says what failed with the button that helps, and keeps the prompt', async () => {
    emulator.state.faults.push({ on: 'api', kind: 'status', status: 503, body: '{"error":{"message":"Overloaded."}}' });
    await form.ask('A ship in a bottle');
    const card = form.card('A ship in a bottle');
    await card.getByText('OpenAI failed (503): Overloaded.').waitFor();
    assert.equal(await form.prompt.inputValue(), 'A ship in a bottle');
    assert.equal(await session.window.page.locator('.notification-toast').count(), 0);
    await screenshot(session, 'form-failed');
    await card.getByRole('button', { name: 'Retry' }).click();
    await form.frame.locator('.grid').getByRole('button', { name: 'A ship in a bottle' }).waitFor({ timeout: 30_000 });
    await card.waitFor({ state: 'detached' });
    assert.equal(emulator.state.ledger.length, 1);
  });

  it('asks for the key of the service that refused it, whichever is selected', async () => {
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
    emulator.state.faults.push({ on: 'api', kind: 'status', status: 404, body: '{"error":{"code":"model_not_found","message":"No such model."}}' });
    await form.ask('A model that is gone');
    await form.card('A model that is gone').getByRole('button', { name: 'Choose Model' }).click();
    await form.frame.locator('.options li').first().waitFor();
    await form.page.keyboard.press('Escape');
    await form.frame.locator('.options').waitFor({ state: 'hidden' });
    await form.card('A model that is gone').getByRole('button', { name: 'Dismiss' }).click();
    await form.card('A model that is gone').waitFor({ state: 'detached' });
  });

  it('cancels', async () => {
    emulator.state.faults.push({ on: 'api', kind: 'stall' });
    await form.ask('A cancelled wish');
    const card = form.card('A cancelled wish');
    await card.getByRole('button', { name: 'Cancel' }).click();
    await card.waitFor({ state: 'detached' });
    await waitFor('the end of the job', () => storedFiles(session, 'jobs/open').length === 0);
    await session.workbench.toast(/Cancelled\. If .* had begun to draw, it cannot be told to stop, and may still bill/).waitFor();
  });

  it('takes a key that is held for one wish', async () => {
    await form.prompt.fill('A held key');
    await form.generate.focus();
    await form.evaluate('document.querySelector("button.generate").addEventListener("click", () => (window.pictorClicks = (window.pictorClicks ?? 0) + 1))');
    for (let press = 0; press < 5; press++) await form.page.keyboard.down('Enter');
    await form.page.keyboard.up('Enter');
    await form.frame.locator('.grid').getByRole('button', { name: 'A held key' }).waitFor();
    assert.equal(await form.evaluate('window.pictorClicks'), 1);
    assert.equal(emulator.state.ledger.length, 1);
  });

  it('lets one of several be picked, replaces the others in the document, and deletes them', async () => {
    await writeDocument(session, '\n');
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
    const [, kept = ''] = await waitFor('one link', async () => /^!\[Four seasons\]\(assets\/([^)]+)\)$/.exec((await session.workbench.text()).trim()) ?? false);
    await waitFor('the choice', async () => (await card.getByRole('button', { name: 'Replace in document' }).count()) === 3);
    await screenshot(session, 'form-picked');
    await card.getByRole('button', { name: 'Delete the others' }).click();
    const dialog = session.window.page.locator('.monaco-dialog-box');
    await dialog.getByText('Delete 3 pictures?').waitFor();
    await dialog.getByRole('button', { name: 'Move to Trash' }).click();
    await dialog.getByText('There is no trash here.').waitFor();
    await dialog.getByRole('button', { name: 'Delete Permanently' }).click();
    await card.waitFor({ state: 'detached' });
    assert.deepEqual(assets().filter((name) => name.startsWith('four')), [kept]);
    await form.field('Number of pictures').fill('1');
    await form.field('Number of pictures').press('Tab');
    await form.frame.getByRole('button', { name: /^Generate$/ }).waitFor();
  });

  it('survives a reload in the middle: the card comes back and ends', async () => {
    await use('lemondata', { model: 'flux-pro', size: undefined });
    emulator.state.plan = { polls: 1000 };
    await writeDocument(session, '\n');
    await session.driver.execute('workbench.action.files.save');
    await form.ask('A night train');
    await form.card('A night train').getByText(/LemonData is drawing/).waitFor();
    const { pid } = session.driver;
    await session.driver.start('workbench.action.reloadWindow');
    const driver = await session.window.connectDriver(pid);
    session = { ...session, driver, workbench: new Workbench(session.window.page, driver) };
    form = await FormPage.open(session);
    assert.equal(await form.prompt.inputValue(), 'A night train');
    await form.card('A night train').getByText(/LemonData is drawing/).waitFor({ timeout: 40_000 });
    await screenshot(session, 'form-after-reload');
    emulator.state.plan = { polls: 1 };
    await form.frame.locator('.grid').getByRole('button', { name: 'A night train' }).waitFor({ timeout: 40_000 });
    await form.card('A night train').waitFor({ state: 'detached' });
    assert.equal(emulator.state.ledger.length, 1);
    assert.ok(readFileSync(path.join(session.window.folder, 'assets', 'a-night-train.png')).length > 0);
  });
});
