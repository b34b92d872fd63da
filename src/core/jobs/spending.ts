import type { JobRecord } from './jobRecord';

/** What was spent in one month at one provider on one model. */
export interface SpendingRow {
  /** `YYYY-MM`, in the user's time zone. */
  readonly month: string;
  readonly provider: string;
  readonly model: string;
  readonly requests: number;
  readonly images: number;
  /** Of the requests whose cost is known. */
  readonly dollars: number;
  /** Requests of which nobody told what they cost, those of an unknown outcome included. */
  readonly unknown: number;
}

/** Spending by month, provider and model, the newest month first; requests that certainly were not billed do not count. */
export function spendingOf(records: Iterable<JobRecord>): SpendingRow[] {
  const rows = new Map<string, SpendingRow>();
  for (const record of records) {
    if (!mayBeBilled(record)) continue;
    const { connection, request, cost, images, createdMs } = record;
    const month = monthOf(createdMs);
    const key = JSON.stringify([month, connection.label, request.model]);
    const row = rows.get(key) ?? {
      month,
      provider: connection.label,
      model: request.model,
      requests: 0,
      images: 0,
      dollars: 0,
      unknown: 0,
    };
    rows.set(key, {
      ...row,
      requests: row.requests + 1,
      images: row.images + images.filter(({ saved }) => saved).length,
      dollars: row.dollars + (cost?.dollars ?? 0),
      unknown: row.unknown + (cost ? 0 : 1),
    });
  }
  return [...rows.values()].sort((a, b) => b.month.localeCompare(a.month) || b.dollars - a.dollars || compare(a, b));
}

/** Spending as comma-separated values (RFC 4180). */
export function spendingCsv(rows: readonly SpendingRow[]): string {
  const head = ['month', 'provider', 'model', 'requests', 'images', 'dollars', 'requests of unknown cost'];
  const lines = rows.map(({ month, provider, model, requests, images, dollars, unknown }) =>
    [month, provider, model, requests, images, dollars.toFixed(DECIMALS), unknown].map(cell).join(','),
  );
  return [head.join(','), ...lines, ''].join('\r\n');
}

const DECIMALS = 4;

/** What is drawn here costs nothing, and what was refused is not billed. */
function mayBeBilled({ connection, images, state }: JobRecord): boolean {
  if (connection.baseUrl === undefined) return false;
  return images.length > 0 || state === 'unknown' || state === 'waiting' || state === 'submitting';
}

function monthOf(atMs: number): string {
  const date = new Date(atMs);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}

function compare(a: SpendingRow, b: SpendingRow): number {
  return a.provider.localeCompare(b.provider) || a.model.localeCompare(b.model);
}

/** A spreadsheet would take what begins like a formula for one. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
