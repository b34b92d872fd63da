import { basename } from 'node:path';
import { t } from '@vscode/l10n';
import pLimit from 'p-limit';
import { PictorError } from '../errors';
import { inspectImage } from '../images/inspectImage';
import type { StagedFile } from '../files/staging';
import type { Job } from './job';
import type { GeneratedImage, JobDependencies } from './jobDependencies';
import type { JobImage, SavedImage } from './jobRecord';
import { transform } from './transforms';

/** Images that are fetched and saved at the same time, by all jobs together. */
const transfers = pLimit(4);

/**
 * Brings every image of a job that has none yet to its place.
 * @returns what went wrong; nothing of it stops the others
 */
export async function saveImages(job: Job, dependencies: JobDependencies): Promise<unknown[]> {
  const waiting = job.record.images.filter(({ saved, source }) => !saved && source.kind !== 'gone');
  const outcomes = await Promise.allSettled(waiting.map((image) => transfers(() => deliver(image, job, dependencies))));
  return outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
}

async function deliver(image: JobImage, job: Job, dependencies: JobDependencies): Promise<void> {
  const { index, source, revisedPrompt, used } = image;
  const { staging } = dependencies;
  const url = source.kind === 'url' ? source.url : undefined;
  const file = await fetchImage(image, job, dependencies);
  let saved: SavedImage;
  try {
    const media = await inspectImage(file);
    saved = await transform({ file, ...media, revisedPrompt, used }, job.record, staging, (transformed) =>
      save({ ...transformed, index, isAgain: job.isResumed }, dependencies),
    );
  } catch (error) {
    if (!(error instanceof PictorError) || error.kind !== 'badAnswer') throw error;
    // What cannot be made sense of here may be worth something to a person: it is paid for.
    const path = await staging.setAside(file);
    await job.setImage(index, { source: url === undefined ? { kind: 'gone' } : { kind: 'url', url } });
    throw new PictorError(error.kind, `${error.message} ${t('What came is kept in {path}.', { path })}`, {
      ...error.details,
      url,
    });
  }
  // Until that is on disk, the next process would look for it here.
  if (await job.setImage(index, { saved, source: { kind: 'gone' } })) await staging.discard(file);
}

/** An image that its folder refuses is here all the same. */
async function save(image: GeneratedImage, dependencies: JobDependencies): Promise<SavedImage> {
  try {
    return await dependencies.save(image);
  } catch (error) {
    if (!(error instanceof PictorError) || error.kind !== 'notSaved') throw error;
    throw new PictorError('notSaved', `${error.message} ${t('It is kept until it has a place.')}`, error.details);
  }
}

async function fetchImage(
  { index, source }: JobImage,
  job: Job,
  { staging, download }: JobDependencies,
): Promise<StagedFile> {
  if (source.kind === 'gone') throw new Error('a picture that is gone cannot be fetched');
  if (source.kind === 'staged') {
    const found = await staging.find(source.name);
    if (found?.bytes === source.bytes) return found;
    await job.setImage(index, { source: { kind: 'gone' } });
    throw new PictorError(
      'notSaved',
      found
        ? t('The picture was delivered, but only a part of it is in Pictor’s storage any more.')
        : t('The picture was delivered, but it is not in Pictor’s storage any more.'),
    );
  }
  const file = await download(source.url, async (candidate) => {
    await inspectImage(candidate);
  });
  await job.setImage(index, { source: { kind: 'staged', name: basename(file.path), bytes: file.bytes } });
  return file;
}
