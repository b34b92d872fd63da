import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { waitFor } from '../runner/waitFor';
import { inSession, screenshot } from './session';

describe('a window without a folder', () => {
  it('asks where to save before it asks for a picture', async () => {
    const target = mkdtempSync(path.join(tmpdir(), 'pictor-target-'));
    await inSession({ folder: null }, async (session) => {
      const { workbench } = session;
      await workbench.runFromPalette('Pictor: Generate Image…');
      await workbench.answer('Generate Image', 'A tin whistle');
      await workbench.quickPick.locator('.quick-input-title', { hasText: 'Folder for the picture' }).waitFor();
      await workbench.row('..').waitFor();
      await workbench.quickInput.fill(`${target}/`);
      await screenshot(session, 'no-folder');
      await waitFor('the chosen folder', async () => {
        await workbench.quickPick.getByRole('button', { name: 'Save Pictures Here' }).click({ timeout: 3000 }).catch(() => undefined);
        return readdirSync(target).includes('a-tin-whistle.svg');
      });
      await (await workbench.listed('Saved ')).getByRole('button', { name: 'Copy Link' }).waitFor();
      assert.deepEqual(readdirSync(target), ['a-tin-whistle.svg']);
    });
    rmSync(target, { recursive: true });
  });
});
