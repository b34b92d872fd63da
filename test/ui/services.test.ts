import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DIALECTS, type DialectName } from '../emulator/dialects';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { waitFor } from '../vscode/waitFor';
import { writtenFiles } from '../vscode/writtenFiles';
import { openSession, screenshot, writeDocument, type Session } from './session';

const ASKED = 'A red kite over the dunes.';

describe('a service with a key', () => {
  let session: Session;
  let emulator: Emulator;
  let elsewhere: Emulator;
  before(async () => {
    [emulator, elsewhere] = await Promise.all([startEmulator(), startEmulator()]);
    session = await openSession({ files: { 'README.md': `${ASKED}\n`, 'other.md': 'Other.\n' } });
  });
  after(async () => {
    await session.window.close();
    await emulator.close();
    await elsewhere.close();
  });
  beforeEach(async () => {
    emulator.state.reset();
    const { workbench, window, driver } = session;
    await driver.configure('pictor.size', '1024x1024');
    await workbench.open(path.join(window.folder, 'README.md'));
    await writeDocument(session, `${ASKED}\n`);
    await workbench.select(ASKED);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await screenshot(session, `failed-${this.currentTest.title.replace(/\W+/g, '-').slice(0, 60)}`);
    emulator.state.release();
    await session.window.page.keyboard.press('Escape');
    await session.workbench.clearNotifications();
  });

  async function useProvider(name: string, baseUrl: string): Promise<void> {
    const { driver } = session;
    await driver.configure('pictor.provider', name);
    await driver.configure('pictor.baseUrl', baseUrl);
    await driver.configure('pictor.model', undefined);
  }

  const run = (): Promise<void> => session.workbench.runFromPalette('Pictor: Generate Image from Selection');
  const linked = (): Promise<string> => session.workbench.waitForLine((line) => line.includes('!['));

  for (const name of ['openai', 'lemondata', 'cometapi', 'acedata'] as (DialectName  )[]) {
    it(`${name} asks for the key when it is missing, and the job goes on; then it does not ask again`, async () => {
      const { workbench, window } = session;
      await useProvider(name, emulator.baseUrl(name));
      await run();
      await workbench.quickPick.locator('.quick-input-title', { hasText: 'API key for' }).waitFor();
      assert.equal(await workbench.quickInput.getAttribute('type'), 'password');
      await workbench.quickPick.getByRole('button', { name: /Get a key: https:/ }).waitFor();
      await screenshot(session, `key-${name}`);
      await workbench.answer('API key for', DIALECTS[name].key ?? '');
      const line = await linked();
      const file = decodeURIComponent(/\]\(([^)]+)\)/.exec(line)?.[1] ?? '');
      assert.ok(readFileSync(path.join(window.folder, file)).length > 500);
      await workbench.select(ASKED);
      await run();
      await workbench.waitForLine((text) => text.split('![').length === 3);
      assert.equal(emulator.state.ledger.length, 2);
    });
  }

  it('is not given the key of another address: a changed base URL asks anew', async () => {
    const { workbench, window } = session;
    await useProvider('openai', elsewhere.baseUrl('openai'));
    await run();
    await workbench.quickPick.locator('.quick-input-title', { hasText: 'API key for OpenAI' }).waitFor();
    await workbench.quickPick.getByText(elsewhere.origin).waitFor();
    await window.page.keyboard.press('Escape');
    await workbench.quickPick.waitFor({ state: 'hidden' });
    assert.deepEqual(elsewhere.state.requests, []);
  });

  it('that refuses the key says so without it, and the button asks for another', async () => {
    const { workbench } = session;
    await useProvider('acedata', elsewhere.baseUrl('acedata'));
    await run();
    await workbench.answer('API key for Ace Data Cloud', 'not-the-right-key-123456');
    const toast = workbench.toast('Ace Data Cloud does not accept the API key (invalid_api_key)');
    await toast.waitFor();
    assert.doesNotMatch(await toast.innerText(), /not-the-right-key/);
    await screenshot(session, 'refused-key');
    await toast.getByRole('button', { name: 'Set API Key' }).click();
    await workbench.answer('API key for Ace Data Cloud', DIALECTS.acedata.key ?? '');
    await run();
    await linked();
  });

  it('shows its steps and the time while the user types, and can be cancelled honestly', async () => {
    const { workbench, window } = session;
    await useProvider('openai', emulator.baseUrl('openai'));
    emulator.state.faults.push({ on: 'api', kind: 'stall' });
    await run();
    const toast = workbench.toast('A red kite');
    await toast.getByText(/Waiting for OpenAI · [1-9]\d* s/).waitFor();
    await window.page.locator('.editor-instance .view-line').first().click();
    await window.page.keyboard.press('Control+Home');
    await window.page.keyboard.type('Typed meanwhile. ');
    await workbench.waitForLine((line) => line.startsWith('Typed meanwhile. '));
    await screenshot(session, 'progress');
    await toast.getByRole('button', { name: 'Cancel' }).click();
    await workbench.toast('Cancelled. If OpenAI had begun to draw, it cannot be told to stop, and may still bill for the picture.').waitFor();
    await waitFor('the closed socket', () => emulator.state.requests[0]?.aborted);
    assert.doesNotMatch(await workbench.text(), /!\[/);
  });

  it('whose place is gone offers the link, and puts it where the user says', async () => {
    const { workbench, window, driver } = session;
    await useProvider('openai', emulator.baseUrl('openai'));
    emulator.state.faults.push({ on: 'api', kind: 'hold' });
    await run();
    await waitFor('the request', () => emulator.state.requests.length > 0);
    await driver.execute('editor.action.selectAll');
    await driver.execute('deleteLeft');
    await workbench.open(path.join(window.folder, 'other.md'));
    emulator.state.release();
    const toast = workbench.toast(/but its place in README\.md is gone/);
    await toast.getByRole('button', { name: 'Copy Link' }).waitFor();
    await screenshot(session, 'place-gone');
    await toast.getByRole('button', { name: 'Insert at Cursor' }).click();
    await workbench.waitForLine((line) => line.startsWith('![A red kite over the dunes.](assets/a-red-kite'));
    await driver.execute('workbench.action.files.revert');
  });

  it('that asks to wait is shown to do so', async () => {
    const { workbench } = session;
    await useProvider('openai', emulator.baseUrl('openai'));
    emulator.state.faults.push({ on: 'api', kind: 'status', status: 429, headers: { 'retry-after': '2' }, body: '{}' });
    await run();
    await workbench.toast(/OpenAI asks to wait: next try in 2 s/).waitFor();
    await linked();
    assert.equal(emulator.state.ledger.length, 1);
  });

  it('that answers with a task is waited for', async () => {
    const { workbench, driver } = session;
    await useProvider('lemondata', emulator.baseUrl('lemondata'));
    await driver.configure('pictor.model', 'flux-pro');
    emulator.state.plan = { polls: 2 };
    await run();
    await workbench.toast(/LemonData is drawing \(50 %\) · \d s/).waitFor();
    await screenshot(session, 'task');
    await linked();
    assert.equal(emulator.state.ledger.length, 1);
  });

  it('may not be reached by http: elsewhere than on this machine', async () => {
    const { workbench } = session;
    await useProvider('openai', 'http://api.openai.com/v1');
    await run();
    await workbench.toast('http: is only for this machine, since your key would travel unprotected; use https:').waitFor();
  });

  it('is chosen with its model from lists', async () => {
    const { workbench, driver } = session;
    const setting = (name: string): Promise<unknown> => driver.evaluate((vscode, key) => vscode.workspace.getConfiguration('pictor').get(key), name);
    await workbench.runFromPalette('Pictor: Select Provider…');
    await workbench.row('CometAPI').click();
    await workbench.answer('API key for CometAPI', 'comet-key-0123456789');
    assert.deepEqual([await setting('provider'), await setting('baseUrl'), await setting('model')], ['cometapi', '', '']);
    // The list of its models is asked for: here, not at the real address.
    await driver.configure('pictor.baseUrl', emulator.baseUrl('cometapi'));
    await workbench.runFromPalette('Pictor: Select Model…');
    await workbench.row('qwen-image').waitFor();
    await screenshot(session, 'models');
    await workbench.row('qwen-image').click();
    await waitFor('the model', async () => (await setting('model')) === 'qwen-image');
    await workbench.runFromPalette('Pictor: Select Model…');
    await workbench.row('Another model…').click();
    await workbench.answer('Model of CometAPI', 'flux-9');
    await waitFor('the model', async () => (await setting('model')) === 'flux-9');
    await workbench.runFromPalette('Pictor: Select Provider…');
    await workbench.row('Custom').click();
    await workbench.quickInput.fill('http://example.com/v1');
    await workbench.quickPick.locator('.quick-input-message', { hasText: 'http: is only for this machine' }).waitFor();
    await workbench.answer('Custom: Base URL', emulator.baseUrl('open'));
    await waitFor('the base URL', async () => (await setting('baseUrl')) === emulator.baseUrl('open'));
    assert.equal(await setting('model'), '');
  });

  it('gets a key while another provider is selected, and is not selected by that', async () => {
    const { workbench, driver } = session;
    await useProvider('placeholder', '');
    await workbench.runFromPalette('Pictor: Set API Key…');
    await workbench.row('LemonData').click();
    await workbench.answer('API key for LemonData', 'lemon-key-0123456789');
    await workbench.quickPick.waitFor({ state: 'hidden' });
    assert.equal(await driver.evaluate((vscode) => vscode.workspace.getConfiguration('pictor').get('provider')), 'placeholder');
  });

  it('is forgotten on request', async () => {
    const { workbench, window } = session;
    await useProvider('lemondata', emulator.baseUrl('lemondata'));
    await workbench.runFromPalette('Pictor: Remove API Key…');
    await window.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Remove Key' }).click();
    await window.page.locator('.monaco-dialog-box').waitFor({ state: 'detached' });
    await workbench.select(ASKED);
    await run();
    await workbench.quickPick.locator('.quick-input-title', { hasText: 'API key for LemonData' }).waitFor();
  });

  it('has its key nowhere: not in a log, a setting or a file, and not at another host', async () => {
    const { workbench, window } = session;
    await window.page.keyboard.press('Escape');
    await workbench.runFromPalette('Pictor: Show Log');
    await window.page.locator('.part.panel .view-line', { hasText: 'cancelled' }).first().waitFor();
    await screenshot(session, 'log');
    const keys = (['openai', 'lemondata', 'cometapi', 'acedata'] as const).map((name) => DIALECTS[name].key ?? '');
    const files = writtenFiles(session.window.directory);
    assert.ok(files.some(({ file, content }) => file.endsWith('Pictor.log') && content.includes('OpenAI gpt-image-2')), 'the log is among the files');
    for (const key of [...keys, 'not-the-right-key-123456']) {
      assert.ok(key.length > 10);
      for (const { file, content } of files) assert.ok(!content.includes(key), `${key} is in ${file}`);
    }
    const foreign = [...emulator.state.requests, ...elsewhere.state.requests].filter(({ server }) => server === 'cdn');
    for (const { headers } of foreign) assert.equal(headers.authorization, undefined);
    const openAiElsewhere = elsewhere.state.requests.filter(({ headers }) => headers.authorization?.includes(DIALECTS.openai.key ?? ''));
    assert.deepEqual(openAiElsewhere, []);
  });
});
