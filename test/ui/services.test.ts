import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DIALECTS, type DialectName } from '../emulator/dialects';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { waitFor } from '../runner/waitFor';
import { writtenFiles } from '../runner/writtenFiles';
import {
  giveKey,
  openDocument,
  putInOrderAfterEach,
  releaseSession,
  screenshot,
  takeSession,
  typeKey,
  type Session,
} from './session';

const ASKED = 'A red kite over the dunes.';
const KEYED = ['openai', 'tokenlab', 'lemondata', 'cometapi', 'acedata'] as const satisfies readonly DialectName[];

describe('a service with a key', () => {
  let session: Session;
  /** Its keys are stored: a key belongs to an address. */
  let emulator: Emulator;
  /** Another address, of which no key is known. */
  let elsewhere: Emulator;
  before(async () => {
    emulator = await startEmulator();
    session = await takeSession({
      files: { 'README.md': '', 'other.md': '' },
      settings: { 'pictor.size': '1024x1024' },
    });
    for (const name of KEYED) await giveKey(session, emulator, name);
    await session.driver.restoreSettings();
  });
  after(async () => {
    await releaseSession(session);
    await emulator.close();
  });
  beforeEach(async () => {
    emulator.state.reset();
    elsewhere = await startEmulator();
    await openDocument(session, 'README.md', `${ASKED}\n`);
    await session.workbench.select(ASKED);
  });
  afterEach(async () => {
    emulator.state.release();
    await elsewhere.close();
  });
  putInOrderAfterEach(() => session);

  async function useProvider(name: string, baseUrl: string): Promise<void> {
    await session.driver.configure('pictor.provider', name);
    await session.driver.configure('pictor.baseUrl', baseUrl);
  }

  const run = (): Promise<void> => session.workbench.runFromPalette('Pictor: Generate Image from Selection');
  const linked = (): Promise<string> => session.workbench.waitForLine((line) => line.includes('!['));
  const setting = (name: string): Promise<unknown> =>
    session.driver.evaluate((vscode, key) => vscode.workspace.getConfiguration('pictor').get(key), name);

  for (const name of KEYED) {
    it(`${name} asks for the key when it is missing, and the job goes on; then it does not ask again`, async () => {
      const { workbench, window } = session;
      await useProvider(name, elsewhere.baseUrl(name));
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
      assert.equal(elsewhere.state.ledger.length, 2);
    });
  }

  it('is not given the key of another address: a changed base URL asks anew', async () => {
    const { workbench, window, driver } = session;
    await useProvider('openai', elsewhere.baseUrl('openai'));
    const delivered = driver.execute('pictor.generateFromSelection');
    await workbench.quickPick.locator('.quick-input-title', { hasText: 'API key for OpenAI' }).waitFor();
    await workbench.quickPick.getByText(elsewhere.origin).waitFor();
    await window.page.keyboard.press('Escape');
    assert.deepEqual((await delivered) ?? [], []);
    assert.deepEqual(elsewhere.state.requests, []);
  });

  it('that refuses the key says so without it, and the button asks for another', async () => {
    const { workbench } = session;
    await useProvider('acedata', elsewhere.baseUrl('acedata'));
    await run();
    await workbench.answer('API key for Ace Data Cloud', 'not-the-right-key-123456');
    const words = 'Ace Data Cloud does not accept the API key (invalid_api_key)';
    assert.doesNotMatch(await (await workbench.listed(words)).innerText(), /not-the-right-key/);
    await screenshot(session, 'refused-key');
    await workbench.press(words, 'Set API Key');
    await workbench.answer('API key for Ace Data Cloud', DIALECTS.acedata.key ?? '');
    await workbench.quickPick.waitFor({ state: 'hidden' });
    await workbench.select(ASKED);
    await run();
    await linked();
    assert.equal(elsewhere.state.ledger.length, 1);
  });

  it('shows its steps and the time while the user types, and can be cancelled honestly', async () => {
    const { workbench, window } = session;
    await useProvider('openai', emulator.baseUrl('openai'));
    emulator.state.faults.push({ on: 'api', kind: 'stall' });
    await run();
    await workbench
      .toast('A red kite')
      .getByText(/Waiting for OpenAI · [1-9]\d* s/)
      .waitFor();
    await window.page.locator('.editor-instance .view-line').first().click();
    await window.page.keyboard.press('Control+Home');
    await window.page.keyboard.type('Typed meanwhile. ');
    await workbench.waitForLine((line) => line.startsWith('Typed meanwhile. '));
    await screenshot(session, 'progress');
    await workbench.press('A red kite', 'Cancel');
    await workbench.listed(
      'Cancelled. If OpenAI had begun to draw, it cannot be told to stop, and may still bill for the picture.',
    );
    await waitFor('the closed socket', () => emulator.state.requests[0]?.aborted);
    assert.doesNotMatch(await workbench.text(), /!\[/);
  });

  it('whose place is gone offers the link, and puts it where the user says', async () => {
    const { workbench, driver } = session;
    await useProvider('openai', emulator.baseUrl('openai'));
    emulator.state.faults.push({ on: 'api', kind: 'hold' });
    await run();
    await waitFor('the request', () => emulator.state.requests.length > 0);
    await driver.execute('editor.action.selectAll');
    await driver.execute('deleteLeft');
    await openDocument(session, 'other.md', 'Other.\n');
    await driver.execute('cursorTop');
    emulator.state.release();
    const words = /but its place in README\.md is gone/;
    await (await workbench.listed(words)).getByRole('button', { name: 'Copy Link' }).waitFor();
    await screenshot(session, 'place-gone');
    await workbench.press(words, 'Insert at Cursor');
    await workbench.waitForLine((line) => line.startsWith('![A red kite over the dunes.](assets/a-red-kite'));
  });

  it('that asks to wait is shown to do so', async () => {
    const { workbench } = session;
    await useProvider('openai', emulator.baseUrl('openai'));
    emulator.state.faults.push({ on: 'api', kind: 'status', status: 429, headers: { 'retry-after': '5' }, body: '{}' });
    await run();
    await workbench.toast(/OpenAI asks to wait: next try in \d s/).waitFor();
    await linked();
    assert.equal(emulator.state.ledger.length, 1);
  });

  it('that answers with a task is waited for', async () => {
    const { workbench, driver } = session;
    await useProvider('lemondata', emulator.baseUrl('lemondata'));
    await driver.configure('pictor.model', 'flux-pro');
    emulator.state.plan = { polls: 4 };
    await run();
    await workbench.toast(/LemonData is drawing \(\d+ %\) · \d+ s/).waitFor();
    await screenshot(session, 'task');
    await linked();
    assert.equal(emulator.state.ledger.length, 1);
  });

  it('may not be reached by http: elsewhere than on this machine', async () => {
    await useProvider('openai', 'http://api.openai.com/v1');
    await run();
    await session.workbench.listed(
      'http: is only for this machine, since your key would travel unprotected; use https:',
    );
  });

  it('is chosen from a list, and gets its key and its address there', async () => {
    const { workbench } = session;
    await workbench.runFromPalette('Pictor: Select Provider…');
    await workbench.row('CometAPI').click();
    await workbench.answer('API key for CometAPI', 'comet-key-0123456789');
    await waitFor('the provider', async () => (await setting('provider')) === 'cometapi');
    assert.deepEqual([await setting('baseUrl'), await setting('model')], ['', '']);
    await workbench.runFromPalette('Pictor: Select Provider…');
    await workbench.row('Custom').click();
    await workbench.quickPick.locator('.quick-input-title', { hasText: 'Custom: Base URL' }).waitFor();
    await workbench.quickInput.fill('http://example.com/v1');
    await workbench.quickPick.locator('.quick-input-message', { hasText: 'http: is only for this machine' }).waitFor();
    await workbench.answer('Custom: Base URL', emulator.baseUrl('open'));
    await waitFor('the base URL', async () => (await setting('baseUrl')) === emulator.baseUrl('open'));
    assert.equal(await setting('model'), '');
  });

  it('has its model chosen from a list that grows while one reads it, or typed into it', async () => {
    const { workbench, window } = session;
    await useProvider('cometapi', emulator.baseUrl('cometapi'));
    await workbench.runFromPalette('Pictor: Select Model…');
    // VS Code uses the elements of a list again for other rows when it grows, and a click would follow its element: it
    // must be there as a whole.
    await workbench.quickInput.fill('seedream');
    await workbench.row('seedream-5').waitFor();
    await workbench.quickInput.fill('qwen');
    await workbench.row('seedream-5').waitFor({ state: 'detached' });
    await workbench.row('qwen-image').click();
    await waitFor('the model', async () => (await setting('model')) === 'qwen-image');
    // What was chosen with the keyboard stays chosen when the service’s list arrives.
    emulator.state.faults.push({ on: 'models', kind: 'hold' });
    await workbench.runFromPalette('Pictor: Select Model…');
    await workbench.row('gpt-image-1.5').waitFor();
    await workbench.quickPick.getByRole('button', { name: 'Ask the service for its models' }).click();
    await workbench.quickInput.press('ArrowDown');
    await workbench.quickInput.press('ArrowDown');
    const active = workbench.quickPick.locator('.monaco-list-row.focused');
    const chosen = await active.getAttribute('aria-label');
    await waitFor('the answer', () => {
      emulator.state.release();
      return emulator.state.requests.at(-1)?.answered;
    });
    await workbench.quickPick.locator('.monaco-progress-container.active').waitFor({ state: 'detached' });
    assert.equal(await active.getAttribute('aria-label'), chosen);
    await workbench.quickInput.fill('flux-9');
    await workbench.row('Use flux-9').waitFor();
    await screenshot(session, 'model-typed');
    await window.page.keyboard.press('Enter');
    await waitFor('the model', async () => (await setting('model')) === 'flux-9');
  });

  it('gets a key while another provider is selected, and is not selected by that', async () => {
    const { workbench } = session;
    await useProvider('placeholder', '');
    await workbench.runFromPalette('Pictor: Set API Key…');
    await workbench.row('now TokenLab').click();
    await workbench.answer('API key for LemonData', 'lemon-key-0123456789');
    await workbench.quickPick.waitFor({ state: 'hidden' });
    assert.equal(await setting('provider'), 'placeholder');
  });

  it('is forgotten on request', async () => {
    const { workbench, window, driver } = session;
    await useProvider('lemondata', elsewhere.baseUrl('lemondata'));
    await typeKey(session, 'LemonData', DIALECTS.lemondata.key ?? '');
    const forgotten = driver.execute('pictor.removeApiKey');
    await window.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Remove Key' }).click();
    await forgotten;
    const delivered = driver.execute('pictor.generateFromSelection');
    await workbench.quickPick.locator('.quick-input-title', { hasText: 'API key for LemonData' }).waitFor();
    await window.page.keyboard.press('Escape');
    assert.deepEqual((await delivered) ?? [], []);
    assert.deepEqual(elsewhere.state.requests, []);
  });

  it('has its key nowhere: not in a log, a setting or a file, and not at another host', async () => {
    const { workbench, window, driver } = session;
    for (const name of KEYED) {
      await useProvider(name, emulator.baseUrl(name));
      await workbench.select(ASKED);
      await driver.execute('pictor.generateFromSelection');
    }
    assert.equal(emulator.state.ledger.length, KEYED.length);
    await workbench.runFromPalette('Pictor: Show Log');
    await window.page.locator('.part.panel .view-line', { hasText: 'Ace Data Cloud' }).first().waitFor();
    await screenshot(session, 'log');
    await driver.execute('workbench.action.closePanel');
    const files = writtenFiles(window.directory);
    assert.ok(
      files.some(({ file, content }) => file.endsWith('Pictor.log') && content.includes('OpenAI gpt-image-2')),
      'the log is among the files',
    );
    for (const name of KEYED) {
      const key = DIALECTS[name].key ?? '';
      assert.ok(key.length > 10);
      for (const { file, content } of files) assert.ok(!content.includes(key), `${key} is in ${file}`);
    }
    const foreign = emulator.state.requests
      .filter(({ server }) => server === 'cdn')
      .map(({ headers }) => headers.authorization);
    assert.ok(
      foreign.length > 0 && foreign.every((key) => key === undefined),
      'pictures are fetched from another host, without a key',
    );
  });
});
