import type { ImageRequest } from '../request/composeRequest';
import { RECORD_VERSION, type JobRecord, type JobTarget } from './jobRecord';

export interface JobPlan {
  /** See `newJobId`. */
  readonly id: string;
  readonly service: JobRecord['service'];
  readonly request: ImageRequest;
  readonly target: JobTarget;
}

/** The record of a job of which nothing has happened yet. */
export function planJob({ id, service, request, target }: JobPlan, nowMs: number): JobRecord {
  return {
    version: RECORD_VERSION,
    id,
    createdMs: nowMs,
    state: 'planned',
    history: [{ state: 'planned', atMs: nowMs }],
    service,
    request: { ...request, fields: { ...request.fields }, withheld: [...request.withheld], extra: { ...request.extra } },
    target,
    pictures: [],
    missing: 0,
  };
}

/** The request that a record holds. */
export function requestOf({ request }: JobRecord): ImageRequest {
  // Names of fields are the catalog's own; one that it does not know any more is not sent.
  return request as ImageRequest;
}
