import type { ImageRequest } from '../request/composeRequest';
import { RECORD_VERSION, type JobInput, type JobRecord, type JobTarget, type Origin } from './jobRecord';

export interface JobPlan {
  /** See `newJobId`. */
  readonly id: string;
  readonly origin: Origin;
  /** Of several jobs that are asked for together. */
  readonly batchId?: string;
  readonly connection: JobRecord['connection'];
  readonly request: ImageRequest;
  readonly target: JobTarget;
  /** What the user wrote, where a style put words around it, and the style's name. */
  readonly prompt?: string;
  readonly style?: string;
  /** What is sent along: files in the job's folder of inputs. */
  readonly inputs?: readonly JobInput[];
  /** What was asked for instead of the settings, by their names. */
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/** The record of a job of which nothing has happened yet. */
export function planJob(
  { id, origin, batchId, connection, request, target, prompt, style, inputs = [], overrides }: JobPlan,
  nowMs: number,
): JobRecord {
  return {
    version: RECORD_VERSION,
    id,
    createdMs: nowMs,
    origin,
    batchId,
    state: 'planned',
    history: [{ state: 'planned', atMs: nowMs }],
    connection,
    request: {
      ...request,
      fields: { ...request.fields },
      unsupported: [...request.unsupported],
      extra: { ...request.extra },
    },
    prompt,
    style,
    overrides: overrides && { ...overrides },
    target,
    inputs: [...inputs],
    images: [],
    missing: 0,
  };
}

/** The request that a record holds. */
export function requestOf({ request }: JobRecord): ImageRequest {
  // Names of fields are the catalog's own; one that it does not know any more is not sent.
  return request as ImageRequest;
}
