import type { Driver } from '../vscode/driver';
import { waitFor } from '../runner/waitFor';

/** What is put into the extension host to stop a job there. */
interface Hold {
  readonly state: string;
  /** Set while the job stands still. */
  release?: () => void;
}

/** By the prompt of its job. */
type Holds = Map<string, Hold>;

/**
 * Stops the job of a prompt in the very moment when a state of it is on disk and nothing has been done about that yet.
 * It needs nothing of Pictor: the rename that puts a record in its place comes back late.
 */
export async function holdAt(driver: Driver, prompt: string, state: string): Promise<void> {
  await driver.evaluate(
    (_vscode, wanted) => {
      const scope = globalThis as { pictorHolds?: Holds };
      const isPatched = scope.pictorHolds !== undefined;
      const holds = (scope.pictorHolds ??= new Map<string, Hold>());
      holds.set(wanted.prompt, { state: wanted.state });
      if (isPatched) return;
      const fs = process.getBuiltinModule('node:fs/promises');
      const original = fs.rename;
      fs.rename = async (from, to) => {
        const isRecord = /[\\/]jobs[\\/](?:open|done)[\\/][^\\/]+\.json$/.test(String(to));
        const record = isRecord
          ? (JSON.parse(await fs.readFile(from, 'utf8')) as { state: string; request: { prompt: string } })
          : undefined;
        await original(from, to);
        const hold = record && holds.get(record.request.prompt);
        if (hold?.state === record?.state && hold && !hold.release)
          await new Promise<void>((resolve) => (hold.release = resolve));
      };
    },
    { prompt, state },
  );
}

export async function untilHeld(driver: Driver, prompt: string): Promise<void> {
  await waitFor('the job to be held', () =>
    driver.evaluate(
      (_vscode, wanted) => (globalThis as { pictorHolds?: Holds }).pictorHolds?.get(wanted)?.release !== undefined,
      prompt,
    ),
  );
}

/** Lets every job go on that stands still. */
export async function release(driver: Driver): Promise<void> {
  await driver.evaluate(() => {
    const holds = (globalThis as { pictorHolds?: Holds }).pictorHolds;
    for (const hold of holds?.values() ?? []) hold.release?.();
    holds?.clear();
  });
}
