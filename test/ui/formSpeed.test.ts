import assert from 'node:assert/strict';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { renderImage } from '../emulator/render';
import { ROOT } from '../runner/paths';
import { waitFor } from '../runner/waitFor';
import { storageIn } from '../vscode/machine';
import { FormPage } from './formPage';
import { openSession, type Session } from './session';

const RECORDS = 5000;
const FILES = 40;
/** What else the machine does meanwhile can only slow a run down: the fastest tells what our code takes. */
const RUNS = 7;
/** What the issue of the form asks for, on the machine that runs the tests. */
const MAX_PAINT_MS = 150;
const MAX_OPEN_MS = 300;
/** With the extension's code and 5,000 files to be read. */
const MAX_FIRST_OPEN_MS = 4000;
const MAX_TASK_MS = 50;
const SCROLLS = 3;
/** The first scroll meets what is not there yet. */
const MAX_FIRST_TASK_MS = 200;
const MAX_SCRIPT_BYTES = 200 * 1024;

/** In every frame: when an image of the gallery was there first, and what held the processor up. */
const WATCH = `
  const timer = setInterval(() => {
    if (!document.querySelector('.grid .thumb-button')) return;
    window.pictorGridMs = performance.now();
    clearInterval(timer);
  }, 5);
  window.pictorTasksMs = [];
  new PerformanceObserver((list) => window.pictorTasksMs.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['longtask'] });
`;

describe('the speed of the form', () => {
  let session: Session;

  before(async () => {
    session = await openSession({ files: { 'README.md': '\n' } });
    await session.window.page.addInitScript({ content: WATCH });
    const root = `file://${session.window.folder}`;
    mkdirSync(path.join(session.window.folder, 'assets'), { recursive: true });
    for (let at = 0; at < FILES; at++) {
      const image = await renderImage({ prompt: String(at), index: 0, width: 1024, height: 1024, format: 'png' });
      writeFileSync(path.join(session.window.folder, 'assets', `${at}.png`), image);
    }
    const done = path.join(storageIn(session.window.directory), 'jobs', 'done');
    mkdirSync(done, { recursive: true });
    for (let at = 0; at < RECORDS; at++) {
      const createdMs = Date.now() - (RECORDS - at) * 20 * 60_000;
      const time = createdMs.toString(16).padStart(12, '0');
      const id = `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(at).padStart(12, '0')}`;
      writeFileSync(path.join(done, `${id}.json`), JSON.stringify(recordOf(id, at, createdMs, root)));
    }
    await session.workbench.open(path.join(session.window.folder, 'README.md'));
  });
  after(() => session.window.close());

  /** From the wish to see a view until its frame has painted something, in milliseconds. */
  async function paintMs(view: string, marker: string): Promise<number> {
    const { page } = session.window;
    const startMs = Date.now();
    await session.driver.execute(`${view}.focus`);
    const paintedMs = await waitFor(`the paint of ${view}`, async () => {
      for (const frame of page.frames()) {
        if (
          frame.isDetached() ||
          (await frame
            .locator(marker)
            .count()
            .catch(() => 0)) === 0
        )
          continue;
        const ms = await frame
          .evaluate<number | undefined>(
            `(() => {
          const [paint] = performance.getEntriesByName('first-contentful-paint');
          return paint && performance.timeOrigin + paint.startTime;
        })()`,
          )
          .catch(() => undefined);
        if (ms) return ms;
      }
      return undefined;
    });
    return paintedMs - startMs;
  }

  it('reads 5,000 records for the first time while the page comes up', async () => {
    const form = await FormPage.open(session);
    const gridMs = await waitFor('the gallery', () => form.evaluate<number | false>('window.pictorGridMs ?? false'));
    console.log(
      `      the gallery of ${RECORDS} pictures, with all that is loaded for the first time: ${Math.round(gridMs)} ms after its frame began`,
    );
    assert.ok(gridMs < MAX_FIRST_OPEN_MS, String(gridMs));
  });

  it('paints beside an empty webview of the same host within the limit', async () => {
    const measured: { form: number; empty: number }[] = [];
    for (let run = 0; run < RUNS; run++) {
      await session.driver.execute('workbench.view.explorer');
      await session.driver.execute('workbench.action.closePanel');
      const empty = await paintMs('driver.empty', 'body:text-is("Empty")');
      await session.driver.execute('workbench.action.closePanel');
      measured.push({ empty, form: await paintMs('pictor.form', '#prompt') });
    }
    const [forms, empties] = [measured.map(({ form }) => form), measured.map(({ empty }) => empty)];
    console.log(`      first paint: form ${tell(forms)}, empty webview ${tell(empties)}`);
    assert.ok(Math.min(...forms) - Math.min(...empties) < MAX_PAINT_MS, `${forms.join()} beside ${empties.join()}`);
  });

  it('opens with 5,000 records, and scrolls without holding the processor up', async () => {
    const opened: number[] = [];
    let form: FormPage | undefined;
    for (let run = 0; run < RUNS; run++) {
      await session.driver.execute('workbench.view.explorer');
      const shown = (form = await FormPage.open(session));
      opened.push(await waitFor('the gallery', () => shown.evaluate<number | false>('window.pictorGridMs ?? false')));
    }
    assert.ok(form);
    console.log(`      the gallery of ${RECORDS} pictures, after its frame began: ${tell(opened)}`);
    assert.ok(Math.min(...opened) < MAX_OPEN_MS, opened.join());
    assert.ok((await form.images.count()) < 200, 'only what is seen is there');
    await waitFor('the first thumbnails', async () => (await form.frame.locator('.grid img').count()) > 0);
    const longest: number[] = [];
    for (let run = 0; run < SCROLLS && !longest.some((ms) => ms <= MAX_TASK_MS); run++)
      longest.push(await longestTaskOfScroll(form));
    console.log(
      `      longest task over 50 ms while it scrolls from end to end: ${longest.map(Math.round).join(', ')} ms`,
    );
    assert.ok(
      longest.some((ms) => ms <= MAX_TASK_MS),
      longest.join(),
    );
    assert.ok((longest[0] ?? 0) <= MAX_FIRST_TASK_MS, 'while thumbnails are made');
    await waitFor('the last pictures', async () => (await form.frame.locator('.grid img').count()) > 0);
  });

  it('has a script that is small', () => {
    const { size } = statSync(path.join(ROOT, 'dist', 'webview', 'webview.js'));
    console.log(`      webview.js: ${size} bytes`);
    assert.ok(size <= MAX_SCRIPT_BYTES);
  });
});

/**
 * Scrolls from one end to the other, and says how long the longest of the tasks over 50 ms took, which browsers call
 * long; 0 for none.
 */
async function longestTaskOfScroll(form: FormPage): Promise<number> {
  await form.evaluate('window.pictorTasksMs.length = 0');
  await form.evaluate(`(async () => {
    const end = document.documentElement.scrollHeight;
    for (let step = 1; step <= 120; step++) {
      window.scrollTo(0, (end * step) / 120);
      await new Promise(requestAnimationFrame);
    }
  })()`);
  // They are told a little later.
  return form.evaluate<number>(
    'new Promise((resolve) => requestIdleCallback(() => resolve(Math.max(0, ...window.pictorTasksMs))))',
  );
}

function tell(valuesMs: readonly number[]): string {
  const sorted = [...valuesMs].sort((a, b) => a - b).map(Math.round);
  return `${sorted[0]} ms (middle of ${sorted.length}: ${sorted[Math.floor(sorted.length / 2)]} ms)`;
}

function recordOf(id: string, at: number, createdMs: number, root: string): object {
  const prompt = `Picture number ${at} of a long series, with a red kite over the dunes in the evening light`;
  const saved = {
    uri: `${root}/assets/${at % FILES}.png`,
    alt: prompt,
    mediaType: 'image/png',
    bytes: 10_000,
    size: '1024x1024',
    used: {},
    asked: { size: '1024x1024' },
    differences: [],
  };
  return {
    version: 2,
    id,
    createdMs,
    origin: 'form',
    inputs: [],
    state: 'saved',
    history: ['planned', 'submitting', 'delivered', 'saved'].map((state, step) => ({
      state,
      atMs: createdMs + step * 1000,
    })),
    connection: { provider: 'openai', label: 'OpenAI', baseUrl: 'https://api.openai.com/v1/' },
    request: {
      provider: 'openai',
      model: at % 2 ? 'gpt-image-1' : 'dall-e-3',
      prompt,
      fields: { size: '1024x1024' },
      unsupported: [],
      extra: {},
    },
    target: {
      root,
      isChosen: false,
      workspaceFolder: root,
      folder: { source: 'pictor', template: 'assets' },
      fileName: '${promptSlug}',
      altText: 'prompt',
      insert: 'after',
    },
    images: [{ index: 0, source: { kind: 'gone' }, used: {}, saved }],
    missing: 0,
  };
}
