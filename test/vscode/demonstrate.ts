import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ARTIFACTS } from '../runner/paths';
import { openWindow } from './window';
import { Workbench } from './workbench';

const SENTENCE = 'A small lighthouse on a cliff at dusk, its beam just lit.';

/**
 * Does the main job in a real VS Code that nobody sees: selects a sentence, runs the command, and shows what came of
 * it.
 */
export async function demonstrate(folder: string): Promise<void> {
  const window = await openWindow({ folder, viewport: { width: 1280, height: 800 } });
  try {
    const driver = await window.connectDriver();
    const workbench = new Workbench(window.page, driver);
    await workbench.open(path.join(folder, 'README.md'));
    await workbench.select(SENTENCE);
    await workbench.runFromPalette('Pictor: Generate Image from Selection');
    const line = await workbench.waitForLine((text) => text.startsWith(SENTENCE) && text.includes('!['));
    const relative = decodeURIComponent(/\]\(([^)]+)\)/.exec(line)?.[1] ?? '');
    const file = path.join(folder, relative);
    await driver.execute('markdown.showPreviewToSide');
    const preview = window.page
      .locator('iframe.webview.ready')
      .last()
      .contentFrame()
      .locator('iframe#active-frame')
      .contentFrame();
    await preview.getByRole('img', { name: SENTENCE }).waitFor();
    const screenshot = path.join(ARTIFACTS, 'start.png');
    mkdirSync(ARTIFACTS, { recursive: true });
    await window.page.screenshot({ path: screenshot });
    console.log(`Inserted:   ${line}`);
    console.log(`File:       ${file} (${statSync(file).size} bytes, ${mediaTypeOf(file)})`);
    console.log(`Screenshot: ${screenshot}`);
  } finally {
    await window.close();
  }
}

/** From the first bytes, and not from what the product says about them. */
function mediaTypeOf(file: string): string {
  const start = readFileSync(file).subarray(0, 12).toString('latin1');
  if (start.startsWith('<svg')) return 'image/svg+xml';
  if (start.startsWith('\x89PNG')) return 'image/png';
  if (start.startsWith('\xff\xd8')) return 'image/jpeg';
  return start.startsWith('RIFF') && start.endsWith('WEBP') ? 'image/webp' : 'unknown';
}
