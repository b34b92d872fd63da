import { basename } from 'node:path';
import { t } from '@vscode/l10n';
import pLimit from 'p-limit';
import { PictorError } from '../errors';
import { inspectPicture } from '../images/inspectPicture';
import { safeSvg } from '../images/safeSvg';
import type { MediaType } from '../images/mediaType';
import type { StagedFile, StagingArea } from '../files/staging';
import { withEmbeddedRecipe } from '../recipe/keepRecipe';
import { recipeOf } from './recipeOf';
import type { Job } from './job';
import type { GeneratedImage, JobParts } from './jobParts';
import { withTask, type JobPicture, type JobRecord, type SavedPicture } from './jobRecord';

/** Pictures that are fetched and saved at the same time, by all jobs together. */
const transfers = pLimit(4);

/**
 * Brings every picture of a job that has none yet to its place.
 * @returns what went wrong; nothing of it stops the others
 */
export async function savePictures(job: Job, parts: JobParts): Promise<unknown[]> {
  const waiting = job.record.pictures.filter(({ saved, source }) => !saved && source.kind !== 'gone');
  const outcomes = await Promise.allSettled(waiting.map((picture) => transfers(() => deliver(picture, job, parts))));
  return outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [withTask(outcome.reason, job.record)] : []));
}

async function deliver(picture: JobPicture, job: Job, parts: JobParts): Promise<void> {
  const { index, source, revisedPrompt, used } = picture;
  const url = source.kind === 'url' ? source.url : undefined;
  const file = await fetchPicture(picture, job, parts);
  let media: MediaType;
  let safe: StagedFile;
  try {
    media = await inspectPicture(file);
    safe = await safePicture(file, media, job.record, parts.staging);
  } catch (error) {
    if (!(error instanceof PictorError) || error.kind !== 'badAnswer') throw error;
    // What cannot be made sense of here may be worth something to a person: it is paid for.
    const path = await parts.staging.setAside(file);
    await job.setPicture(index, { source: url === undefined ? { kind: 'gone' } : { kind: 'url', url } });
    throw new PictorError(error.kind, `${error.message} ${t('What came is kept in {path}.', { path })}`, {
      ...error.details,
      url,
    });
  }
  const told = await tellRecipe(safe, { revisedPrompt, size: media.size }, job.record, parts.staging);
  const saved = await save({ ...told, ...media, revisedPrompt, used, index, isAgain: job.isResumed }, parts).finally(
    async () => {
      for (const copy of new Set([safe, told.file])) if (copy !== file) await parts.staging.discard(copy);
    },
  );
  // Until that is on disk, the next process would look for it here.
  if (await job.setPicture(index, { saved, source: { kind: 'gone' } })) await parts.staging.discard(file);
}

/** A picture with its recipe in it, where that is wanted and can be. */
async function tellRecipe(
  file: StagedFile,
  picture: Pick<SavedPicture, 'revisedPrompt' | 'size'>,
  record: JobRecord,
  staging: StagingArea,
): Promise<Pick<GeneratedImage, 'file' | 'notEmbedded'>> {
  if (record.target.recipe !== 'embedded') return { file };
  // The picture itself is what counts.
  const embedded = await withEmbeddedRecipe(file, recipeOf(record, picture), staging).catch(
    () => ({ reason: 'failed' }) as const,
  );
  return 'file' in embedded ? embedded : { file, notEmbedded: embedded.reason };
}

/**
 * A picture as it may be opened anywhere: another file where something had to go. What we draw ourselves is ours.
 * @throws PictorError `badAnswer`
 */
export async function safePicture(
  file: StagedFile,
  { extension }: MediaType,
  { service }: JobRecord,
  staging: StagingArea,
): Promise<StagedFile> {
  return extension === 'svg' && service.baseUrl !== undefined ? safeSvg(file, staging) : file;
}

/** A picture that its folder refuses is here all the same. */
async function save(image: GeneratedImage, parts: JobParts): Promise<SavedPicture> {
  try {
    return await parts.save(image);
  } catch (error) {
    if (!(error instanceof PictorError) || error.kind !== 'notSaved') throw error;
    throw new PictorError('notSaved', `${error.message} ${t('It is kept until it has a place.')}`, error.details);
  }
}

async function fetchPicture(
  { index, source }: JobPicture,
  job: Job,
  { staging, download }: JobParts,
): Promise<StagedFile> {
  if (source.kind === 'gone') throw new Error('a picture that is gone cannot be fetched');
  if (source.kind === 'staged') {
    const found = await staging.find(source.name);
    if (found?.bytes === source.bytes) return found;
    await job.setPicture(index, { source: { kind: 'gone' } });
    throw new PictorError(
      'notSaved',
      found
        ? t('The picture was delivered, but only a part of it is in Pictor’s storage any more.')
        : t('The picture was delivered, but it is not in Pictor’s storage any more.'),
    );
  }
  const file = await download(source.url, async (candidate) => {
    await inspectPicture(candidate);
  });
  await job.setPicture(index, { source: { kind: 'staged', name: basename(file.path), bytes: file.bytes } });
  return file;
}
