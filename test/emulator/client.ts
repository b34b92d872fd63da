import type { Fault, LedgerEntry, LoggedRequest } from './state';

export interface EmulatorReport {
  readonly ledger: readonly LedgerEntry[];
  readonly requests: readonly LoggedRequest[];
  /** Images that were drawn at the same time, at most. */
  readonly mostAtOnce: number;
}

/** Steers an emulator of another process. */
export class EmulatorClient {
  constructor(readonly origin: string) {}

  report(): Promise<EmulatorReport> {
    return this.post('/__report');
  }

  async reset(): Promise<void> {
    await this.post('/__reset');
  }

  /** Lets the requests go on that a fault `hold` stopped. */
  async release(): Promise<void> {
    await this.post('/__release');
  }

  async addFault(fault: Fault): Promise<void> {
    await this.post('/__faults', fault);
  }

  private async post(path: string, body?: object): Promise<EmulatorReport> {
    const response = await fetch(this.origin + path, { method: 'POST', body: body && JSON.stringify(body) });
    return (await response.json()) as EmulatorReport;
  }
}
