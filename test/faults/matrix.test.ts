import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ARTIFACTS, ROOT } from '../runner/paths';
import { waitFor } from '../runner/waitFor';
import { Rig } from './rig';
import { canStrike, FAULTS, STATES, type StoppedState } from './faults';
import { outcomesIn, tableOf, type CellResult } from './table';

/** As many windows at once as the waiting of the others leaves room for. */
const WINDOWS = { lemondata: 2, acedata: 1 } as const;

/** A cell is over after so long at most. */
const CELL_MS = 90_000;

interface Cell {
  readonly service: keyof typeof WINDOWS;
  readonly state: StoppedState;
  readonly fault: string;
  /** What the row of the table is called. */
  readonly row: string;
}

/** Where an answer is lost, Ace Data Cloud can be asked what became of the request. */
const LOST_ANSWERS = ['reset before the answer', 'reset in the answer', 'reset after the answer', 'answer cut short', 'stall to the deadline'];

const ALL_CELLS = [
  ...Object.keys(FAULTS).flatMap((fault) => STATES.filter((state) => canStrike(fault, state)).map((state): Cell => ({ service: 'lemondata', state, fault, row: fault }))),
  ...LOST_ANSWERS.flatMap((fault) => (['planned', 'submitting'] as const).map((state): Cell => ({ service: 'acedata', state, fault, row: `${fault}, Ace Data Cloud` }))),
];

const wanted = process.env.PICTOR_CELL;
const CELLS = ALL_CELLS.filter(({ state, row }) => !wanted || `${state} ${row}`.includes(wanted));

/** Does what a person would do, until the job has come to an end that they can live with. */
async function recover(rig: Rig): Promise<string> {
  return waitFor(
    'an end of the job',
    async () => {
      const job = rig.job();
      if (!job) return undefined;
      const { record, folder } = job;
      if (record.state === 'linked' && folder === 'done') return 'linked';
      if (record.state === 'saved' && folder === 'done') return 'offered';
      if (record.state === 'unknown' && folder === 'open') {
        // The user looks at the usage there, and decides.
        const wasBilled = rig.emulator.state.ledger.length > 0;
        await rig.press(wasBilled ? 'Dismiss' : 'Retry');
        await waitFor('the decision', () => rig.job()?.record.id !== record.id);
        if (wasBilled) return 'told';
      } else if (record.state === 'failed' || (record.state === 'delivered' && record.error)) {
        rig.repair?.();
        rig.repair = undefined;
        const before = JSON.stringify(record);
        await rig.press((await rig.offers('Check Again')) ? 'Check Again' : 'Retry');
        await waitFor('another try', () => JSON.stringify(rig.job()?.record) !== before);
      }
      return undefined;
    },
    CELL_MS,
  );
}

async function tryCell(rig: Rig, { state, fault, row }: Cell, number: number): Promise<CellResult> {
  const problems: string[] = [];
  let outcome = 'lost';
  try {
    await rig.begin(number, state, fault.startsWith('stall') ? 2 : 600);
    await FAULTS[fault]?.(rig, state);
    outcome = await recover(rig);
    rig.repair?.();
    const { ledger, faults } = rig.emulator.state;
    if (faults.length > 0) problems.push('the fault did not strike');
    if (ledger.length !== 1) problems.push(`billed ${ledger.length} times`);
    await waitFor('an empty storage', () => rig.leftovers().length === 0, 5000).catch(() => problems.push(`left behind: ${rig.leftovers().join(', ')}`));
    // What the user deletes once it is saved is the user's.
    const isDeleted = fault === 'folder removed' && (state === 'saved' || state === 'linked');
    const expected = outcome === 'told' || isDeleted ? [] : [...rig.emulator.pictures.values()].slice(-1);
    const pictures = rig.pictures();
    if (pictures.length !== expected.length || !expected.every((bytes) => pictures.some((one) => one.equals(bytes)))) problems.push(`${pictures.length} pictures`);
    const links = await rig.links();
    const wantedLinks = links === undefined ? undefined : outcome === 'linked' ? 1 : 0;
    if (links !== wantedLinks) problems.push(`${links} links`);
    // Whether VS Code had kept the tab of a killed host is chance; that the link goes where it did is not.
    if (fault === 'host killed' && state !== 'linked' && (outcome === 'linked') !== (await rig.isOpen())) problems.push(`${outcome}, although the document is ${outcome === 'linked' ? 'closed' : 'open'}`);
    if (outcome === 'offered' && !(await rig.offers('Copy Link'))) problems.push('the link is not offered');
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
    problems.push(rig.trace());
    mkdirSync(path.join(ARTIFACTS, 'screenshots'), { recursive: true });
    await rig.window.page.screenshot({ path: path.join(ARTIFACTS, 'screenshots', `fault-${number}.png`) }).catch(() => undefined);
  }
  await rig.clear().catch((error: unknown) => problems.push(String(error)));
  return { state, row, outcome, problems };
}

describe('a job, whatever happens', function () {
  this.timeout(CELLS.length * CELL_MS);
  const results = new Map<Cell, CellResult>();

  before(async () => {
    const numbered = CELLS.map((cell, index) => ({ cell, index }));
    await Promise.all(
      (Object.keys(WINDOWS) as (keyof typeof WINDOWS)[]).flatMap((service) => {
        const queue = numbered.filter(({ cell }) => cell.service === service);
        return Array.from({ length: Math.min(WINDOWS[service], queue.length) }, async () => {
          const rig = await Rig.open(service);
          for (let next = queue.shift(); next; next = queue.shift()) results.set(next.cell, await tryCell(rig, next.cell, next.index));
          await rig.close();
        });
      }),
    );
    const table = tableOf([...results.values()], STATES, [...new Set(CELLS.map(({ row }) => row))]);
    console.log(table);
    mkdirSync(ARTIFACTS, { recursive: true });
    writeFileSync(path.join(ARTIFACTS, 'faults.md'), table);
  });

  it('has a cell of the README’s table for each that is tried, and no other', () => {
    const promised = outcomesIn(readFileSync(path.join(ROOT, 'README.md'), 'utf8'), STATES);
    assert.deepEqual([...promised.keys()].sort(), ALL_CELLS.map(({ state, row }) => `${state}, ${row}`).sort());
  });

  for (const cell of CELLS) {
    it(`${cell.state}, ${cell.row}: ends as the README says; billed once, the picture whole, the link there once or offered, nothing left behind`, () => {
      const result = results.get(cell);
      assert.deepEqual(result?.problems, []);
      const promised = outcomesIn(readFileSync(path.join(ROOT, 'README.md'), 'utf8'), STATES).get(`${cell.state}, ${cell.row}`) ?? [];
      assert.ok(promised.includes(result.outcome), `${result.outcome} instead of ${promised.join(' or ')}`);
    });
  }
});
