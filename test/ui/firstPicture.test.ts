import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { waitFor } from '../vscode/waitFor';
import { openSession, screenshot, storedFiles, type Session } from './session';

const README = `# The lighthouse

A small **lighthouse** on a cliff at dusk.

An old keeper
reading by a lamp.

- A paper boat on calm water
`;

describe('a fresh install', () => {
  let session: Session;
  before(async () => {
    session = await openSession({ files: { 'README.md': README, 'other.md': 'Other.\n' } });
    await session.workbench.open(path.join(session.window.folder, 'README.md'));
  });
  after(() => session.window.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await screenshot(session, `failed-${this.currentTest.title.replace(/\W+/g, '-').slice(0, 60)}`);
    await session.window.page.keyboard.press('Escape');
    await session.workbench.clearNotifications();
    await session.driver.configure('pictor.assetsFolder', undefined);
  });

  it('draws a placeholder from a selected sentence, links it, and offers to connect a provider', async () => {
    const { workbench, window } = session;
    await workbench.select('A small **lighthouse** on a cliff at dusk.');
    await workbench.runFromPalette('Pictor: Generate Image from Selection');
    const line = await workbench.waitForLine((text) => text.includes('!['));
    assert.equal(line, 'A small **lighthouse** on a cliff at dusk. ![A small lighthouse on a cliff at dusk.](assets/a-small-lighthouse-on-a-cliff-at-dusk.svg)');
    const svg = readFileSync(path.join(window.folder, 'assets/a-small-lighthouse-on-a-cliff-at-dusk.svg'), 'utf8');
    assert.match(svg, /^<svg .*width="1024" height="1024"/);
    const toast = workbench.toast('This picture is a placeholder');
    await toast.waitFor();
    await screenshot(session, 'first-picture');
    await toast.getByRole('button', { name: 'Connect a Provider' }).click();
    await workbench.quickPick.locator('.quick-input-title', { hasText: 'Select Provider' }).waitFor();
    for (const label of ['Placeholder', 'OpenAI', 'LemonData', 'CometAPI', 'Ace Data Cloud', 'Custom']) await workbench.row(label).waitFor();
    await screenshot(session, 'providers');
  });

  it('does not offer it a second time', async () => {
    const { workbench } = session;
    await workbench.select('A paper boat on calm water');
    await workbench.runFromPalette('Pictor: Generate Image from Selection');
    await workbench.waitForLine((text) => text.includes('a-paper-boat-on-calm-water.svg'));
    const center = await workbench.openNotifications();
    assert.equal(await center.locator('.notification-list-item', { hasText: 'This picture is a placeholder' }).count(), 0);
    await workbench.driver.execute('notifications.hideList');
  });

  it('asks about the paragraph at the cursor when nothing is selected, and stops on Escape', async () => {
    const { workbench, window } = session;
    await workbench.select('An old keeper');
    await session.driver.execute('cursorRight');
    await window.page.keyboard.press('Control+Alt+g');
    await workbench.quickPick.locator('.quick-input-title', { hasText: 'Generate Image' }).waitFor();
    assert.equal(await workbench.quickInput.inputValue(), 'An old keeper reading by a lamp.');
    await window.page.keyboard.press('Escape');
    await workbench.quickPick.waitFor({ state: 'hidden' });
    assert.doesNotMatch(await workbench.text(), /an-old-keeper/);
  });

  it('inserts below the confirmed paragraph’s text', async () => {
    const { workbench } = session;
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
    for (const label of ['Generate Image from Selection', 'Generate Image…', 'Select Provider…', 'Select Model…', 'Set API Key…', 'Remove API Key…', 'Show Log', 'Open Settings']) {
      await workbench.row(label).waitFor();
    }
    await screenshot(session, 'menu');
  });

  it('draws from a typed prompt, and offers what to do with the picture', async () => {
    const { workbench, window, driver } = session;
    await workbench.open(path.join(window.folder, 'other.md'));
    await workbench.runFromPalette('Pictor: Generate Image…');
    await workbench.answer('Generate Image', 'A brass compass');
    const toast = workbench.toast('Saved assets/a-brass-compass.svg');
    for (const name of ['Open', 'Insert at Cursor', 'Copy Link', 'Reveal']) await toast.getByRole('button', { name, exact: true }).waitFor();
    await screenshot(session, 'offer');
    await toast.getByRole('button', { name: 'Copy Link' }).click();
    await waitFor('the link in the clipboard', async () => (await driver.evaluate((vscode) => vscode.env.clipboard.readText())) === '![A brass compass](assets/a-brass-compass.svg)');
    assert.equal(await workbench.text(), 'Other.\n');
    await workbench.runFromPalette('Pictor: Generate Image…');
    await workbench.answer('Generate Image', 'A brass compass');
    await workbench.toast('Saved assets/a-brass-compass-1.svg').getByRole('button', { name: 'Insert at Cursor' }).click();
    await workbench.waitForLine((text) => text.includes('![A brass compass](assets/a-brass-compass-1.svg)'));
    await driver.execute('workbench.action.files.revert');
  });

  it('draws with no editor open', async () => {
    const { workbench, window, driver } = session;
    await driver.execute('workbench.action.closeAllEditors');
    await workbench.runFromPalette('Pictor: Generate Image…');
    await workbench.answer('Generate Image', 'An anchor');
    await workbench.toast('Saved assets/an-anchor.svg').getByRole('button', { name: 'Open' }).click();
    await window.page.getByRole('tab', { name: /an-anchor\.svg/ }).waitFor();
    await driver.execute('workbench.action.closeAllEditors');
  });

  it('names a bad value with its setting, and opens it', async () => {
    const { workbench, driver, window } = session;
    await driver.configure('pictor.size', 'large');
    await workbench.open(path.join(window.folder, 'other.md'));
    await workbench.select('Other.');
    await workbench.runFromPalette('Pictor: Generate Image from Selection');
    const toast = workbench.toast('The setting pictor.size cannot be "large": WIDTHxHEIGHT, such as 1024x1024, or auto is expected.');
    await screenshot(session, 'bad-setting');
    await toast.getByRole('button', { name: 'Open Setting' }).click();
    await window.page.locator('.settings-editor .setting-item-contents', { hasText: 'Size' }).first().waitFor();
    await screenshot(session, 'settings');
    await driver.configure('pictor.size', undefined);
    await driver.execute('workbench.action.closeAllEditors');
  });

  it('keeps a picture whose folder cannot be made, says where, and saves it where the user likes', async () => {
    const { workbench, driver, window } = session;
    await driver.configure('pictor.assetsFolder', 'other.md/pictures');
    await workbench.open(path.join(window.folder, 'other.md'));
    await workbench.select('Other.');
    await workbench.runFromPalette('Pictor: Generate Image from Selection');
    const toast = workbench.toast(/could not be saved in .*other\.md\/pictures: .* It is kept until it has a place\./);
    await toast.waitFor();
    await screenshot(session, 'kept');
    await toast.getByRole('button', { name: 'Save As…' }).click();
    await workbench.quickPick.locator('.quick-input-title', { hasText: 'Save Picture' }).waitFor();
    await workbench.row('..').waitFor();
    const target = path.join(window.folder, 'rescued.svg');
    await workbench.quickInput.fill(target);
    await workbench.quickInput.press('Enter');
    await waitFor('the rescued picture', () => existsSync(target));
    assert.match(readFileSync(target, 'utf8'), /^<svg /);
    await workbench.waitForLine((line) => line === 'Other. ![Other.](rescued.svg)');
    assert.deepEqual(storedFiles(session, 'staging'), []);
    await driver.execute('workbench.action.closeAllEditors');
  });

  it('is what the README shows', async () => {
    const { workbench, window, driver } = session;
    await driver.configure('workbench.colorTheme', 'Default Dark Modern');
    await driver.execute('workbench.action.closeSidebar');
    await workbench.open(path.join(window.folder, 'README.md'));
    await driver.execute('markdown.showPreviewToSide');
    const preview = window.page.locator('iframe.webview.ready').last().contentFrame().locator('iframe#active-frame').contentFrame();
    await preview.getByRole('img', { name: 'A small lighthouse on a cliff at dusk.' }).waitFor();
    await waitFor('the picture in the preview', () => preview.getByRole('img').first().evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0));
    await screenshot(session, 'readme');
    await driver.execute('workbench.action.closeAllEditors');
    await driver.execute('workbench.action.toggleSidebarVisibility');
    await driver.configure('workbench.colorTheme', undefined);
  });

  it('leaves no temporary file', () => {
    const files = readdirSync(path.join(session.window.folder, 'assets'));
    assert.ok(files.length >= 5 && files.every((file) => file.endsWith('.svg')), files.join());
    assert.ok(!existsSync(path.join(session.window.folder, 'undefined')));
  });

  for (const [theme, name] of [['Default Dark Modern', 'dark'], ['Default Light Modern', 'light'], ['Default High Contrast', 'high-contrast']] as const) {
    it(`shows all of its words in ${name}`, async () => {
      const { workbench, window, driver } = session;
      await driver.configure('workbench.colorTheme', theme);
      await workbench.open(path.join(window.folder, 'README.md'));
      await workbench.runFromPalette('Pictor: Generate Image…');
      await workbench.answer('Generate Image', `A ${name} sky`);
      await workbench.toast('Saved assets/').waitFor();
      await workbench.runFromPalette('Pictor: Show Menu');
      await workbench.row('Generate Image from Selection').waitFor();
      await screenshot(session, `theme-${name}`);
    });
  }
});
