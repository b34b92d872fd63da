import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { waitFor } from '../runner/waitFor';
import { findNoBarriers } from './accessibility';
import { FormPage } from './formPage';
import { inSession, screenshot, type Session } from './session';

/** What a folder from somewhere else would have Pictor do. */
const THEIRS = {
  'pictor.provider': 'custom',
  'pictor.model': 'any',
  'pictor.assetsFolder': 'theirs',
  'pictor.fileName': 'theirs',
  'markdown.copyFiles.destination': { '**/*': '/pasted/' },
  'pictor.size': '128x64',
};

describe('a workspace that is not trusted', () => {
  let emulator: Emulator;
  before(async () => (emulator = await startEmulator()));
  after(() => emulator.close());

  /** The line with the link to what was drawn in a folder. */
  async function draw({ workbench, driver }: Session, folder: string): Promise<string> {
    await workbench.select('A red kite.');
    await driver.execute('pictor.generateFromSelection');
    return workbench.waitForLine((line) => line.includes(`](${folder}/`));
  }

  it('cannot choose who is asked, where, and where images go, and the form says so; it is heard once the user trusts it', () => {
    const settings = JSON.stringify({ ...THEIRS, 'pictor.baseUrl': emulator.baseUrl('open') });
    return inSession(
      { workspaceTrust: true, files: { 'README.md': 'A red kite.\n', '.vscode/settings.json': settings } },
      async (session) => {
        const { window, driver, workbench } = session;
        await workbench.open(path.join(window.folder, 'README.md'));
        assert.equal(await driver.evaluate((vscode) => vscode.workspace.isTrusted), false);
        assert.equal(await draw(session, 'assets'), 'A red kite. ![A red kite.](assets/a-red-kite.svg)');
        await screenshot(session, 'restricted-mode');
        assert.deepEqual(readdirSync(path.join(window.folder, 'assets')), ['a-red-kite.svg']);
        assert.deepEqual(emulator.state.requests, []);

        const form = await FormPage.open(session);
        await form.frame.getByText('Restricted Mode: what this workspace sets is not used').waitFor();
        await findNoBarriers(form, 'Restricted Mode');
        await screenshot(session, 'looks-restricted');
        await form.button('Manage Trust').click();

        await window.page
          .locator('.workspace-trust-editor')
          .getByRole('button', { name: 'Trust', exact: true })
          .click();
        await waitFor('the trust', () =>
          driver.evaluate(
            (vscode) =>
              vscode.workspace.isTrusted && vscode.workspace.getConfiguration('pictor').get('provider') === 'custom',
          ),
        );
        await workbench.open(path.join(window.folder, 'README.md'));
        assert.equal(
          await draw(session, 'theirs'),
          'A red kite. ![A red kite.](theirs/theirs.png) ![A red kite.](assets/a-red-kite.svg)',
        );
        assert.equal(emulator.state.ledger.length, 1);
      },
    );
  });
});
