import assert from 'node:assert/strict';
import { startEmulator, type Emulator } from '../emulator/emulator';
import type { Fault } from '../emulator/state';
import { waitFor } from '../runner/waitFor';
import {
  giveKey,
  openDocument,
  putInOrderAfterEach,
  releaseSession,
  screenshot,
  takeSession,
  type Session,
} from './session';

const ASKED = 'A red kite over the dunes.';

describe('what helps', () => {
  let session: Session;
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
    const settings = {
      'pictor.provider': 'custom',
      'pictor.baseUrl': emulator.baseUrl('open'),
      'pictor.model': 'any',
      'pictor.size': '64x64',
    };
    session = await takeSession({ files: { 'README.md': '' }, settings });
  });
  after(async () => {
    await releaseSession(session);
    await emulator.close();
  });
  beforeEach(async () => {
    emulator.state.reset();
    await openDocument(session, 'README.md', `${ASKED}\n`);
    await session.workbench.select(ASKED);
  });
  putInOrderAfterEach(() => session);

  const run = (): Promise<void> => session.workbench.runFromPalette('Pictor: Generate Image from Selection');
  const linked = (count = 1): Promise<string> =>
    session.workbench.waitForLine((line) => line.split('![').length === count + 1);
  const fault = (one: Omit<Fault, 'on'>): void => void emulator.state.faults.push({ on: 'api', ...one });
  const press = (text: string | RegExp, button: string): Promise<void> => session.workbench.press(text, button);

  it('Retry (May Bill Again) makes the same request again, for the same place, although the cursor is elsewhere', async () => {
    fault({ kind: 'status', status: 503, body: '{"error":{"message":"Overloaded."}}' });
    await run();
    await session.workbench.listed('Custom failed (503): Overloaded.');
    await session.driver.evaluate((vscode) => {
      const editor = vscode.window.activeTextEditor;
      if (editor) editor.selection = new vscode.Selection(1, 0, 1, 0);
    });
    assert.equal(emulator.state.ledger.length, 0);
    await screenshot(session, 'retry');
    await press('Custom failed (503): Overloaded.', 'Retry (May Bill Again)');
    assert.match(await linked(), /^A red kite over the dunes\. !\[/);
    assert.equal(emulator.state.ledger.length, 1);
  });

  it('a model that the service suggests is used with one click, and the image comes', async () => {
    fault({
      kind: 'status',
      status: 404,
      body: JSON.stringify({
        error: {
          code: 'model_not_found',
          message: 'No such model.',
          did_you_mean: 'flux-pro',
          suggestions: [{ id: 'flux-pro' }, { id: 'dall-e-3' }],
        },
      }),
    });
    await run();
    await session.workbench.listed('It suggests flux-pro, dall-e-3.');
    await screenshot(session, 'suggestions');
    await press('It suggests flux-pro', 'Use flux-pro');
    await linked();
    assert.deepEqual(
      emulator.state.ledger.map(({ model }) => model),
      ['flux-pro'],
    );
    assert.equal(
      await session.driver.evaluate((vscode) => vscode.workspace.getConfiguration('pictor').get('model')),
      'flux-pro',
    );
  });

  it('Show Answer opens what a gateway really said, without keys', async () => {
    fault({
      kind: 'status',
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><title>Please log in</title><p>Token sk-0123456789abcdef is gone',
    });
    await run();
    await session.workbench.listed(
      /answered with a web page, “Please log in”, and not with a picture\. Check pictor\.baseUrl/,
    );
    await screenshot(session, 'gateway-page');
    await press('Please log in', 'Show Answer');
    const text = await waitFor('the answer', async () => {
      const shown = await session.workbench.text();
      return shown.includes('Please log in') ? shown : undefined;
    });
    assert.match(text, /Token \[key\] is gone/);
    await session.driver.execute('workbench.action.revertAndCloseActiveEditor');
  });

  it('a value that is not taken leads to its setting', async () => {
    fault({
      kind: 'status',
      status: 400,
      body: JSON.stringify({ error: { code: 'invalid_value', message: "Invalid value: '64x64'.", param: 'size' } }),
    });
    await run();
    await press(/does not take a value of the request \(pictor\.size\)/, 'Open Setting');
    await session.window.page.locator('.settings-editor .setting-item-label', { hasText: 'Size' }).first().waitFor();
    await session.driver.execute('workbench.action.closeActiveEditor');
  });

  it('a wait that the service asks for is counted down and can be cancelled', async () => {
    fault({ kind: 'status', status: 429, headers: { 'retry-after': '50' }, body: '{}' });
    await run();
    const seen = new Set<number>();
    const toast = session.workbench.toast(/Custom asks to wait: next try in \d+ s/);
    await waitFor('a countdown', async () => {
      seen.add(Number(/next try in (\d+) s/.exec(await toast.innerText())?.[1]));
      return seen.size > 2;
    });
    await screenshot(session, 'countdown');
    await press(/Custom asks to wait/, 'Cancel');
    await session.workbench.listed('Cancelled.');
    assert.equal(emulator.state.requests.length, 1);
  });

  it('images that a service did not deliver are asked for one by one, once the user agrees', async () => {
    await session.driver.configure('pictor.n', 3);
    fault({ kind: 'shape', shape: 'single' });
    await run();
    await linked(1);
    assert.equal(emulator.state.ledger.length, 1);
    await session.workbench.listed('Custom delivered 1 of 3 pictures.');
    await screenshot(session, 'missing');
    await press('Custom delivered 1 of 3 pictures.', 'Ask for the Others');
    await linked(3);
    assert.deepEqual(
      emulator.state.ledger.map(({ n }) => n),
      [3, 1, 1],
    );
  });

  it('they come in their order, also where the link replaces the text', async () => {
    for (const [name, value] of Object.entries({ insert: 'replace', n: 3, fillMissing: 'always' }))
      await session.driver.configure(`pictor.${name}`, value);
    fault({ kind: 'shape', shape: 'single' });
    await run();
    assert.match(await linked(3), /^(!\[A red kite over the dunes\.\]\(assets\/[\w-]+\.png\)( |$)){3}$/);
    const names = [...(await session.workbench.text()).matchAll(/dunes(?:-(\d+))?\.png/g)].map(([, number = '0']) =>
      Number(number),
    );
    assert.deepEqual(
      names,
      [...names].sort((one, other) => one - other),
    );
  });

  it('a task that takes longer than one wants to wait is asked about again, and not paid for again', async () => {
    await session.driver.configure('pictor.timeoutSeconds', 1);
    await session.driver.configure('pictor.provider', 'lemondata');
    await session.driver.configure('pictor.baseUrl', emulator.baseUrl('lemondata'));
    await session.driver.configure('pictor.model', 'flux-pro');
    await session.driver.configure('pictor.size', undefined);
    emulator.state.plan = { polls: 1_000_000 };
    await run();
    await session.workbench.answer('API key for LemonData', 'sk-emulator-lemondata-0123456789');
    await session.workbench.listed(/LemonData has not finished within 1 s\. The task goes on there/);
    await screenshot(session, 'check-again');
    emulator.state.plan = { polls: 1 };
    await session.driver.configure('pictor.timeoutSeconds', undefined);
    await press('LemonData has not finished', 'Check Again');
    await linked();
    assert.equal(emulator.state.ledger.length, 1);
  });

  it('an image that is not as it was asked for says so, and is kept', async () => {
    await session.driver.configure('pictor.outputFormat', 'jpeg');
    await session.driver.configure('pictor.responseFormat', 'url');
    await run();
    await linked();
    await session.window.page.locator('.statusbar-item', { hasText: 'png instead of jpeg' }).waitFor();
    await screenshot(session, 'differences');
  });

  it('Test Connection says in words what is well, and costs nothing', async () => {
    await session.workbench.runFromPalette('Pictor: Test Connection');
    await session.workbench.listed(
      /^.*Custom answers at http:\/\/127\.0\.0\.1:\d+ after \d+ ms\. There is no key\. Its list of models is empty\./s,
    );
    await screenshot(session, 'connection');
    assert.equal(emulator.state.ledger.length, 0);
  });

  it('Test Connection asks Ace Data Cloud about no task, which is free, and says when the key is refused', async () => {
    await session.driver.configure('pictor.provider', 'acedata');
    await session.driver.configure('pictor.baseUrl', emulator.baseUrl('acedata'));
    await session.workbench.runFromPalette('Pictor: Test Connection');
    await session.workbench.answer('API key for Ace Data Cloud', 'not-the-right-key-0123');
    await session.workbench.listed('Ace Data Cloud does not accept the API key (invalid_api_key)');
    await giveKey(session, emulator, 'acedata');
    assert.match(
      (await session.driver.execute('pictor.testConnection')) as string,
      /The key is accepted\. It tells no list of models\. Nothing was billed\.$/,
    );
    assert.deepEqual(
      emulator.state.requests.map(({ path: url }) => url),
      ['/acedata/openai/tasks', '/acedata/openai/tasks'],
    );
  });

  it('Test Connection says what is wrong', async () => {
    await session.driver.configure('pictor.baseUrl', 'http://127.0.0.1:9/v1');
    await session.workbench.runFromPalette('Pictor: Test Connection');
    await session.workbench.listed(/Nothing answers at Custom’s address \(ECONNREFUSED\)\. Nothing was sent\./);
    await screenshot(session, 'connection-refused');
  });

  it('the list of models has those of the service, and is asked for anew with a button', async () => {
    const { workbench, driver } = session;
    await giveKey(session, emulator, 'openai');
    assert.match(
      (await driver.execute('pictor.testConnection')) as string,
      /^OpenAI answers at .* The key is accepted\. Models it lists: 12; that draw, as far as can be told: 10\. “any” is not among them\. Nothing was billed\.$/,
    );
    await workbench.runFromPalette('Pictor: Select Model…');
    await workbench.row('gpt-image-2.6-flare').waitFor();
    await screenshot(session, 'models-listed');
    await workbench.quickInput.fill('whisper');
    await workbench.row('Use whisper').waitFor();
    assert.equal(await workbench.quickPick.locator('.monaco-list-row', { hasText: 'whisper-1' }).count(), 0);
    await workbench.quickInput.fill('gpt-image-3');
    await workbench.row('gpt-image-3').waitFor();
    assert.equal(emulator.state.requests.length, 1, 'the list of Test Connection is still fresh');
    const asked = emulator.state.requests.length;
    await workbench.quickPick.getByRole('button', { name: 'Ask the service for its models' }).click();
    await waitFor('the second question', () => emulator.state.requests.length > asked);
    await workbench.row('gpt-image-3').click();
    await waitFor('the model', () =>
      driver.evaluate((vscode) => vscode.workspace.getConfiguration('pictor').get('model') === 'gpt-image-3'),
    );
  });

  it('a gateway of the user’s own is chosen by its name', async () => {
    const { workbench, driver } = session;
    await driver.configure('pictor.customProviders', {
      'House Gateway': { baseUrl: emulator.baseUrl('open'), model: 'house-1', send: { user: 'docs' } },
    });
    await workbench.runFromPalette('Pictor: Select Provider…');
    await workbench.row('House Gateway').waitFor();
    await screenshot(session, 'providers');
    await workbench.row('House Gateway').click();
    await waitFor('the choice', () =>
      driver.evaluate(
        (vscode) =>
          vscode.workspace.getConfiguration('pictor').get('customProvider') === 'House Gateway' &&
          vscode.workspace.getConfiguration('pictor').get('baseUrl') === '',
      ),
    );
    await workbench.select(ASKED);
    await run();
    await linked();
    const body = emulator.state.requests.find(({ path: url }) => url.endsWith('/generations'))?.body as Record<
      string,
      unknown
    >;
    assert.deepEqual([body.model, body.user], ['house-1', 'docs']);
  });
});
