import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { waitFor } from '../runner/waitFor';
import { findNoBarriers } from './accessibility';
import { FormPage } from './formPage';
import { openSession, putInOrderAfterEach, screenshot, type Session } from './session';

describe('a window without a folder', () => {
  let session: Session;
  before(async () => {
    session = await openSession({ folder: null });
  });
  after(() => session.window.close());
  putInOrderAfterEach(() => session);

  it('asks where to save before it asks for an image', async () => {
    const target = mkdtempSync(path.join(tmpdir(), 'pictor-target-'));
    const { workbench } = session;
    await workbench.runFromPalette('Pictor: Generate Image…');
    await workbench.answer('Generate Image', 'A tin whistle');
    await workbench.quickPick.locator('.quick-input-title', { hasText: 'Folder for the picture' }).waitFor();
    await workbench.row('..').waitFor();
    await workbench.quickInput.fill(`${target}/`);
    await screenshot(session, 'no-folder');
    await waitFor('the chosen folder', async () => {
      await workbench.quickPick
        .getByRole('button', { name: 'Save Pictures Here' })
        .click({ timeout: 3000 })
        .catch(() => undefined);
      return readdirSync(target).includes('a-tin-whistle.svg');
    });
    await (await workbench.listed('Saved ')).getByRole('button', { name: 'Copy Link' }).waitFor();
    assert.deepEqual(readdirSync(target), ['a-tin-whistle.svg']);
    rmSync(target, { recursive: true });
  });

  it('says so quietly in the form, and that the network is gone', async () => {
    const form = await FormPage.open(session);
    await form.frame.getByText('No folder is open: you will be asked where to save.').waitFor();
    await form.button('Open Folder').waitFor();
    await form.frame.getByText('You will be asked where to save it.').waitFor();
    await form.chooseProvider('openai');
    await form.evaluate(
      '(() => { Object.defineProperty(navigator, "onLine", { get: () => false, configurable: true }); window.dispatchEvent(new Event("offline")); })()',
    );
    await form.frame.getByText('You are offline.').waitFor();
    await findNoBarriers(form, 'no folder, offline, no key');
    await screenshot(session, 'looks-no-folder-offline');
    await form.button('Use the Placeholder').click();
    await waitFor('the placeholder', async () => (await form.field('Provider').inputValue()) === 'placeholder');
  });
});
