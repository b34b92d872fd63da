import * as vscode from 'vscode';
import { isOutOfHand } from '../../core/jobs/job';
import type { JobResult } from '../../core/jobs/jobDependencies';
import type { JobRecord } from '../../core/jobs/jobRecord';

/** What came of a job: its images, or why there are none. */
export interface JobOutcome {
  /** As it stands at the end. */
  readonly record: JobRecord;
  readonly result?: JobResult;
  readonly reason?: unknown;
}

/** The first thing that went wrong and that nobody wanted: no cancel, and nothing that another window goes on with. */
export function failureOf({ result, reason }: JobOutcome): unknown {
  return [reason, ...(result?.failures ?? [])].find(
    (one) => one !== undefined && !(one instanceof vscode.CancellationError) && !isOutOfHand(one),
  );
}
