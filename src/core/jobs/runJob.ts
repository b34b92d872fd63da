import { t } from '@vscode/l10n';
import { endJob, endWithoutPictures } from './endJob';
import { isOutOfHand, type Job } from './job';
import type { JobParts, JobResult } from './jobParts';
import { canAskAgain } from './jobRecord';
import { obtainPictures, type Facts } from './obtainPictures';
import { savePictures } from './savePictures';

/**
 * Takes a job from wherever it stands to its end, and records each step before the next. Once the service has answered,
 * what goes wrong with one picture costs no other one: it is among the failures, a cancel too.
 * @throws PictorError where there is no picture; the reason of `signal` when the user cancels before the service has
 * answered; see also
 * `isOutOfHand`
 */
export async function runJob(job: Job, parts: JobParts): Promise<JobResult> {
  let release: (() => Promise<void>) | undefined;
  try {
    let facts: Facts = {};
    try {
      if (needsAnswer(job)) {
        release = await parts.takeTurn();
        facts = await obtainPictures(job, parts);
      }
    } catch (error) {
      await endWithoutPictures(job, parts, error);
      throw error;
    }
    parts.onStep({ text: t('Fetching and saving') });
    const failures = await savePictures(job, parts);
    throwIfOutOfHand(failures);
    if (facts.failures) failures.push(...facts.failures);
    const isLinked = await link(job, parts, failures);
    throwIfOutOfHand(failures);
    await endJob(job, parts, failures, isLinked);
    const { pictures, missing, requestId } = job.record;
    const saved = pictures.flatMap((picture) => (picture.saved ? [picture.saved] : []));
    return { saved, isLinked, failures, missing: failures.length === 0 ? missing : 0, requestId, usage: facts.usage };
  } finally {
    await release?.();
  }
}

function throwIfOutOfHand(failures: readonly unknown[]): void {
  const found = failures.find(isOutOfHand);
  if (found) throw found as Error;
}

/**
 * Pictures of a task that could not be had are asked for anew: their addresses may have expired, or a limit was in
 * their way.
 */
function needsAnswer({ record, isResumed }: Job): boolean {
  const isLacking =
    record.state === 'failed' ||
    record.state === 'waiting' ||
    record.pictures.some(({ saved, source }) => !saved && source.kind === 'gone');
  return record.pictures.length === 0 || (isResumed && isLacking && canAskAgain(record));
}

/** @returns whether every picture that is saved is linked */
async function link(job: Job, { link: insert, signal }: JobParts, failures: unknown[]): Promise<boolean> {
  const saved = job.record.pictures.filter((picture) => picture.saved);
  // A crash may have taken the document's unsaved text, with the link in it.
  const isDoubtful = job.isResumed && job.record.state === 'linked';
  const waiting = saved.filter(({ isLinked }) => !isLinked || isDoubtful);
  if (waiting.length === 0) return saved.length > 0;
  // Who cancels wants no link any more; but what is there is paid for, and is offered.
  if (signal.aborted) return false;
  try {
    if (!(await insert(waiting.flatMap((picture) => picture.saved ?? [])))) return false;
    const linked = new Set(waiting.map(({ index }) => index));
    const pictures = job.record.pictures.map((picture) =>
      linked.has(picture.index) ? { ...picture, isLinked: true as const } : picture,
    );
    await job.enter('linked', { pictures });
    return true;
  } catch (error) {
    failures.push(error);
    return false;
  }
}
