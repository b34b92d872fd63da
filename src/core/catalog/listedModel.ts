/** A model as a provider's own list tells it. */
export interface ListedModel {
  readonly id: string;
  /** Undefined where nothing tells whether it draws. */
  readonly draws?: boolean;
  /** The day on which it ends, `YYYY-MM-DD`; null where none is planned, undefined where the list says no dates. */
  readonly endsOn?: string | null;
  readonly isEnded?: boolean;
  readonly replacement?: string;
  /** What one request costs, in US dollars. */
  readonly dollarsPerRequest?: number;
}
