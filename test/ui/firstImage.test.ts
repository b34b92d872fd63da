import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { waitFor } from '../runner/waitFor';
import {
  openDocument,
  openSession,
  putInOrderAfterEach,
  releaseSession,
  screenshot,
  storedFiles,
  takeSession,
  type Session,
} from './session';

const LIGHTHOUSE = 'A small **lighthouse** on a cliff at dusk.';

const README = `# The lighthouse

${LIGHTHOUSE}

An old keeper
reading by a lamp.

- A paper boat on calm water
`;

describe('a fresh install', () => {
  let session: Session;
  before(async () => {
    session = await openSession({ files: { 'README.md': '' } });
  });
  after(() => session.window.close());
  putInOrderAfterEach(() => session);

  it('draws a placeholder from a selected sentence, links it, and offers to connect a provider, once', async () => {
    const { workbench, window } = session;
    await openDocument(session, 'README.md', README);
    await workbench.select(LIGHTHOUSE);
    await workbench.runFromPalette('Pictor: Generate Image from Selection');
    const line = await workbench.waitForLine((text) => text.includes('!['));
    assert.equal(
      line,
      `${LIGHTHOUSE} ![A small lighthouse on a cliff at dusk.](assets/a-small-lighthouse-on-a-cliff-at-dusk.svg)`,
    );
    const svg = readFileSync(path.join(window.folder, 'assets/a-small-lighthouse-on-a-cliff-at-dusk.svg'), 'utf8');
    assert.match(svg, /^<svg .*width="1024" height="1024"/);
    await workbench.listed('This picture is a placeholder');
    await screenshot(session, 'first-picture');
    await workbench.press('This picture is a placeholder', 'Connect a Provider');
    await workbench.quickPick.locator('.quick-input-title', { hasText: 'Select Provider' }).waitFor();
    for (const label of ['Placeholder', 'OpenAI', 'LemonData', 'CometAPI', 'Ace Data Cloud', 'Custom'])
      await workbench.row(label).waitFor();
    await screenshot(session, 'providers');
    await workbench.closeQuickPick();
    await workbench.clearNotifications();
    await workbench.select('A paper boat on calm water');
    // The command ends when all has been said.
    await session.driver.execute('pictor.generateFromSelection');
    await workbench.waitForLine((text) => text.includes('a-paper-boat-on-calm-water.svg'));
    const center = await workbench.openNotifications();
    assert.equal(
      await center.locator('.notification-list-item', { hasText: 'This picture is a placeholder' }).count(),
      0,
    );
  });
});

describe('an install that has drawn before', () => {
  let session: Session;
  before(async () => {
    session = await takeSession({ files: { 'README.md': '', 'other.md': '' } });
  });
  after(() => releaseSession(session));
  beforeEach(() => openDocument(session, 'README.md', README));
  putInOrderAfterEach(() => session);

  it('asks about the paragraph at the cursor when nothing is selected, and stops on Escape', async () => {
    const { workbench, window } = session;
    await workbench.select('An old keeper');
    await session.driver.execute('cursorRight');
    await waitFor('the question', async () => {
      await window.page.keyboard.press('Control+Alt+g');
      return workbench.quickPick
        .locator('.quick-input-title', { hasText: 'Generate Image' })
        .waitFor({ timeout: 3000 })
        .then(
          () => true,
          () => false,
        );
    });
    assert.equal(await workbench.quickInput.inputValue(), 'An old keeper reading by a lamp.');
    await workbench.closeQuickPick();
    // Asked for by a command whose end can be waited for.
    const delivered = session.driver.execute('pictor.generateFromSelection');
    await workbench.quickPick.locator('.quick-input-title', { hasText: 'Generate Image' }).waitFor();
    await window.page.keyboard.press('Escape');
    assert.deepEqual((await delivered) ?? [], []);
    assert.doesNotMatch(await workbench.text(), /an-old-keeper/);
    assert.deepEqual(
      drawn(session).filter((name) => name.startsWith('an-old-keeper')),
      [],
    );
  });

  it('inserts below the confirmed paragraph’s text', async () => {
    const { workbench } = session;
    await workbench.select('An old keeper');
    await session.driver.execute('cursorRight');
    await workbench.runFromPalette('Pictor: Generate Image from Selection');
    await workbench.answer('Generate Image', 'A keeper by lamplight');
    const line = await workbench.waitForLine((text) => text.includes('a-keeper-by-lamplight.svg'));
    assert.equal(line, 'reading by a lamp. ![A keeper by lamplight](assets/a-keeper-by-lamplight.svg)');
  });

  it('has the command in the editor’s context menu', async () => {
    const { page } = session.window;
    await page.locator('.editor-instance .view-line').first().click({ button: 'right' });
    await page.locator('.monaco-menu .action-label', { hasText: 'Generate Image from Selection' }).waitFor();
    await screenshot(session, 'context-menu');
  });

  it('has everything behind its status bar item', async () => {
    const { workbench, window } = session;
    await window.page.locator('.part.statusbar .statusbar-item', { hasText: 'Pictor' }).click();
    await workbench.quickPick.locator('.quick-input-title', { hasText: 'Pictor' }).waitFor();
    for (const label of [
      'Generate Image from Selection',
      'Generate Image…',
      'Select Provider…',
      'Select Model…',
      'Set API Key…',
      'Remove API Key…',
      'Show Log',
      'Open Settings',
    ]) {
      await workbench.row(label).waitFor();
    }
    await screenshot(session, 'menu');
  });

  it('draws from a typed prompt, and offers what to do with the image', async () => {
    const { workbench, driver } = session;
    await openDocument(session, 'other.md', 'Other.\n');
    await workbench.runFromPalette('Pictor: Generate Image…');
    await workbench.answer('Generate Image', 'A brass compass');
    const offer = await workbench.listed('Saved assets/a-brass-compass.svg');
    for (const name of ['Open', 'Insert at Cursor', 'Copy Link', 'Reveal'])
      await offer.getByRole('button', { name, exact: true }).waitFor();
    await screenshot(session, 'offer');
    await workbench.press('Saved assets/a-brass-compass.svg', 'Copy Link');
    await waitFor(
      'the link in the clipboard',
      async () =>
        (await driver.evaluate((vscode) => vscode.env.clipboard.readText())) ===
        '![A brass compass](assets/a-brass-compass.svg)',
    );
    assert.equal(await workbench.text(), 'Other.\n');
    await workbench.runFromPalette('Pictor: Generate Image…');
    await workbench.answer('Generate Image', 'A brass compass');
    await workbench.press('Saved assets/a-brass-compass-1.svg', 'Insert at Cursor');
    await workbench.waitForLine((text) => text.includes('![A brass compass](assets/a-brass-compass-1.svg)'));
  });

  it('draws with no editor open', async () => {
    const { workbench, window, driver } = session;
    await driver.execute('workbench.action.files.save');
    await driver.execute('workbench.action.closeAllEditors');
    await workbench.runFromPalette('Pictor: Generate Image…');
    await workbench.answer('Generate Image', 'An anchor');
    await workbench.press('Saved assets/an-anchor.svg', 'Open');
    await window.page.getByRole('tab', { name: /an-anchor\.svg/ }).waitFor();
    await driver.execute('workbench.action.closeAllEditors');
  });

  it('names a bad value with its setting, and opens it', async () => {
    const { workbench, driver, window } = session;
    await driver.configure('pictor.size', 'large');
    await workbench.select(LIGHTHOUSE);
    await workbench.runFromPalette('Pictor: Generate Image from Selection');
    const words = 'The setting pictor.size cannot be "large": WIDTHxHEIGHT, such as 1024x1024, or auto is expected.';
    await workbench.listed(words);
    await screenshot(session, 'bad-setting');
    await workbench.press(words, 'Open Setting');
    await window.page.locator('.settings-editor .setting-item-contents', { hasText: 'Size' }).first().waitFor();
    await screenshot(session, 'settings');
    await driver.execute('workbench.action.closeActiveEditor');
  });

  it('keeps an image whose folder cannot be made, says where, and saves it where the user likes', async () => {
    const { workbench, driver, window } = session;
    await driver.configure('pictor.assetsFolder', 'other.md/pictures');
    await openDocument(session, 'other.md', 'Other.\n');
    await workbench.select('Other.');
    await workbench.runFromPalette('Pictor: Generate Image from Selection');
    const words = /could not be saved in .*other\.md\/pictures: .* It is kept until it has a place\./;
    await workbench.listed(words);
    await screenshot(session, 'kept');
    await workbench.press(words, 'Save As…');
    await workbench.quickPick.locator('.quick-input-title', { hasText: 'Save Picture' }).waitFor();
    await workbench.row('..').waitFor();
    const target = path.join(window.folder, 'rescued.svg');
    await workbench.quickInput.fill(target);
    await workbench.quickInput.press('Enter');
    await waitFor('the rescued picture', () => existsSync(target));
    assert.match(readFileSync(target, 'utf8'), /^<svg /);
    await workbench.waitForLine((line) => line === 'Other. ![Other.](rescued.svg)');
    await waitFor('an empty staging folder', () => storedFiles(session, 'staging').length === 0);
  });

  it('is what the README shows, and leaves no temporary file', async () => {
    const { workbench, window, driver } = session;
    for (const text of [LIGHTHOUSE, 'A paper boat on calm water']) {
      await workbench.select(text);
      await driver.execute('pictor.generateFromSelection');
    }
    await driver.configure('workbench.colorTheme', 'Default Dark Modern');
    await driver.execute('workbench.action.closeSidebar');
    await driver.execute('markdown.showPreviewToSide');
    const preview = window.page
      .locator('iframe.webview.ready')
      .last()
      .contentFrame()
      .locator('iframe#active-frame')
      .contentFrame();
    await preview.getByRole('img', { name: 'A small lighthouse on a cliff at dusk.' }).waitFor();
    await waitFor('the picture in the preview', () =>
      preview
        .getByRole('img')
        .first()
        .evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0),
    );
    await screenshot(session, 'readme');
    await driver.execute('workbench.action.toggleSidebarVisibility');
    await driver.execute('workbench.action.closeActiveEditor');
    assert.ok(
      drawn(session).length >= 2 && drawn(session).every((file) => file.endsWith('.svg')),
      drawn(session).join(),
    );
    assert.ok(!existsSync(path.join(window.folder, 'undefined')));
  });

  for (const [theme, name] of [
    ['Default Dark Modern', 'dark'],
    ['Default Light Modern', 'light'],
    ['Default High Contrast', 'high-contrast'],
  ] as const) {
    it(`shows all of its words in ${name}`, async () => {
      const { workbench, driver } = session;
      await driver.configure('workbench.colorTheme', theme);
      await workbench.runFromPalette('Pictor: Generate Image…');
      await workbench.answer('Generate Image', `A ${name} sky`);
      await workbench.listed(`Saved assets/a-${name}-sky`);
      await workbench.runFromPalette('Pictor: Show Menu');
      await workbench.row('Generate Image from Selection').waitFor();
      await screenshot(session, `theme-${name}`);
    });
  }
});

/** Names in the assets folder. */
function drawn({ window }: Session): string[] {
  const folder = path.join(window.folder, 'assets');
  return existsSync(folder) ? readdirSync(folder) : [];
}
