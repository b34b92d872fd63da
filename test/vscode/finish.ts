import type { Tally } from './mochaRun';

/** Prints the closing line of a run and ends the process: with 0 only when tests ran and all passed. */
export async function finish(run: Promise<Tally>): Promise<void> {
  try {
    const { passed, failed } = await run;
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed === 0 && passed > 0 ? 0 : 1);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}
