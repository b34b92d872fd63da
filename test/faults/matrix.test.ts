import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ARTIFACTS, ROOT } from '../runner/paths';
import { waitFor } from '../runner/waitFor';
import { Rig } from './rig';
import { CellJob } from './cellJob';
import { canStrike, FAULTS, OF_THE_WINDOW, STATES, type StoppedState } from './faults';
import { outcomesIn, tableOf, type CellResult } from './table';

/** As many windows at once as the waiting of the others leaves room for. */
const WINDOWS = { lemondata: 2, acedata: 1 } as const;

/** A cell is over after so long at most. */
const CELL_MS = 90_000;

interface Cell {
  readonly provider: keyof typeof WINDOWS;
  readonly state: StoppedState;
  readonly fault: string;
  /** What the row of the table is called. */
  readonly row: string;
}

/** Where an answer is lost, Ace Data Cloud can be asked what became of the request. */
const LOST_ANSWERS = [
  'reset before the answer',
  'reset in the answer',
  'reset after the answer',
  'answer cut short',
  'stall to the deadline',
];

const ALL_CELLS = [
  ...Object.keys(FAULTS).flatMap((fault) =>
    STATES.filter((state) => canStrike(fault, state)).map((state): Cell => ({
      provider: 'lemondata',
      state,
      fault,
      row: fault,
    })),
  ),
  ...LOST_ANSWERS.flatMap((fault) =>
    (['planned', 'submitting'] as const).map((state): Cell => ({
      provider: 'acedata',
      state,
      fault,
      row: `${fault}, Ace Data Cloud`,
    })),
  ),
];

const wanted = process.env.PICTOR_CELL;
const CELLS = ALL_CELLS.filter(({ state, row }) => !wanted || `${state} ${row}`.includes(wanted));

/** Cells that one fault strikes at once, each in a job of its own; most are alone. */
function groupsOf(cells: readonly Cell[]): Cell[][] {
  return cells.reduce<Cell[][]>((groups, cell) => {
    const last = groups.at(-1);
    if (last?.[0]?.row === cell.row && OF_THE_WINDOW.has(cell.fault)) last.push(cell);
    else groups.push([cell]);
    return groups;
  }, []);
}

/** Does what a person would do, until the job has come to an end that they can live with. */
async function recover(job: CellJob): Promise<string> {
  const { rig } = job;
  return waitFor(
    'an end of the job',
    async () => {
      const found = job.stored();
      if (!found) return undefined;
      const { record, folder } = found;
      if (record.state === 'linked' && folder === 'done') return 'linked';
      if (record.state === 'saved' && folder === 'done') return 'offered';
      if (record.state === 'unknown' && folder === 'open') {
        // The user looks at the usage there, and decides.
        const wasBilled = job.billed > 0;
        await rig.press(wasBilled ? 'Dismiss' : 'Retry (May Bill Again)');
        await waitFor('the decision', () => job.stored()?.record.id !== record.id);
        if (wasBilled) return 'told';
      } else if (record.state === 'failed' || (record.state === 'delivered' && record.error)) {
        rig.repair?.();
        rig.repair = undefined;
        const before = JSON.stringify(record);
        // There is one of the two.
        await rig.press(/^(Check Again|Retry)/);
        await waitFor('another try', () => JSON.stringify(job.stored()?.record) !== before);
      }
      return undefined;
    },
    CELL_MS,
  );
}

/** What the user deletes once it is saved is the user's. */
const isDeleted = ({ fault, state }: Cell): boolean =>
  fault === 'folder removed' && (state === 'saved' || state === 'linked');

/** Whether the job is billed once, and its link where it should be. */
async function judge(job: CellJob, { fault, state }: Cell, outcome: string): Promise<string[]> {
  const problems: string[] = [];
  if (job.billed !== 1) problems.push(`billed ${job.billed} times`);
  const links = await job.links();
  const wanted = outcome === 'linked' ? 1 : 0;
  if (links !== undefined && links !== wanted) problems.push(`${links} links`);
  // Whether VS Code had kept the tab of a killed host is chance; that the link goes where it did is not.
  if (fault === 'host killed' && state !== 'linked' && (outcome === 'linked') !== (await job.isOpen()))
    problems.push(`${outcome}, although the document is ${outcome === 'linked' ? 'closed' : 'open'}`);
  if (outcome === 'offered' && !(await job.rig.offers('Copy Link'))) problems.push('the link is not offered');
  return problems;
}

async function tryCells(rig: Rig, cells: readonly Cell[], numberOf: (cell: Cell) => number): Promise<CellResult[]> {
  const tried = cells.map((cell) => ({
    cell,
    job: new CellJob(rig, numberOf(cell)),
    outcome: 'lost',
    problems: [] as string[],
  }));
  const [first] = tried;
  // What concerns the window concerns all of its cells.
  const tell = (...problems: readonly string[]): void => tried.forEach((one) => one.problems.push(...problems));
  const publishedBefore = rig.emulator.images.size;
  try {
    await rig.prepare(first?.cell.fault.startsWith('stall') ? 2 : 600);
    for (const { job, cell } of tried) await job.begin(cell.state);
    if (first) await FAULTS[first.cell.fault]?.(first.job, first.cell.state);
    for (const one of tried) one.outcome = await recover(one.job);
    rig.repair?.();
    if (rig.emulator.state.faults.length > 0) tell('the fault did not strike');
    await waitFor('an empty storage', () => rig.leftovers().length === 0, 5000).catch(() =>
      tell(`left behind: ${rig.leftovers().join(', ')}`),
    );
    const expected = [...rig.emulator.images.values()].slice(publishedBefore);
    const due = tried.filter(({ cell, outcome }) => outcome !== 'told' && !isDeleted(cell)).length;
    const images = rig.images();
    if (
      images.length !== due ||
      (due > 0 && !expected.slice(-due).every((bytes) => images.some((one) => one.equals(bytes))))
    )
      tell(`${images.length} pictures`);
    for (const one of tried) one.problems.push(...(await judge(one.job, one.cell, one.outcome)));
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error), rig.trace());
    mkdirSync(path.join(ARTIFACTS, 'screenshots'), { recursive: true });
    await rig.window.page
      .screenshot({ path: path.join(ARTIFACTS, 'screenshots', `fault-${cells.map(numberOf).join('-')}.png`) })
      .catch(() => undefined);
  }
  await rig.clear().catch((error: unknown) => tell(String(error)));
  return tried.map(({ cell, outcome, problems }) => ({ state: cell.state, row: cell.row, outcome, problems }));
}

describe('a job, whatever happens', function () {
  this.timeout(CELLS.length * CELL_MS);
  const results = new Map<Cell, CellResult>();

  before(async () => {
    await Promise.all(
      (Object.keys(WINDOWS) as (keyof typeof WINDOWS)[]).flatMap((provider) => {
        const queue = groupsOf(CELLS.filter((cell) => cell.provider === provider));
        return Array.from({ length: Math.min(WINDOWS[provider], queue.length) }, async () => {
          const rig = await Rig.open(provider);
          for (let cells = queue.shift(); cells; cells = queue.shift()) {
            const tried = await tryCells(rig, cells, (cell) => CELLS.indexOf(cell));
            for (const [index, cell] of cells.entries())
              results.set(cell, tried[index] ?? assert.fail('each cell has a result'));
          }
          await rig.close();
        });
      }),
    );
    const table = tableOf([...results.values()], STATES, [...new Set(CELLS.map(({ row }) => row))]);
    console.log(table);
    mkdirSync(ARTIFACTS, { recursive: true });
    writeFileSync(path.join(ARTIFACTS, 'faults.md'), table);
  });

  it('has a cell of the table in CONTRIBUTING.md for each that is tried, and no other', () => {
    const promised = outcomesIn(readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8'), STATES);
    assert.deepEqual([...promised.keys()].sort(), ALL_CELLS.map(({ state, row }) => `${state}, ${row}`).sort());
  });

  for (const cell of CELLS) {
    it(`${cell.state}, ${cell.row}: ends as CONTRIBUTING.md says; billed once, the picture whole, the link there once or offered, nothing left behind`, () => {
      const result = results.get(cell);
      assert.deepEqual(result?.problems, []);
      const promised =
        outcomesIn(readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8'), STATES).get(
          `${cell.state}, ${cell.row}`,
        ) ?? [];
      assert.ok(promised.includes(result.outcome), `${result.outcome} instead of ${promised.join(' or ')}`);
    });
  }
});
