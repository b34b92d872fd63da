import * as v from 'valibot';
import type * as vscode from 'vscode';

/** Enough to know what is usual, and little enough to follow a service that gets faster. */
const MAX_KEPT = 50;

const DURATIONS = v.fallback(v.array(v.pipe(v.number(), v.minValue(0))), []);

/** How long tasks took, by the name of the service and the model, in milliseconds; kept between sessions. */
export class TaskDurations {
  constructor(private readonly state: vscode.Memento) {}

  seen(connection: string, model: string): readonly number[] {
    return v.parse(DURATIONS, this.state.get(keyOf(connection, model)));
  }

  async add(connection: string, model: string, durationMs: number): Promise<void> {
    const kept = [...this.seen(connection, model), durationMs].slice(-MAX_KEPT);
    await this.state.update(keyOf(connection, model), kept);
  }
}

function keyOf(connection: string, model: string): string {
  return `taskDurationsMs:${connection}/${model}`;
}
