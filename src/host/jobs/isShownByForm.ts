import type { JobRecord, Origin } from '../../core/jobs/jobRecord';
import type { JobsDependencies } from './jobsDependencies';

/** Whoever asks in the side bar looks there. */
const IN_FORM: ReadonlySet<Origin> = new Set<Origin>(['form', 'gallery']);

/** Whether the form shows what becomes of a job to whoever asked for it, so that nothing else has to. */
export function isShownByForm({ form }: Pick<JobsDependencies, 'form'>, { origin }: JobRecord): boolean {
  return form.isVisible && IN_FORM.has(origin);
}
