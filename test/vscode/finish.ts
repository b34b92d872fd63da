import type { Tally } from './mochaRun';

/** Prints what failed and the closing line of a run and ends the process: with 0 only when tests ran and all passed. */
export async function finish(run: Promise<Tally>): Promise<void> {
  // As Mocha's own command does: a promise that nobody waits for would fail unseen.
  process.on('unhandledRejection', (reason) => {
    throw reason;
  });
  try {
    const { passed, failures } = await run;
    for (const failure of failures) console.log(`FAILED: ${failure}\n`);
    console.log(`${passed} passed, ${failures.length} failed`);
    process.exit(failures.length === 0 && passed > 0 ? 0 : 1);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}
