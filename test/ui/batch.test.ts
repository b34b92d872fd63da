import assert from 'node:assert/strict';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { waitFor } from '../runner/waitFor';
import { findNoBarriers } from './accessibility';
import { FormPage } from './formPage';
import { openDocument, putInOrderAfterEach, releaseSession, screenshot, takeSession, type Session } from './session';

const TEXTS = ['A red kite over the dunes.', 'Two herons at dawn.', 'Three boats in the harbour.'];
const DOCUMENT = `${TEXTS.join('\n\n')}\n`;

describe('texts that are selected together', () => {
  let session: Session;
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
    const settings = {
      'pictor.provider': 'custom',
      'pictor.baseUrl': emulator.baseUrl('open'),
      'pictor.model': 'any',
      'pictor.size': '64x64',
    };
    session = await takeSession({ files: { 'README.md': '' }, settings });
  });
  after(async () => {
    await releaseSession(session);
    await emulator.close();
  });
  beforeEach(async () => {
    emulator.state.reset();
    await openDocument(session, 'README.md', DOCUMENT);
    await session.driver.evaluate((vscode) => {
      const editor = vscode.window.activeTextEditor;
      if (editor) editor.selections = [0, 2, 4].map((line) => new vscode.Selection(line, 0, line, 100));
    });
  });
  putInOrderAfterEach(() => session);

  const run = (): Promise<void> => session.workbench.runFromPalette('Pictor: Generate Image from Selection');
  const links = async (): Promise<number> => (await session.workbench.text()).split('![').length - 1;
  const refuse = (): void =>
    void emulator.state.faults.push({
      on: 'api',
      kind: 'status',
      status: 403,
      body: '{"error":{"message":"Not for this project."}}',
      times: 1,
    });

  it('are told of once, and all their links can be taken back in one go, and nothing else', async () => {
    await run();
    await waitFor('the links', async () => (await links()) === 3);
    await session.workbench.listed('3 pictures are saved and linked.');
    assert.equal(await session.workbench.countNotifications(/saved|linked/i), 1);
    await screenshot(session, 'batch');
    // What the user writes meanwhile stays.
    await session.driver.evaluate(async (vscode) => {
      const editor = vscode.window.activeTextEditor;
      await editor?.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Birds\n\n'));
    });
    await session.workbench.press('3 pictures are saved and linked.', 'Undo All');
    await waitFor('the document', async () => (await session.workbench.text()) === `Birds\n\n${DOCUMENT}`);
  });

  it('say what failed, and ask for that again', async () => {
    refuse();
    await run();
    await waitFor('the links', async () => (await links()) === 2);
    const said = /2 pictures are saved and linked\. 1 failed: .*Not for this project/;
    await session.workbench.listed(said);
    await screenshot(session, 'batch-failed');
    await session.workbench.press(said, 'Retry');
    await waitFor('the third link', async () => (await links()) === 3);
    assert.equal(emulator.state.ledger.length, 3);
    for (const [index, line] of (await session.workbench.text()).split('\n\n').entries())
      assert.ok(line.startsWith(`${TEXTS[index]} ![`), line);
  });

  it('have one card, which counts them, cancels them, and says what failed', async () => {
    const form = await FormPage.open(session);
    await session.driver.execute('workbench.action.focusFirstEditorGroup');
    emulator.state.faults.push({ on: 'api', kind: 'hold', times: 2 });
    await run();
    // In a shared window, other files of tests may have left cards.
    const card = form.frame.locator('.card', { hasText: '3 pictures' });
    await card.getByText('1 of 3 done').waitFor();
    assert.equal(await card.count(), 1);
    await screenshot(session, 'batch-card');
    await findNoBarriers(form, 'the card of a batch');
    await card.getByRole('button', { name: 'Cancel All' }).click();
    await card.waitFor({ state: 'detached' });
    await session.workbench.listed(/2 were cancelled\./);
    await session.workbench.clearNotifications();

    emulator.state.reset();
    await openDocument(session, 'README.md', DOCUMENT);
    await session.driver.evaluate((vscode) => {
      const editor = vscode.window.activeTextEditor;
      if (editor) editor.selections = [0, 2, 4].map((line) => new vscode.Selection(line, 0, line, 100));
    });
    refuse();
    await run();
    await card.getByText(/1 failed: .*Not for this project/).waitFor();
    await screenshot(session, 'batch-card-failed');
    await findNoBarriers(form, 'the card of a batch with a failure');
    await card.getByRole('button', { name: 'Retry' }).click();
    await card.waitFor({ state: 'detached' });
    await waitFor('the third link', async () => (await links()) === 3);
  });
});
