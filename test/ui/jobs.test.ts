import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { waitFor } from '../runner/waitFor';
import { Workbench } from '../vscode/workbench';
import {
  giveKey,
  inSession,
  openDocument,
  putInOrderAfterEach,
  releaseSession,
  screenshot,
  storedFiles,
  takeSession,
  type Session,
} from './session';

const LINES = [
  'A red kite over the dunes.',
  'A lighthouse at dusk.',
  'Three boats in the harbour.',
  'An old mill by the river.',
];

describe('jobs', () => {
  let session: Session;
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
    session = await takeSession({
      files: { 'README.md': '\n' },
      settings: {
        'pictor.provider': 'custom',
        'pictor.baseUrl': emulator.baseUrl('open'),
        'pictor.model': 'any',
        'pictor.size': '64x64',
        'files.hotExit': 'onExit',
      },
    });
    session.window.page.on('dialog', (dialog) => void dialog.accept());
  });
  after(async () => {
    await releaseSession(session);
    await emulator.close();
  });
  beforeEach(async () => {
    emulator.state.reset();
    await openDocument(session, 'README.md', `${LINES.join('\n\n')}\n`);
  });
  afterEach(async () => {
    // What was held goes on, and what is left to be decided is let go of.
    emulator.state.faults = [];
    await waitFor('the end of all jobs', async () => {
      emulator.state.release();
      if (storedFiles(session, 'jobs/open').length === 0) return true;
      await dismissOne();
      return false;
    });
  });
  putInOrderAfterEach(() => session);

  async function ask(text: string): Promise<void> {
    await session.workbench.select(text);
    await session.driver.start('pictor.generateFromSelection');
  }

  const requests = (): number => emulator.state.requests.filter(({ path: at }) => at.endsWith('/generations')).length;
  const listed = (text: string): Locator => session.workbench.quickPick.locator('.monaco-list-row', { hasText: text });

  async function showJobs(): Promise<void> {
    await session.workbench.runFromPalette('Pictor: Show Jobs');
    await session.workbench.quickPick.locator('.quick-input-title', { hasText: 'Pictor Jobs' }).waitFor();
  }

  /** Dismisses a job whose outcome is unknown, where there is one. */
  async function dismissOne(): Promise<void> {
    await session.window.page.keyboard.press('Escape');
    await showJobs();
    const unknown = listed('It may have been made and billed').first();
    if (
      !(await unknown.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      ))
    )
      return;
    await unknown.click();
    await session.workbench.row('Dismiss').click();
  }

  /** Asks for an image whose answer is held back. */
  async function hold(text: string): Promise<void> {
    const before = requests();
    emulator.state.faults.push({ on: 'api', kind: 'hold' });
    await ask(text);
    await waitFor('the request', () => requests() > before);
  }

  it('are counted in the status bar, and listed with what can be done for each', async () => {
    const { workbench, window, driver } = session;
    await ask('A lighthouse at dusk.');
    await workbench.waitForLine((line) => line.startsWith('A lighthouse at dusk. !['));
    emulator.state.faults.push({ on: 'api', kind: 'status', status: 503, body: '{"error":{"message":"Overloaded."}}' });
    await ask('An old mill by the river.');
    await workbench.listed('Custom failed (503): Overloaded.');
    emulator.state.faults.push({ on: 'api', kind: 'reset' });
    await ask('Three boats in the harbour.');
    await workbench.listed('The connection to Custom broke');
    await driver.configure('pictor.maxConcurrent', 1);
    await hold('A red kite over the dunes.');
    await ask('Three boats in the harbour.');
    await window.page.locator('.statusbar-item', { hasText: 'Pictor 2' }).waitFor();
    await workbench.clearNotifications();
    for (const [theme, name] of [
      ['Default Dark Modern', 'dark'],
      ['Default Light Modern', 'light'],
      ['Default High Contrast', 'high-contrast'],
    ] as const) {
      await driver.configure('workbench.colorTheme', theme);
      await showJobs();
      await listed('A red kite over the dunes.').first().waitFor();
      for (const text of [
        'Waiting for its turn',
        'Custom failed (503): Overloaded.',
        'It may have been made and billed',
      ])
        await listed(text).waitFor();
      await screenshot(session, `jobs-${name}`);
      await workbench.closeQuickPick();
    }
  });

  it('can be cancelled from the list, and what waited for its turn is never sent', async () => {
    const { window, driver } = session;
    await driver.configure('pictor.maxConcurrent', 1);
    await hold('A red kite over the dunes.');
    await ask('Three boats in the harbour.');
    await window.page.locator('.statusbar-item', { hasText: 'Pictor 2' }).waitFor();
    await showJobs();
    const waiting = listed('Waiting for its turn');
    await waiting.hover();
    await waiting.getByRole('button', { name: 'Cancel' }).click();
    await window.page.locator('.statusbar-item', { hasText: 'Pictor 1' }).waitFor();
    await waitFor('the end of the first', () => {
      emulator.state.release();
      return storedFiles(session, 'jobs/open').length === 0;
    });
    assert.equal(requests(), 1, 'nothing new was sent');
  });

  it('of an unknown outcome can be dismissed, and tried again only by the user', async () => {
    const { workbench } = session;
    emulator.state.faults.push({ on: 'api', kind: 'reset' });
    await ask('Three boats in the harbour.');
    await workbench.listed('The connection to Custom broke');
    assert.equal(emulator.state.ledger.length, 1);
    await workbench.clearNotifications();
    await showJobs();
    await listed('It may have been made and billed').click();
    await workbench.row('Retry (May Bill Again)').waitFor();
    await screenshot(session, 'job-actions');
    await workbench.row('Retry (May Bill Again)').click();
    await workbench.waitForLine((line) => line.startsWith('Three boats in the harbour. !['));
    await waitFor('the end of the job', () => storedFiles(session, 'jobs/open').length === 0);
    assert.equal(emulator.state.ledger.length, 2);
    assert.deepEqual(storedFiles(session, 'staging'), []);
  });

  it('more than ten at once are asked for only after a question', async () => {
    const { workbench, window, driver } = session;
    await driver.configure('pictor.n', 11);
    await workbench.select('A red kite over the dunes.');
    const delivered = driver.execute('pictor.generateFromSelection');
    const dialog = window.page.locator('.monaco-dialog-box', { hasText: 'Generate 11 pictures at once?' });
    await dialog.waitFor();
    await screenshot(session, 'confirm-many');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    assert.deepEqual((await delivered) ?? [], []);
    assert.deepEqual([emulator.state.requests, storedFiles(session, 'jobs/open')], [[], []]);
    assert.ok(!(await workbench.text()).includes('!['));
  });
});

describe('a job of a window that dies', () => {
  it('is finished by another one on the same folder, once', async () => {
    const emulator = await startEmulator();
    const options = {
      files: { 'README.md': 'An old mill by the river.\n' },
      settings: {
        'pictor.provider': 'lemondata',
        'pictor.baseUrl': emulator.baseUrl('lemondata'),
        'pictor.model': 'flux-pro',
      },
    };
    await inSession(options, async (session) => {
      const { window, workbench } = session;
      const { pid } = session.driver;
      emulator.state.plan = { polls: 1_000_000 };
      await giveKey(session, emulator, 'lemondata');
      // It is there before the job, and has done nothing with Pictor so far.
      const another = await window.openAnother();
      const other = new Workbench(another, await window.connectDriver(pid));
      await other.open(path.join(window.folder, 'README.md'));
      await workbench.open(path.join(window.folder, 'README.md'));
      await workbench.select('An old mill by the river.');
      await session.driver.start('pictor.generateFromSelection');
      await waitFor('a question about the task', () => emulator.state.requests.some(({ method }) => method === 'GET'));
      assert.equal(emulator.state.ledger.length, 1);
      emulator.state.plan = { polls: 1 };
      process.kill(pid, 'SIGKILL');
      await waitFor('the picture', () => readdirSync(window.folder).includes('assets'), 120_000);
      await other.waitForLine((line) => line.startsWith('An old mill by the river. !['));
      assert.equal((await other.text()).split('![').length, 2);
      await waitFor('the end of the job', () => storedFiles(session, 'jobs/open').length === 0);
      assert.equal(emulator.state.ledger.length, 1);
      assert.deepEqual(readdirSync(path.join(window.folder, 'assets')), ['an-old-mill-by-the-river.png']);
    });
    await emulator.close();
  });
});

describe('words of a service', () => {
  it('are no links, and start no command', async () => {
    const emulator = await startEmulator();
    const options = {
      files: {
        'README.md':
          'A kite.\n\n[draw](command:pictor.generateFromSelection) [open](vscode://pictor.pictor/generate)\n',
      },
      settings: {
        'pictor.provider': 'custom',
        'pictor.baseUrl': emulator.baseUrl('open'),
        'pictor.model': 'any',
        'pictor.size': '64x64',
      },
    };
    await inSession(options, async (session) => {
      const { workbench, window, driver } = session;
      emulator.state.faults.push({
        on: 'api',
        kind: 'status',
        status: 400,
        body: JSON.stringify({
          error: {
            message:
              'Bad. [Mend it](command:workbench.action.toggleSidebarVisibility) or [look](https://evil.example).',
          },
        }),
      });
      await workbench.open(path.join(window.folder, 'README.md'));
      await workbench.select('A kite.');
      await driver.start('pictor.generateFromSelection');
      const item = await workbench.listed('Mend it');
      await screenshot(session, 'hostile-words');
      assert.equal(await item.locator('.notification-list-item-message a').count(), 0);
      await workbench.clearNotifications();
      // A document alone starts nothing either: its preview runs no command, and nobody answers Pictor's addresses.
      const before = emulator.state.requests.length;
      await driver.execute('markdown.showPreviewToSide');
      const preview = window.page
        .locator('iframe.webview.ready')
        .last()
        .contentFrame()
        .locator('iframe#active-frame')
        .contentFrame();
      for (const name of ['draw', 'open']) await preview.getByText(name, { exact: true }).click();
      await driver.execute('workbench.action.closeActiveEditor');
      // Whatever these clicks could have started was started before this.
      await workbench.open(path.join(window.folder, 'README.md'));
      await workbench.select('A kite.');
      await driver.execute('pictor.generateFromSelection');
      assert.deepEqual(
        emulator.state.requests
          .slice(before)
          .map(({ server }) => server)
          .filter((server) => server === 'api'),
        ['api'],
      );
    });
    await emulator.close();
  });
});
