import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { ROOT } from '../runner/paths';
import { waitFor } from '../runner/waitFor';
import { findNoBarriers } from './accessibility';
import { FormPage } from './formPage';
import { inSession, openSession, putInOrderAfterEach, screenshot, type Session } from './session';

const THEMES = [
  ['Default Dark Modern', 'dark', 'vscode-dark'],
  ['Default Light Modern', 'light', 'vscode-light'],
  ['Default High Contrast', 'hc-dark', 'vscode-high-contrast'],
  ['Default High Contrast Light', 'hc-light', 'vscode-high-contrast-light'],
] as const;

describe('the looks of the form', () => {
  let session: Session;
  let emulator: Emulator;
  let form: FormPage;

  before(async () => {
    emulator = await startEmulator();
    session = await openSession({
      viewport: { width: 1280, height: 800 },
      files: { 'README.md': 'A red kite over the dunes.\n' },
      settings: {
        'pictor.provider': 'custom',
        'pictor.baseUrl': emulator.baseUrl('open'),
        'pictor.model': 'any',
        'pictor.size': '256x256',
      },
    });
    await session.workbench.open(path.join(session.window.folder, 'README.md'));
    form = await FormPage.open(session);
  });
  after(async () => {
    emulator.state.release();
    await session.window.close();
    await emulator.close();
  });
  putInOrderAfterEach(() => session);

  /** One of everything: a running job, a failed one, several images to pick from, and a gallery. */
  before(async () => {
    for (const prompt of [
      'A paper boat on calm water',
      'A lighthouse at dusk',
      'An old mill by the river',
      'A street in the rain',
    ]) {
      await form.ask(prompt);
      await form.frame.locator('.grid').getByRole('button', { name: prompt }).waitFor();
    }
    await form.field('Number of pictures').fill('3');
    await form.field('Number of pictures').press('Tab');
    await form.button('Generate 3').waitFor();
    await form.ask('Three seasons');
    await form.card('Three seasons').getByRole('button', { name: 'Keep All' }).waitFor(); // its three requests are answered: the fault below is not theirs
    await form.field('Number of pictures').fill('1');
    await form.field('Number of pictures').press('Tab');
    await form.button('Generate').waitFor();
    emulator.state.faults.push({
      on: 'api',
      kind: 'status',
      status: 401,
      body: '{"error":{"code":"invalid_api_key","message":"Incorrect API key."}}',
    });
    await form.ask('A ship in a bottle');
    await form.card('A ship in a bottle').getByText('does not accept the API key').waitFor();
    emulator.state.faults.push({ on: 'api', kind: 'hold' });
    await form.ask('A red kite over the dunes');
    await form.card('A red kite over the dunes').getByText('Waiting for Custom').waitFor();
    await waitFor('the thumbnails', async () => (await form.frame.locator('.grid img').count()) >= 7);
  });

  for (const [theme, name, mark] of THEMES) {
    it(`have no barrier in ${name}, in any state`, async () => {
      await session.driver.configure('workbench.colorTheme', theme);
      await waitFor('the theme', () => form.evaluate(`document.body.classList.contains('${mark}')`));
      await form.evaluate('window.scrollTo(0, 0)');
      await findNoBarriers(form, `${name}: form, jobs and gallery`);
      await screenshot(session, `looks-${name}-form`);
      await form.evaluate('document.querySelector(".jobs").scrollIntoView()');
      await screenshot(session, `looks-${name}-jobs`);
      await form.evaluate('document.querySelector(".gallery").scrollIntoView()');
      await screenshot(session, `looks-${name}-gallery`);
      await form.chooseProvider('openai');
      // The same words are announced, too.
      await form.frame.locator('form').getByText('OpenAI needs a key.').waitFor();
      await waitFor('the model', async () => (await form.model.inputValue()) === 'gpt-image-2.6-flare');
      await form.model.click();
      await form.frame.locator('.options li').first().waitFor();
      await findNoBarriers(form, `${name}: list of models, missing key`);
      await screenshot(session, `looks-${name}-models`);
      await form.page.keyboard.press('Escape');
      await form.button('Reset').click();
      await form.frame.locator('.grid').getByRole('button', { name: 'A lighthouse at dusk' }).click();
      await form.frame.getByText('Linked from').waitFor();
      await waitFor(
        'the picture',
        async () => (await form.evaluate<number>('document.querySelector("img.whole")?.naturalWidth ?? 0')) > 0,
      );
      await findNoBarriers(form, `${name}: picture`);
      await screenshot(session, `looks-${name}-picture`);
      await form.button('Compare with…').click();
      await form.frame.locator('.grid').getByRole('button', { name: 'An old mill by the river' }).click();
      await form.frame.getByRole('main', { name: 'Compare' }).waitFor();
      await findNoBarriers(form, `${name}: comparison`);
      await form.button('Back').click();
      await form.prompt.waitFor();
    });
  }

  it('hold at 200 and at 800 pixels, at twice the zoom, and from right to left', async () => {
    await form.evaluate('window.scrollTo(0, 0)');
    await widen(session, 200);
    assert.equal(await overflow(form), 0);
    await screenshot(session, 'looks-200px');
    await widen(session, 800);
    assert.equal(await overflow(form), 0);
    await screenshot(session, 'looks-800px');
    await widen(session, 300);
    await form.evaluate('document.documentElement.style.zoom = 2');
    assert.equal(await overflow(form), 0);
    await screenshot(session, 'looks-zoom');
    await form.evaluate('document.documentElement.style.zoom = 1');
    await form.evaluate('document.documentElement.dir = "rtl"');
    assert.equal(await overflow(form), 0);
    await screenshot(session, 'looks-rtl');
    await form.evaluate('document.documentElement.dir = "ltr"');
  });

  it('hold still for who wants no motion', async () => {
    const animation = (): Promise<string> =>
      form.evaluate<string>('getComputedStyle(document.querySelector("progress")).animationName');
    assert.equal(await animation(), 'none');
    await session.window.page.emulateMedia({ reducedMotion: 'no-preference' });
    assert.equal(await animation(), 'slide');
    await session.window.page.emulateMedia({ reducedMotion: 'reduce' });
  });

  for (const [name, container, part] of [
    ['panel', 'driver', '.part.panel'],
    ['secondary side bar', 'driver-secondary', '.part.auxiliarybar'],
  ] as const) {
    it(`hold in the ${name}`, async () => {
      await session.driver.execute('vscode.moveViews', {
        viewIds: ['pictor.form'],
        destinationId: `workbench.view.extension.${container}`,
      });
      form = await FormPage.open(session);
      await form.card('A red kite over the dunes').waitFor();
      await session.window.page.locator(part).getByText('Pictor', { exact: false }).first().waitFor();
      assert.equal(await overflow(form), 0);
      await screenshot(session, `looks-${name.replace(/ /g, '-')}`);
      await session.driver.execute('vscode.moveViews', {
        viewIds: ['pictor.form'],
        destinationId: 'workbench.view.extension.pictor',
      });
      form = await FormPage.open(session);
      await form.prompt.waitFor();
    });
  }
});

const LANGUAGES = ['fr', 'tr', 'zh-cn'] as const;

describe('the form in a language', () => {
  for (const language of LANGUAGES) {
    it(`holds in ${language} at 200 pixels, with every state`, async () => {
      const words = JSON.parse(readFileSync(path.join(ROOT, 'l10n', `bundle.l10n.${language}.json`), 'utf8')) as Record<
        string,
        string
      >;
      const emulator = await startEmulator();
      const options = {
        language,
        files: { 'README.md': 'A red kite.\n' },
        settings: {
          'pictor.provider': 'openai',
          'pictor.baseUrl': emulator.baseUrl('openai'),
          'pictor.model': 'gpt-image-2.5-flare',
        },
      };
      await inSession(options, async (session) => {
        await session.workbench.open(path.join(session.window.folder, 'README.md'));
        const form = await FormPage.open(session);
        await form.frame.getByText(words['Set API Key'] ?? '', { exact: true }).waitFor();
        await form.frame.getByText(words['More options'] ?? '', { exact: true }).click();
        await widen(session, 200);
        assert.equal(await overflow(form), 0);
        await screenshot(session, `looks-${language}-options`);
        await form.chooseProvider('placeholder');
        await form.frame.locator('#prompt').fill('A red kite');
        await form.generate.click();
        await form.images.first().waitFor();
        assert.equal(await overflow(form), 0);
        await screenshot(session, `looks-${language}-form`);
        await findNoBarriers(form, language);
        await form.images.first().click();
        await form.frame.getByText(words['Linked from'] ?? '', { exact: true }).waitFor();
        assert.equal(await overflow(form), 0);
        await screenshot(session, `looks-${language}-picture`);
      });
      await emulator.close();
    });
  }
});

const overflow = (form: FormPage): Promise<number> =>
  form.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Drags the edge of the side bar. */
async function widen({ window: { page } }: Session, px: number): Promise<void> {
  const bar = await page.locator('.part.sidebar').boundingBox();
  assert.ok(bar);
  await page.mouse.move(bar.x + bar.width, bar.y + 300);
  await page.mouse.down();
  await page.mouse.move(bar.x + px, bar.y + 300, { steps: 5 });
  await page.mouse.up();
  await waitFor(
    'the width',
    async () => Math.abs(((await page.locator('.part.sidebar').boundingBox())?.width ?? 0) - px) < 12,
  );
}
