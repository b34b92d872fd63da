import * as v from 'valibot';
import type * as vscode from 'vscode';

/** Enough to know what is usual, and little enough to follow a service that gets faster. */
const MAX_KEPT = 50;

const DURATIONS = v.fallback(v.array(v.pipe(v.number(), v.minValue(0))), []);

/** How long tasks took, by provider and model, in milliseconds; kept between sessions. */
export class TaskDurations {
  constructor(private readonly state: vscode.Memento) {}

  seen(provider: string, model: string): readonly number[] {
    return v.parse(DURATIONS, this.state.get(keyOf(provider, model)));
  }

  async add(provider: string, model: string, durationMs: number): Promise<void> {
    const kept = [...this.seen(provider, model), durationMs].slice(-MAX_KEPT);
    await this.state.update(keyOf(provider, model), kept);
  }
}

function keyOf(provider: string, model: string): string {
  return `taskDurationsMs:${provider}/${model}`;
}
