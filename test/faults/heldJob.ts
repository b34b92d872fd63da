import type { Driver } from '../vscode/driver';
import { waitFor } from '../runner/waitFor';

/** What is put into the extension host to stop a job there. */
interface Hold {
  isHeld: boolean;
  release: () => void;
}

/**
 * Stops the job of a window in the very moment when a state of it is on disk and nothing has been done about that yet. It needs nothing
 * of Pictor: the rename that puts a record in its place comes back late.
 */
export async function holdAt(driver: Driver, state: string): Promise<void> {
  await driver.evaluate((_vscode, wanted) => {
    const fs = process.getBuiltinModule('node:fs/promises');
    const scope = globalThis as { pictorHold?: Hold };
    const original = fs.rename;
    fs.rename = async (from, to) => {
      const isRecord = /[\\/]jobs[\\/](?:open|done)[\\/][^\\/]+\.json$/.test(String(to));
      const record = isRecord ? (JSON.parse(await fs.readFile(from, 'utf8')) as { state: string }) : undefined;
      await original(from, to);
      if (record?.state !== wanted) return;
      fs.rename = original;
      await new Promise<void>((resolve) => (scope.pictorHold = { isHeld: true, release: resolve }));
    };
  }, state);
}

export async function untilHeld(driver: Driver): Promise<void> {
  await waitFor('the job to be held', () => driver.evaluate(() => (globalThis as { pictorHold?: Hold }).pictorHold?.isHeld === true));
}

export async function release(driver: Driver): Promise<void> {
  await driver.evaluate(() => {
    const scope = globalThis as { pictorHold?: Hold };
    scope.pictorHold?.release();
    delete scope.pictorHold;
  });
}
