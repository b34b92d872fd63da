import type { ImageRequest } from '../request/composeRequest';
import { RECORD_VERSION, type JobRecord, type JobTarget } from './jobRecord';

export interface JobPlan {
  /** See `newJobId`. */
  readonly id: string;
  readonly service: JobRecord['service'];
  readonly request: ImageRequest;
  readonly target: JobTarget;
  /** What the user wrote, where a style put words around it, and the style's name. */
  readonly prompt?: string;
  readonly style?: string;
  /** What was asked for instead of the settings, by their names. */
  readonly instead?: Readonly<Record<string, unknown>>;
}

/** The record of a job of which nothing has happened yet. */
export function planJob({ id, service, request, target, prompt, style, instead }: JobPlan, nowMs: number): JobRecord {
  return {
    version: RECORD_VERSION,
    id,
    createdMs: nowMs,
    state: 'planned',
    history: [{ state: 'planned', atMs: nowMs }],
    service,
    request: {
      ...request,
      fields: { ...request.fields },
      withheld: [...request.withheld],
      extra: { ...request.extra },
    },
    prompt,
    style,
    instead: instead && { ...instead },
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
