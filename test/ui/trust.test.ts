import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { waitFor } from '../runner/waitFor';
import { inSession, screenshot, type Session } from './session';

/** What a folder from somewhere else would have Pictor do. */
const THEIRS = {
  'pictor.provider': 'custom', 'pictor.model': 'any', 'pictor.assetsFolder': 'theirs', 'pictor.fileName': 'theirs', 'markdown.copyFiles.destination': { '**/*': '/pasted/' }, 'pictor.size': '128x64',
};

describe('a workspace that is not trusted', () => {
  let emulator: Emulator;
  before(async () => (emulator = await startEmulator()));
  after(() => emulator.close());
  beforeEach(() => emulator.state.reset());

  function inTheirFolder(test: (session: Session) => Promise<void>): Promise<void> {
    const settings = JSON.stringify({ ...THEIRS, 'pictor.baseUrl': emulator.baseUrl('open') });
    return inSession({ workspaceTrust: true, files: { 'README.md': 'A red kite.\n', '.vscode/settings.json': settings } }, async (session) => {
      await session.workbench.open(path.join(session.window.folder, 'README.md'));
      await test(session);
    });
  }

  async function draw({ workbench, driver }: Session): Promise<string> {
    await workbench.select('A red kite.');
    await driver.execute('pictor.generateFromSelection');
    return workbench.waitForLine((line) => line.includes('!['));
  }

  it('cannot choose who is asked, where, and where pictures go; the rest of its settings counts', () =>
    inTheirFolder(async (session) => {
      assert.equal(await session.driver.evaluate((vscode) => vscode.workspace.isTrusted), false);
      assert.equal(await draw(session), 'A red kite. ![A red kite.](assets/a-red-kite.svg)');
      await screenshot(session, 'restricted-mode');
      assert.deepEqual(readdirSync(path.join(session.window.folder, 'assets')), ['a-red-kite.svg']);
      assert.deepEqual(emulator.state.requests, []);
    }));

  it('is heard once the user trusts it', () =>
    inTheirFolder(async (session) => {
      const { window, driver, workbench } = session;
      await driver.execute('workbench.trust.manage');
      await window.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
      await waitFor('the trust', () => driver.evaluate((vscode) => vscode.workspace.isTrusted && vscode.workspace.getConfiguration('pictor').get('provider') === 'custom'));
      await workbench.open(path.join(window.folder, 'README.md'));
      assert.equal(await draw(session), 'A red kite. ![A red kite.](theirs/theirs.png)');
      assert.equal(emulator.state.ledger.length, 1);
    }));
});
