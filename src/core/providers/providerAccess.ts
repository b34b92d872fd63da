import type { ReadAnswer } from '../answers/readAnswer';
import type { Provider } from '../catalog/providers';
import type { StagingArea } from '../files/staging';
import type { HttpClient } from '../http/httpClient';
import { keyHeader, plainHeaders } from '../request/encodeRequest';
import type { TaskBatches } from './taskBatches';

/** What a service says about one task, and the answer in which it said it. */
export interface TaskAnswer {
  readonly item: unknown;
  readonly answer: ReadAnswer;
  /** Whether it is about other tasks too. */
  readonly isShared?: true;
}

/** How a service is reached. */
export interface ProviderAccess {
  readonly http: HttpClient;
  /** With a trailing slash, as `parseBaseUrl` gives it. */
  readonly baseUrl: URL;
  /** Absent for a server that asks for none. */
  readonly apiKey?: string;
  readonly timeoutMs: number;
  readonly maxImageBytes: number;
  /** For images that come within an answer. */
  readonly staging: StagingArea;
  /** For answers about the tasks of several jobs; whoever has a job takes its images out of there. */
  readonly sharedStaging: StagingArea;
  readonly batches: TaskBatches<TaskAnswer>;
}

/** Headers of a question, with the key. */
export function providerHeaders(provider: Provider, apiKey: string | undefined): Record<string, string> {
  return { ...plainHeaders(provider), ...authorization(provider, apiKey) };
}

/** Header with the key; none where there is none. */
export function authorization(provider: Provider, apiKey: string | undefined): Record<string, string> {
  const { name, prefix } = keyHeader(provider);
  return apiKey ? { [name]: prefix + apiKey } : {};
}
