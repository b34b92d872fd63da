import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { DIALECTS } from '../emulator/dialects';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { waitFor } from '../vscode/waitFor';
import { Workbench } from '../vscode/workbench';
import { openSession, screenshot, storedFiles, writeDocument, type Session } from './session';

const LINES = ['A red kite over the dunes.', 'A lighthouse at dusk.', 'Three boats in the harbour.', 'An old mill by the river.'];

describe('jobs', () => {
  let session: Session;
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
    session = await openSession({ files: { 'README.md': '\n' }, settings: { 'pictor.provider': 'custom', 'pictor.baseUrl': emulator.baseUrl('open'), 'pictor.model': 'any', 'pictor.size': '64x64', 'files.hotExit': 'onExit' } });
    session.window.page.on('dialog', (dialog) => void dialog.accept());
    await session.workbench.open(path.join(session.window.folder, 'README.md'));
  });
  after(async () => {
    await session.window.close();
    await emulator.close();
  });
  beforeEach(async () => {
    emulator.state.ledger = [];
    emulator.state.requests = [];
    await writeDocument(session, `${LINES.join('\n\n')}\n`);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await screenshot(session, `failed-jobs-${this.currentTest.title.replace(/\W+/g, '-').slice(0, 60)}`);
    await session.window.page.keyboard.press('Escape');
    await session.workbench.clearNotifications();
  });

  async function ask(text: string): Promise<void> {
    await session.workbench.select(text);
    await session.driver.start('pictor.generateFromSelection');
  }

  const requests = (): number => emulator.state.requests.filter(({ path: at }) => at.endsWith('/generations')).length;

  async function showJobs(): Promise<void> {
    await session.workbench.runFromPalette('Pictor: Show Jobs');
    await session.workbench.quickPick.locator('.quick-input-title', { hasText: 'Pictor Jobs' }).waitFor();
  }

  it('are counted in the status bar, and listed with what can be done for each', async () => {
    const { workbench, window, driver } = session;
    await ask('A lighthouse at dusk.');
    await workbench.waitForLine((line) => line.startsWith('A lighthouse at dusk. !['));
    emulator.state.faults.push({ on: 'api', kind: 'status', status: 503, body: '{"error":{"message":"Overloaded."}}' });
    await ask('An old mill by the river.');
    await workbench.listed('Custom failed (503): Overloaded.');
    emulator.state.faults.push({ on: 'api', kind: 'reset' });
    await ask('Three boats in the harbour.');
    await workbench.listed('The connection to Custom broke');
    await driver.configure('pictor.maxConcurrent', 1);
    emulator.state.faults.push({ on: 'api', kind: 'hold' });
    await ask('A red kite over the dunes.');
    await waitFor('the request', () => requests() === 4);
    await ask('Three boats in the harbour.');
    await window.page.locator('.statusbar-item', { hasText: 'Pictor 2' }).waitFor();
    await workbench.clearNotifications();
    for (const [theme, name] of [['Default Dark Modern', 'dark'], ['Default Light Modern', 'light'], ['Default High Contrast', 'high-contrast']] as const) {
      await driver.configure('workbench.colorTheme', theme);
      await showJobs();
      await workbench.row('A red kite over the dunes.').waitFor();
      await workbench.quickPick.locator('.monaco-list-row', { hasText: 'Waiting for its turn' }).waitFor();
      await workbench.quickPick.locator('.monaco-list-row', { hasText: 'Custom failed (503): Overloaded.' }).waitFor();
      await workbench.quickPick.locator('.monaco-list-row', { hasText: 'It may have been made and billed' }).waitFor();
      await screenshot(session, `jobs-${name}`);
      await window.page.keyboard.press('Escape');
      await workbench.quickPick.waitFor({ state: 'hidden' });
    }
    await driver.configure('workbench.colorTheme', undefined);
  });

  it('can be cancelled from the list, and what waited for its turn is never sent', async () => {
    const { workbench, window } = session;
    await showJobs();
    const waiting = workbench.quickPick.locator('.monaco-list-row', { hasText: 'Waiting for its turn' });
    await waiting.hover();
    await waiting.getByRole('button', { name: 'Cancel' }).click();
    await window.page.locator('.statusbar-item', { hasText: 'Pictor 1' }).waitFor();
    await waitFor('an answer', () => {
      emulator.state.release();
      return storedFiles(session, 'jobs/open').length === 1;
    });
    assert.equal(requests(), 0, 'nothing new was sent');
  });

  it('of an unknown outcome can be dismissed, and tried again only by the user', async () => {
    const { workbench, driver } = session;
    await driver.configure('pictor.maxConcurrent', undefined);
    await showJobs();
    await workbench.row('It may have been made and billed').waitFor();
    await workbench.quickInput.fill('Three boats');
    await workbench.quickPick.locator('.monaco-list-row', { hasText: 'It may have been made and billed' }).click();
    await workbench.row('Retry (May Bill Again)').waitFor();
    await screenshot(session, 'job-actions');
    await workbench.row('Retry (May Bill Again)').click();
    await workbench.waitForLine((line) => line.startsWith('Three boats in the harbour. !['));
    await waitFor('the end of the job', () => storedFiles(session, 'jobs/open').length === 0);
    assert.equal(emulator.state.ledger.length, 1);
    assert.deepEqual(storedFiles(session, 'staging'), []);
  });

  it('more than ten at once are asked for only after a question', async () => {
    const { workbench, window, driver } = session;
    await driver.configure('pictor.n', 11);
    await ask('A red kite over the dunes.');
    const dialog = window.page.locator('.monaco-dialog-box', { hasText: 'Generate 11 pictures at once?' });
    await dialog.waitFor();
    await screenshot(session, 'confirm-many');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await driver.configure('pictor.n', undefined);
    await waitFor('the end of it', () => storedFiles(session, 'jobs/open').length === 0);
    assert.deepEqual(emulator.state.requests, []);
    assert.ok(!(await workbench.text()).includes('!['));
  });
});

describe('a job of a window that dies', () => {
  it('is finished by another one on the same folder, once', async () => {
    const emulator = await startEmulator();
    const session = await openSession({
      files: { 'README.md': 'An old mill by the river.\n' },
      settings: { 'pictor.provider': 'lemondata', 'pictor.baseUrl': emulator.baseUrl('lemondata'), 'pictor.model': 'flux-pro' },
    });
    const { window, workbench } = session;
    const { pid } = session.driver;
    emulator.state.plan = { polls: 1000 };
    await workbench.runFromPalette('Pictor: Set API Key…');
    await workbench.answer('API key for', DIALECTS.lemondata.key ?? '');
    await workbench.quickPick.waitFor({ state: 'hidden' });
    // It is there before the job, and has done nothing with Pictor so far.
    const another = await window.openAnother();
    const other = new Workbench(another, await window.connectDriver(pid));
    await other.open(path.join(window.folder, 'README.md'));
    await workbench.open(path.join(window.folder, 'README.md'));
    await workbench.select('An old mill by the river.');
    await session.driver.start('pictor.generateFromSelection');
    await waitFor('a question about the task', () => emulator.state.requests.some(({ method }) => method === 'GET'));
    assert.equal(emulator.state.ledger.length, 1);
    emulator.state.plan = { polls: 1 };
    process.kill(pid, 'SIGKILL');
    await waitFor('the picture', () => readdirSync(window.folder).includes('assets'), 60_000);
    await other.waitForLine((line) => line.startsWith('An old mill by the river. !['));
    assert.equal((await other.text()).split('![').length, 2);
    await waitFor('the end of the job', () => storedFiles(session, 'jobs/open').length === 0);
    assert.equal(emulator.state.ledger.length, 1);
    assert.deepEqual(readdirSync(path.join(window.folder, 'assets')), ['an-old-mill-by-the-river.png']);
    await window.close();
    await emulator.close();
  });
});

describe('words of a service', () => {
  it('are no links, and start no command', async () => {
    const emulator = await startEmulator();
    const session = await openSession({ files: { 'README.md': 'A kite.\n\n[draw](command:pictor.generateFromSelection) [open](vscode://pictor.pictor/generate)\n' }, settings: { 'pictor.provider': 'custom', 'pictor.baseUrl': emulator.baseUrl('open'), 'pictor.model': 'any' } });
    const { workbench, window, driver } = session;
    emulator.state.faults.push({ on: 'api', kind: 'status', status: 400, body: JSON.stringify({ error: { message: 'Bad. [Mend it](command:workbench.action.toggleSidebarVisibility) or [look](https://evil.example).' } }) });
    await workbench.open(path.join(window.folder, 'README.md'));
    await workbench.select('A kite.');
    await driver.start('pictor.generateFromSelection');
    const item = await workbench.listed('Mend it');
    await screenshot(session, 'hostile-words');
    assert.equal(await item.locator('.notification-list-item-message a').count(), 0);
    await workbench.clearNotifications();
    // A document alone starts nothing either: its preview runs no command, and nobody answers Pictor's addresses.
    const before = emulator.state.requests.length;
    await driver.execute('markdown.showPreview');
    const preview = window.page.locator('iframe.webview.ready').last().contentFrame().locator('iframe#active-frame').contentFrame();
    for (const name of ['draw', 'open']) await preview.getByText(name, { exact: true }).click();
    await driver.execute('workbench.action.closeAllEditors');
    assert.equal(emulator.state.requests.length, before);
    await window.close();
    await emulator.close();
  });
});
