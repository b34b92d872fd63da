import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { TALLY_MARK } from './lane';
import { ROOT } from './paths';
import { addTallies, type Tally } from './tally';
import type { Unit } from './units';

/**
 * So many units at once, each in a process of its own. Most of them wait for a browser and a VS Code that share the
 * processor.
 */
const LANES = Number(process.env.PICTOR_LANES ?? 2);

/** Runs units side by side, the longest first, and those that want to be alone after all others. */
export async function runUnits(units: readonly Unit[]): Promise<Tally> {
  const together = units.filter(({ isAlone }) => !isAlone).sort((a, b) => b.seconds - a.seconds);
  const lanes = Array.from({ length: Math.min(LANES, together.length) }, () => new Lane());
  const tallies: Tally[] = [];
  await Promise.all(
    lanes.map(async (lane) => {
      for (let next = together.shift(); next; next = together.shift()) tallies.push(await lane.run(next));
      await lane.close();
    }),
  );
  const alone = new Lane();
  for (const unit of units.filter(({ isAlone }) => isAlone)) tallies.push(await alone.run(unit));
  await alone.close();
  return addTallies(tallies);
}

/** A process that runs units, and is started anew where one ends it. */
class Lane {
  #child: ChildProcess | undefined;

  /** What a unit says is shown when it is over: several at once could not be read. */
  async run(unit: Unit): Promise<Tally> {
    const startMs = performance.now();
    const child = (this.#child ??= start());
    const lines: string[] = [];
    const tally = await new Promise<Tally>((resolve) => {
      const reader = createInterface({ input: child.stdout ?? process.stdin });
      const end = (found: Tally): void => {
        reader.close();
        child.off('exit', onExit);
        resolve(found);
      };
      const onExit = (code: number | null): void => {
        this.#child = undefined;
        end({
          passed: 0,
          failures: [`${unit.title}: its process ended with ${code}\n${lines.slice(-20).join('\n')}`],
          skipped: [],
        });
      };
      child.once('exit', onExit);
      reader.on('line', (line) => {
        if (line.startsWith(TALLY_MARK)) end(JSON.parse(line.slice(TALLY_MARK.length)) as Tally);
        else lines.push(line);
      });
      child.stdin?.write(`${JSON.stringify(unit)}\n`);
    });
    console.log(`\n${unit.title} (${Math.round((performance.now() - startMs) / 1000)} s)\n${lines.join('\n')}`);
    return tally;
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin?.end();
    await ended;
  }
}

function start(): ChildProcess {
  return spawn(process.execPath, ['--enable-source-maps', path.join(ROOT, 'out', 'test', 'runner', 'lane.js')], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}
