import type * as vscode from 'vscode';
import type { FieldName } from '../../core/catalog/fields';
import { CATALOG_DATE, type ProviderId } from '../../core/catalog/providers';
import type { RefusedField } from '../../core/errors';
import type { JobRecord } from '../../core/jobs/jobRecord';
import {
  parseRefusals,
  refusalsOf,
  withoutRefusals,
  withRefusal,
  type Refusal,
  type RefusalMemory,
} from '../../core/request/refusals';

const STORED_AS = 'refusals';

/** Model at an address. */
export interface ModelPlace {
  readonly provider: ProviderId;
  /** Absent where nobody is asked. */
  readonly origin?: string;
  readonly model: string;
}

/** What providers were found not to take, kept between sessions. */
export class Refusals {
  constructor(private readonly state: vscode.Memento) {}

  of(place: ModelPlace): readonly Refusal[] {
    return refusalsOf(this.memory(), keyOf(place), Date.now());
  }

  /** Fields that the user wants left out. */
  leftOut(place: ModelPlace): FieldName[] {
    return this.of(place).flatMap(({ name, isLeftOut }) => (isLeftOut ? [name] : []));
  }

  learn(record: JobRecord, { name, isUnknown }: RefusedField): Promise<void> {
    const value = isUnknown ? undefined : record.request.fields[name];
    return this.write(withRefusal(this.memory(), keyOf(placeOf(record)), { name, value, atMs: Date.now() }));
  }

  leaveOut(record: JobRecord, name: FieldName): Promise<void> {
    const refusal: Refusal = { name, atMs: Date.now(), isLeftOut: true };
    return this.write(withRefusal(this.memory(), keyOf(placeOf(record)), refusal));
  }

  forget(place: ModelPlace, name: FieldName): Promise<void> {
    return this.write(withoutRefusals(this.memory(), keyOf(place), name));
  }

  private memory(): RefusalMemory {
    return parseRefusals(this.state.get(STORED_AS), CATALOG_DATE);
  }

  private async write(memory: RefusalMemory): Promise<void> {
    await this.state.update(STORED_AS, memory);
  }
}

function placeOf({ connection, request }: JobRecord): ModelPlace {
  const { provider, baseUrl } = connection;
  return { provider, origin: baseUrl === undefined ? undefined : new URL(baseUrl).origin, model: request.model };
}

function keyOf({ provider, origin, model }: ModelPlace): string {
  return `${provider}@${origin ?? ''}#${model}`;
}
