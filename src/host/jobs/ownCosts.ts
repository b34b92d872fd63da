import type { FieldValues } from '../../core/catalog/fields';
import type { ProviderId } from '../../core/catalog/providers';
import { withoutGaps } from '../../core/withoutGaps';
import type { JobRecord } from '../../core/jobs/jobRecord';
import type { JobRecords } from './jobRecords';

/** What equal requests of this user have cost, from the records of their jobs. */
export class OwnCosts {
  #of: readonly JobRecord[] | undefined;
  #byRequest = new Map<string, number[]>();

  constructor(private readonly records: Pick<JobRecords, 'newestFirst'>) {}

  /** US dollars for one image of each equal request; how many were asked for at once does not matter. */
  find(provider: ProviderId, model: string, fields: FieldValues): readonly number[] {
    const { newestFirst } = this.records;
    if (this.#of !== newestFirst) {
      this.#of = newestFirst;
      this.#byRequest = collect(newestFirst);
    }
    return this.#byRequest.get(keyOf(provider, model, fields)) ?? [];
  }
}

function collect(records: readonly JobRecord[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { connection, request, cost, images } of records) {
    if (!cost || images.length === 0) continue;
    const key = keyOf(connection.provider, request.model, request.fields);
    const costs = found.get(key) ?? [];
    costs.push(cost.dollars / images.length);
    found.set(key, costs);
  }
  return found;
}

/** Who asks, and for how many, does not change what one image costs. */
function keyOf(provider: ProviderId, model: string, fields: FieldValues): string {
  const values = Object.entries(withoutGaps(fields)).filter(([name]) => name !== 'n' && name !== 'user');
  return JSON.stringify([provider, model, values.sort(([a], [b]) => (a < b ? -1 : 1))]);
}
