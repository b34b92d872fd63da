import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { waitFor } from '../vscode/waitFor';
import { openSession, screenshot, type Session } from './session';

describe('a workspace that is not trusted', () => {
  let session: Session;
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
    const settings = {
      'pictor.provider': 'custom', 'pictor.baseUrl': emulator.baseUrl('open'), 'pictor.model': 'any', 'pictor.assetsFolder': 'theirs', 'pictor.fileName': 'theirs',
      'markdown.copyFiles.destination': { '**/*': '/pasted/' }, 'pictor.size': '128x64',
    };
    session = await openSession({ workspaceTrust: true, files: { 'README.md': 'A red kite.\n', '.vscode/settings.json': JSON.stringify(settings) } });
    await session.workbench.open(path.join(session.window.folder, 'README.md'));
  });
  after(async () => {
    await session.window.close();
    await emulator.close();
  });

  async function draw(): Promise<string> {
    const { workbench } = session;
    await workbench.select('A red kite.');
    await workbench.runFromPalette('Pictor: Generate Image from Selection');
    return workbench.waitForLine((line) => line.includes('!['));
  }

  it('cannot choose who is asked, where, and where pictures go; the rest of its settings counts', async () => {
    assert.equal(await session.driver.evaluate((vscode) => vscode.workspace.isTrusted), false);
    assert.equal(await draw(), 'A red kite. ![A red kite.](assets/a-red-kite.svg)');
    await screenshot(session, 'restricted-mode');
    assert.deepEqual(readdirSync(path.join(session.window.folder, 'assets')), ['a-red-kite.svg']);
    assert.deepEqual(emulator.state.requests, []);
  });

  it('is heard once the user trusts it', async () => {
    const { window, driver, workbench } = session;
    await driver.execute('workbench.trust.manage');
    await window.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await waitFor('the trust', () => driver.evaluate((vscode) => vscode.workspace.isTrusted && vscode.workspace.getConfiguration('pictor').get('provider') === 'custom'));
    await workbench.open(path.join(window.folder, 'README.md'));
    await driver.execute('undo');
    assert.equal(await draw(), 'A red kite. ![A red kite.](theirs/theirs.png)');
    assert.equal(emulator.state.ledger.length, 1);
  });
});
