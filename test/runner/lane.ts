import { createInterface } from 'node:readline';
import { closeMachines } from '../vscode/machine';
import { runUnit } from './runUnit';
import type { Unit } from './units';

/** Begins the line that a unit ends with; what follows is its tally as JSON. */
export const TALLY_MARK = '\u001etally ';

/** A process of its own that runs one unit after the other: each line of its input is one. */
async function main(): Promise<void> {
  // As Mocha's own command does: a promise that nobody waits for would fail unseen.
  process.on('unhandledRejection', (reason) => {
    throw reason;
  });
  for await (const line of createInterface({ input: process.stdin })) {
    const tally = await runUnit(JSON.parse(line) as Unit).catch((error: unknown) => ({
      passed: 0,
      failures: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
      skipped: [],
    }));
    process.stdout.write(`${TALLY_MARK}${JSON.stringify(tally)}\n`);
  }
  await closeMachines();
  process.exit(0);
}

if (require.main === module) void main();
