import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { waitFor } from '../runner/waitFor';
import { FormPage } from './formPage';
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

describe('models and money', () => {
  let session: Session;
  let emulator: Emulator;
  let form: FormPage;

  before(async () => {
    emulator = await startEmulator();
    session = await takeSession({ files: { 'README.md': '' } });
    for (const name of ['openai', 'cometapi', 'lemondata', 'tokenlab'] as const) await giveKey(session, emulator, name);
    await session.driver.restoreSettings();
    await openDocument(session, 'README.md', '\n');
    form = await FormPage.open(session);
  });
  after(async () => {
    await releaseSession(session);
    await emulator.close();
  });
  beforeEach(() => openDocument(session, 'README.md', `${ASKED}\n`));
  afterEach(async () => {
    emulator.state.reset();
    await form.putInOrder();
  });
  putInOrderAfterEach(() => session);

  async function use(name: 'openai' | 'cometapi', settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const all = { provider: name, baseUrl: emulator.baseUrl(name), ...settings };
    for (const [key, value] of Object.entries(all)) await session.driver.configure(`pictor.${key}`, value);
    await waitFor('the provider', async () => (await form.field('Provider').inputValue()) === name);
  }
  const setting = (name: string): Promise<unknown> =>
    session.driver.evaluate((vscode, key) => vscode.workspace.getConfiguration('pictor').get(key), name);
  const sentBodies = (): Readonly<Record<string, unknown>>[] =>
    emulator.state.requests
      .filter(({ path: url }) => url.endsWith('/generations'))
      .map(({ body }) => body as Readonly<Record<string, unknown>>);
  const run = (): Promise<void> => session.workbench.runFromPalette('Pictor: Generate Image from Selection');
  const dialog = (): ReturnType<typeof session.window.page.locator> =>
    session.window.page.locator('.monaco-dialog-box');

  it('show what a 2.6 model will cost at once, and what it has cost', async () => {
    await use('openai');
    await form.chooseModel('gpt-image-2.6-sunburst');
    await form.frame.getByText('Generate · up to about $0.05').waitFor();
    await form.field('Quality').selectOption('low');
    await form.field('Size').selectOption('1024x1024');
    await form.frame.getByText('Generate · about $0.02').waitFor();
    await screenshot(session, 'price-before');
    await form.make('A price tag');
    await form.show('A price tag');
    // 50 tokens of text at $5, 196 of the image at $30 per million.
    await form.frame.getByText('$0.006, 246 tokens, by the price list of November 2026').waitFor();
    await screenshot(session, 'price-after');
    assert.equal(sentBodies()[0]?.quality, 'low');
  });

  it('lead from a model that has ended to its replacement in one click, before anything is sent', async () => {
    await use('openai', { model: 'dall-e-3', quality: 'hd', style: 'vivid' });
    await session.workbench.select(ASKED);
    await run();
    await dialog().getByText('dall-e-3 ended at OpenAI on May 12, 2026.').waitFor();
    assert.equal(emulator.state.requests.length, 0);
    await screenshot(session, 'model-ended');
    await dialog().getByRole('button', { name: 'Use gpt-image-2.6-flare' }).click();
    await session.workbench.waitForLine((line) => line.includes('!['));
    assert.deepEqual(sentBodies(), [{ model: 'gpt-image-2.6-flare', prompt: ASKED, quality: 'high' }]);
    await session.workbench.listed('pictor.quality (hd)');
    assert.deepEqual([await setting('model'), await setting('quality')], ['', '']);
  });

  it('send to a model that has ended if the user insists, and offer its replacement again', async () => {
    await use('openai', { model: 'dall-e-3' });
    await session.workbench.select(ASKED);
    await run();
    await dialog().getByRole('button', { name: 'Send Anyway' }).click();
    const refusal = 'OpenAI does not have this model for you (invalid_value)';
    await form.card(refusal).waitFor();
    await session.workbench.listed(refusal);
    await screenshot(session, 'model-refused');
    await form.card(refusal).getByRole('button', { name: 'Use gpt-image-2.6-flare' }).click();
    await session.workbench.waitForLine((line) => line.includes('!['));
    assert.deepEqual(
      emulator.state.ledger.map(({ model }) => model),
      ['gpt-image-2.6-flare'],
    );
  });

  it('tell in the list what ends and when, as the provider says it, and what is not known yet', async () => {
    await use('openai');
    await session.workbench.runFromPalette('Pictor: Select Model…');
    await session.workbench.row('gpt-image-2.6-flare').getByText('up to about $0.05').waitFor();
    await screenshot(session, 'model-list');
    await session.workbench.quickInput.fill('chatgpt');
    await session.workbench.row('chatgpt-image-latest').getByText('ends on January 31, 2099').waitFor();
    await session.workbench.quickInput.fill('2.7');
    await session.workbench
      .row('gpt-image-2.7-flare-2027-01-01')
      .getByText('not known yet; treated like gpt-image-2.6-flare')
      .waitFor();
    await session.window.page.keyboard.press('Escape');
    await form.chooseModel('chatgpt-image-latest');
    await form.frame.getByText('chatgpt-image-latest ends on January 31, 2099.').waitFor();
    await form.button('Use gpt-image-2.6-flare').click();
    await waitFor('the replacement', async () => (await form.model.inputValue()) === 'gpt-image-2.6-flare');
  });

  it('tell once, in passing, of a model that ends, and ask nothing', async () => {
    await use('openai');
    await session.workbench.runFromPalette('Pictor: Test Connection');
    await session.workbench.listed('OpenAI answers at');
    await session.driver.configure('pictor.model', 'chatgpt-image-latest');
    await session.workbench.select(ASKED);
    await run();
    const told = session.window.page.locator('.statusbar-item', {
      hasText: 'chatgpt-image-latest ends at OpenAI on January 31, 2099',
    });
    await told.waitFor();
    await session.workbench.waitForLine((line) => line.includes('!['));
    await told.waitFor({ state: 'detached' });
    await session.workbench.select(ASKED);
    await run();
    await session.workbench.waitForLine((line) => line.split('![').length === 3);
    assert.equal(await told.count(), 0);
  });

  it('are asked for without a key where the list is public, page by page, with its prices', async () => {
    await use('cometapi');
    await session.workbench.runFromPalette('Pictor: Select Model…');
    await session.workbench.quickInput.fill('seedream');
    await session.workbench.row('seedream-5').getByText('about $0.04').waitFor();
    const asked = emulator.state.requests.filter(({ path: url }) => url.startsWith('/cometapi/api/models'));
    assert.deepEqual(
      asked.map(({ path: url, headers }) => [url, headers.authorization]),
      [
        ['/cometapi/api/models', undefined],
        ['/cometapi/api/models?page=2', undefined],
      ],
    );
    await session.window.page.keyboard.press('Escape');
  });

  it('learn which field a provider does not know, leave it out on request, and try it again on request', async () => {
    await use('openai', { model: 'gpt-image-2.5-flare', moderation: 'low' });
    const body = {
      error: { message: "Unknown parameter: 'moderation'.", param: 'moderation', code: 'unknown_parameter' },
    };
    emulator.state.faults.push({ on: 'api', kind: 'status', status: 400, body: JSON.stringify(body) });
    await form.ask('A quiet street');
    const card = form.card('does not know a field of the request for this model');
    await card.getByRole('button', { name: 'Leave Out pictor.moderation' }).waitFor();
    await form.openOptions();
    await form.frame.getByText(/^Moderation was refused on /).waitFor();
    await screenshot(session, 'refused-field');
    await card.getByRole('button', { name: 'Leave Out pictor.moderation' }).click();
    await form.image('A quiet street').waitFor();
    const sent = (): unknown[] => sentBodies().map(({ moderation }) => moderation);
    assert.deepEqual(sent(), ['low', undefined]);
    await form.frame.getByText(/^Moderation is left out: refused on /).waitFor();
    await form.button('Try Moderation again').click();
    await form.frame.getByText(/^Moderation is left out/).waitFor({ state: 'detached' });
    await form.make('A loud street');
    assert.deepEqual(sent(), ['low', undefined, 'low']);
  });

  it('offer the provider that a silent one has become, and no key moves with it', async () => {
    await session.driver.configure('pictor.provider', 'lemondata');
    // Nobody listens there.
    await session.driver.configure('pictor.baseUrl', 'http://127.0.0.1:9/v1');
    await session.driver.configure('pictor.timeoutSeconds', 20);
    await waitFor('the provider', async () => (await form.field('Provider').inputValue()) === 'lemondata');
    const done = session.driver.execute('pictor.setApiKey');
    await session.workbench.answer('API key for LemonData', 'lemon-key-0123456789');
    await done;
    await form.ask('A moved house');
    const card = form.card('LemonData has become TokenLab');
    await card.getByRole('button', { name: 'Use TokenLab' }).waitFor();
    await screenshot(session, 'moved');
    await card.getByRole('button', { name: 'Use TokenLab' }).click();
    await session.workbench.quickPick.locator('.quick-input-title', { hasText: 'API key for TokenLab' }).waitFor();
    await session.window.page.keyboard.press('Escape');
    assert.deepEqual([await setting('provider'), await setting('baseUrl')], ['tokenlab', '']);
  });

  it('add up what was spent, with what is not known, and copy it', async () => {
    await use('cometapi', { model: 'qwen-image', responseFormat: 'b64_json' });
    await form.make('Costs nobody knows');
    await use('openai', { model: 'gpt-image-2.5-flare', size: '1024x1024' });
    await form.make('Costs a little');
    await session.workbench.runFromPalette('Pictor: Show Spending');
    await session.workbench.row('OpenAI · gpt-image-2.5-flare').waitFor();
    await screenshot(session, 'spending');
    await session.workbench.quickInput.fill('qwen');
    await session.workbench
      .row('CometAPI · qwen-image')
      .getByText(/^\d+ requests? of unknown cost$/)
      .waitFor();
    await session.window.page.keyboard.press('Enter');
    const csv = await waitFor('the table', async () => {
      const text = await session.driver.evaluate((vscode) => vscode.env.clipboard.readText());
      return text.startsWith('month,') && text;
    });
    assert.match(csv, /^\d{4}-\d{2},OpenAI,gpt-image-2\.5-flare,\d+,\d+,0\.\d{4},0\r$/m);
    assert.match(csv, /^\d{4}-\d{2},CometAPI,qwen-image,\d+,\d+,0\.0000,[1-9]\d*\r$/m);
  });

  it('ask before a sum above the limit, and name it', async () => {
    await use('openai', { model: 'gpt-image-2', quality: 'high', size: '1024x1024', confirmAboveDollars: 0.2 });
    await session.workbench.select(ASKED);
    await run();
    await dialog().getByText('Generate a picture for about $0.21?').waitFor();
    await screenshot(session, 'confirm-dollars');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    assert.equal(emulator.state.requests.length, 0);
  });

  it('bring animations and drawings, saved as what they are', async () => {
    await use('openai', { outputFormat: 'gif', frameCount: 3, size: '720x720' });
    await form.make('A waving flag');
    await session.window.page.emulateMedia({ reducedMotion: 'no-preference' });
    await form.show('A waving flag');
    await form.frame.getByText('image/gif, 720 × 720').first().waitFor();
    const width = (selector: string): Promise<boolean> =>
      form.evaluate<boolean>(`(document.querySelector(${JSON.stringify(selector)})?.naturalWidth ?? 0) === 720`);
    await waitFor('the animation', () => width('img.whole'));
    await screenshot(session, 'animation');
    await form.action('Back').click();
    // Who wants no motion sees its first frame, and may have it move.
    await session.window.page.emulateMedia({ reducedMotion: 'reduce' });
    await form.show('A waving flag');
    await waitFor('the first frame', () =>
      form.evaluate<boolean>('document.querySelector("canvas.whole")?.width === 720'),
    );
    await form.action('Play the animation').click();
    await waitFor('the animation', () => width('img.whole'));
    await form.action('Back').click();
    await use('openai', { outputFormat: 'svg', frameCount: null, size: '' });
    await form.make('A plain arrow');
    const text = await session.workbench.text();
    for (const link of ['![A waving flag](assets/a-waving-flag.gif)', '![A plain arrow](assets/a-plain-arrow.svg)'])
      assert.ok(text.includes(link), text);
    const read = (name: string): string =>
      readFileSync(path.join(session.window.folder, 'assets', name), 'latin1').slice(0, 6);
    assert.deepEqual([read('a-waving-flag.gif'), read('a-plain-arrow.svg')], ['GIF89a', '<svg x']);
  });
});
