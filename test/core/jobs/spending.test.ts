import assert from 'node:assert/strict';
import { spendingCsv, spendingOf } from '../../../src/core/jobs/spending';
import type { JobRecord } from '../../../src/core/jobs/jobRecord';
import { record } from './records';

/** Noon, so that no time zone moves it into another month. */
const at = (day: string): number => new Date(`${day}T12:00:00`).getTime();
const IMAGE = { index: 0, source: { kind: 'gone' }, used: {} } as const;

function paid(day: string, changes: Partial<JobRecord> = {}): JobRecord {
  const saved = {
    uri: 'file:///a.png',
    alt: '',
    mediaType: 'image/png',
    bytes: 1,
    used: {},
    asked: {},
    differences: [],
  };
  return {
    ...record('A kite', { state: 'saved', images: [{ ...IMAGE, saved }], cost: { dollars: 0.05 }, ...changes }),
    createdMs: at(day),
  };
}

describe('spending', () => {
  it('is added up by month, provider and model, the newest month first', () => {
    const rows = spendingOf([paid('2026-10-01'), paid('2026-11-02'), paid('2026-11-03', { cost: undefined })]);
    assert.deepEqual(
      rows.map(({ month, requests, images, dollars, unknown }) => [month, requests, images, dollars, unknown]),
      [
        ['2026-11', 2, 2, 0.05, 1],
        ['2026-10', 1, 1, 0.05, 0],
      ],
    );
  });

  it('has nothing of what was refused or drawn here, and what may have been billed as unknown', () => {
    const { connection } = paid('2026-11-01');
    const none = { images: [], cost: undefined };
    const rows = spendingOf([
      paid('2026-11-01', { ...none, state: 'failed' }),
      paid('2026-11-01', { ...none, state: 'planned' }),
      paid('2026-11-01', { connection: { ...connection, baseUrl: undefined } }),
      paid('2026-11-01', { ...none, state: 'unknown' }),
      paid('2026-11-01', { ...none, state: 'submitting' }),
      paid('2026-11-01', { ...none, state: 'waiting' }),
    ]);
    assert.deepEqual(
      rows.map(({ requests, images, unknown }) => [requests, images, unknown]),
      [[3, 0, 3]],
    );
  });

  it('is a table that no spreadsheet takes for a formula', () => {
    const row = { month: '2026-11', requests: 1, images: 1, dollars: 0.04084, unknown: 0 };
    assert.equal(
      spendingCsv([{ ...row, provider: '=HYPERLINK("x")', model: 'a,b' }]),
      'month,provider,model,requests,images,dollars,requests of unknown cost\r\n' +
        '2026-11,"\'=HYPERLINK(""x"")","a,b",1,1,0.0408,0\r\n',
    );
  });
});
