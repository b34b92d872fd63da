import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { waitFor } from '../vscode/waitFor';
import { openSession, screenshot, type Session } from './session';

describe('a window without a folder', () => {
  let session: Session;
  let target: string;
  before(async () => {
    target = mkdtempSync(path.join(tmpdir(), 'pictor-target-'));
    session = await openSession({ folder: null });
  });
  after(async () => {
    await session.window.close();
    rmSync(target, { recursive: true });
  });

  it('asks where to save before it asks for a picture', async () => {
    const { workbench, window } = session;
    await workbench.runFromPalette('Pictor: Generate Image…');
    await workbench.answer('Generate Image', 'A tin whistle');
    await workbench.quickPick.locator('.quick-input-title', { hasText: 'Folder for the picture' }).waitFor();
    await workbench.row('..').waitFor();
    await workbench.quickInput.fill(`${target}/`);
    await screenshot(session, 'no-folder');
    await waitFor('the chosen folder', async () => {
      await workbench.quickPick.getByRole('button', { name: 'Save Pictures Here' }).click();
      return workbench.toast('Saved ').waitFor({ timeout: 3000 }).then(() => true, () => false);
    });
    assert.deepEqual(readdirSync(target), ['a-tin-whistle.svg']);
    assert.ok(await window.page.getByRole('button', { name: 'Copy Link' }).isVisible());
  });
});
