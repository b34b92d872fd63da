import { renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Fault } from '../emulator/state';
import type { CellJob } from './cellJob';
import { release } from './heldJob';

/** The states in which a job is stopped, each as it is on disk. */
export const STATES = ['planned', 'submitting', 'waiting', 'delivered', 'saved', 'linked'] as const;
export type StoppedState = (typeof STATES)[number];

/** The next thing that the network is needed for, from each state on. */
const NEXT: Readonly<Partial<Record<StoppedState, Fault['on']>>> = {
  planned: 'api',
  submitting: 'api',
  waiting: 'poll',
  delivered: 'cdn',
};

type Strike = (job: CellJob, state: StoppedState) => Promise<void>;

/** Lets the job go on, into a network that does this once. */
const network =
  (fault: Omit<Fault, 'on'>): Strike =>
  async ({ rig }, state) => {
    const on = NEXT[state];
    if (on) rig.emulator.state.faults.push({ on, ...fault });
    await release(rig.driver);
  };

const withDocument =
  (work: (job: CellJob) => Promise<void>): Strike =>
  async (job) => {
    await work(job);
    await release(job.rig.driver);
  };

/** Whether a fault can strike a job that is stopped in a state: what is saved needs no network any more. */
export function canStrike(fault: string, state: StoppedState): boolean {
  return NEXT[state] !== undefined || !/^(?:server|reset|answer|status|stall)/.test(fault);
}

/** Faults that take the whole window with them, and so strike every job in it at once. */
export const OF_THE_WINDOW: ReadonlySet<string> = new Set(['host killed', 'window reloaded']);

/** Everything that goes wrong, while the job is stopped or from there on. */
export const FAULTS: Readonly<Record<string, Strike>> = {
  'host killed': ({ rig }) => rig.kill(),
  'window reloaded': ({ rig }) => rig.reload(),
  'server closed and back': async ({ rig }, state) => {
    await rig.emulator.close();
    await release(rig.driver);
    await rig.untilNoticed(state);
    await rig.emulator.listenAgain();
  },
  'reset before the answer': network({ kind: 'hangUp' }),
  'reset in the answer': network({ kind: 'cut' }),
  'reset after the answer': network({ kind: 'wrongLength' }),
  'answer cut short': network({ kind: 'part' }),
  'status 503': network({ kind: 'status', status: 503, body: '{"error":{"message":"Overloaded."}}' }),
  'stall to the deadline': network({ kind: 'stall' }),
  'folder removed': ({ rig }) => {
    rmSync(path.join(rig.folder, 'art'), { recursive: true, force: true });
    return release(rig.driver);
  },
  'disk refuses writes': ({ rig }) => {
    // Whoever runs the tests may write everywhere; but nobody can make a folder where a file is.
    const [art, aside] = [path.join(rig.folder, 'art'), path.join(rig.folder, 'aside')];
    renameSync(art, aside);
    writeFileSync(art, 'a file');
    rig.repair = () => {
      rmSync(art);
      renameSync(aside, art);
    };
    return release(rig.driver);
  },
  'document edited': withDocument((job) => job.edit()),
  'document closed': withDocument(async ({ rig }) => {
    await rig.driver.execute('workbench.action.files.save');
    await rig.driver.execute('workbench.action.closeActiveEditor');
  }),
  'document renamed': withDocument((job) => job.rename()),
  'document deleted': withDocument((job) => job.deleteDocument()),
};
