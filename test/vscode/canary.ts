import type { Page } from 'playwright-core';
import { DIALECTS } from '../emulator/dialects';
import { writtenFiles } from '../runner/writtenFiles';

/** The keys of the emulated services, as users would have them: none of them may be found anywhere. */
const KEYS = Object.values(DIALECTS).flatMap(({ key }) => key ?? []);

/**
 * Looks for keys in all that a window has written (log, journal, storage, settings, workspace) and in all that it
 * shows.
 * @throws where there is one
 */
export async function findNoKeys(directory: string, pages: readonly Page[]): Promise<void> {
  const found = writtenFiles(directory)
    .filter(({ content }) => KEYS.some((key) => content.includes(key)))
    .map(({ file }) => file);
  for (const page of pages) {
    for (const frame of page.frames()) {
      const html = await frame.content().catch(() => '');
      if (KEYS.some((key) => html.includes(key))) found.push(frame.url());
    }
  }
  if (found.length > 0) throw new Error(`a key is in ${found.join(', ')}`);
}
