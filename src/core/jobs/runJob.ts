import { t } from '@vscode/l10n';
import { endJob, endWithoutImages } from './endJob';
import { isOutOfHand, type Job } from './job';
import type { JobDependencies, JobResult } from './jobDependencies';
import { nextStep, type NextStep } from './lifecycle';
import { obtainImages, type Facts } from './obtainImages';
import { saveImages } from './saveImages';

/**
 * Takes a job from wherever it stands to its end, and records each step before the next. Once the service has answered,
 * what goes wrong with one image costs no other one: it is among the failures, a cancel too.
 * @throws PictorError where there is no image; the reason of `signal` when the user cancels before the service has
 * answered; see also
 * `isOutOfHand`
 */
export async function runJob(job: Job, dependencies: JobDependencies): Promise<JobResult> {
  let release: (() => Promise<void>) | undefined;
  try {
    let facts: Facts = {};
    try {
      if (ANSWERED_BY.has(nextStep(job.record))) {
        release = await dependencies.takeTurn();
        facts = await obtainImages(job, dependencies);
      }
    } catch (error) {
      await endWithoutImages(job, dependencies, error);
      throw error;
    }
    dependencies.onStep({ text: t('Fetching and saving') });
    const failures = await saveImages(job, dependencies);
    throwIfOutOfHand(failures);
    if (facts.failures) failures.push(...facts.failures);
    const isLinked = await link(job, dependencies, failures);
    throwIfOutOfHand(failures);
    await endJob(job, dependencies, failures, isLinked);
    const { images, missing, requestId } = job.record;
    const saved = images.flatMap((image) => (image.saved ? [image.saved] : []));
    return { saved, isLinked, failures, missing: failures.length === 0 ? missing : 0, requestId, usage: facts.usage };
  } finally {
    await release?.();
  }
}

function throwIfOutOfHand(failures: readonly unknown[]): void {
  const found = failures.find(isOutOfHand);
  if (found) throw found as Error;
}

/** Steps that end with an answer; whoever runs a job that waits for a decision looks for its answer once more. */
const ANSWERED_BY: ReadonlySet<NextStep> = new Set<NextStep>(['submit', 'poll', 'decide']);

/** @returns whether every image that is saved is linked */
async function link(job: Job, { link: insert, signal }: JobDependencies, failures: unknown[]): Promise<boolean> {
  const saved = job.record.images.filter((image) => image.saved);
  // A crash may have taken the document's unsaved text, with the link in it.
  const isDoubtful = job.isResumed && job.record.state === 'linked';
  const waiting = saved.filter(({ isLinked }) => !isLinked || isDoubtful);
  if (waiting.length === 0) return saved.length > 0;
  // Who cancels wants no link any more; but what is there is paid for, and is offered.
  if (signal.aborted) return false;
  try {
    if (!(await insert(waiting.flatMap((image) => image.saved ?? [])))) return false;
    const linked = new Set(waiting.map(({ index }) => index));
    const images = job.record.images.map((image) =>
      linked.has(image.index) ? { ...image, isLinked: true as const } : image,
    );
    await job.enter('linked', { images });
    return true;
  } catch (error) {
    failures.push(error);
    return false;
  }
}
