import { renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Fault } from '../emulator/state';
import type { Bench } from './bench';
import { release } from './heldJob';

/** The states in which a job is stopped, each as it is on disk. */
export const STATES = ['planned', 'submitting', 'waiting', 'delivered', 'saved', 'linked'] as const;
export type StoppedState = (typeof STATES)[number];

/** The next thing that the network is needed for, from each state on. */
const NEXT: Readonly<Partial<Record<StoppedState, Fault['on']>>> = { planned: 'api', submitting: 'api', waiting: 'poll', delivered: 'cdn' };

/** Lets the job go on, into a network that does this once. */
const network = (fault: Omit<Fault, 'on'>) => async (bench: Bench, state: StoppedState): Promise<void> => {
  const on = NEXT[state];
  if (on) bench.emulator.state.faults.push({ on, ...fault });
  await release(bench.driver);
};

const withDocument = (work: (bench: Bench) => Promise<void>) => async (bench: Bench): Promise<void> => {
  await work(bench);
  await release(bench.driver);
};

/** Whether a fault can strike a job that is stopped in a state: what is saved needs no network any more. */
export function canStrike(fault: string, state: StoppedState): boolean {
  return NEXT[state] !== undefined || !/^(?:server|reset|answer|status|stall)/.test(fault);
}

/** Everything that goes wrong, while the job is stopped or from there on. */
export const FAULTS: Readonly<Record<string, (bench: Bench, state: StoppedState) => Promise<void>>> = {
  'host killed': (bench) => bench.kill(),
  'window reloaded': (bench) => bench.reload(),
  'server closed and back': async (bench, state) => {
    await bench.emulator.close();
    await release(bench.driver);
    await bench.untilNoticed(state);
    await bench.emulator.listenAgain();
  },
  'reset before the answer': network({ kind: 'hangUp' }),
  'reset in the answer': network({ kind: 'cut' }),
  'reset after the answer': network({ kind: 'wrongLength' }),
  'answer cut short': network({ kind: 'part' }),
  'status 503': network({ kind: 'status', status: 503, body: '{"error":{"message":"Overloaded."}}' }),
  'stall to the deadline': network({ kind: 'stall' }),
  'folder removed': (bench) => {
    rmSync(path.join(bench.folder, 'art'), { recursive: true, force: true });
    return release(bench.driver);
  },
  'disk refuses writes': async (bench) => {
    // Whoever runs the tests may write everywhere; but nobody can make a folder where a file is.
    const [art, aside] = [path.join(bench.folder, 'art'), path.join(bench.folder, 'aside')];
    renameSync(art, aside);
    writeFileSync(art, 'a file');
    bench.repair = () => {
      rmSync(art);
      renameSync(aside, art);
    };
    await release(bench.driver);
  },
  'document edited': withDocument((bench) => bench.edit()),
  'document closed': withDocument(async (bench) => {
    await bench.driver.execute('workbench.action.files.save');
    await bench.driver.execute('workbench.action.closeActiveEditor');
  }),
  'document renamed': withDocument((bench) => bench.rename()),
  'document deleted': withDocument((bench) => bench.deleteDocument()),
};
