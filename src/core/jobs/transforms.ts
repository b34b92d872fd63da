import type { UsedValues } from '../answers/answer';
import type { StagedFile, StagingArea } from '../files/staging';
import type { MediaType } from '../images/mediaType';
import { safeSvg } from '../images/safeSvg';
import { withEmbeddedRecipe } from '../recipe/keepRecipe';
import type { NotEmbedded } from '../recipe/pngRecipe';
import type { JobRecord } from './jobRecord';
import { recipeOf } from './recipeOf';

/** Image that was delivered, on its way to its place. */
export interface StagedImage extends MediaType {
  readonly file: StagedFile;
  /** The prompt that the provider really used. */
  readonly revisedPrompt?: string;
  readonly used: UsedValues;
  /** Why its recipe is not in it, where it was to be. */
  readonly notEmbedded?: NotEmbedded;
}

/** Makes another image of one; it throws PictorError `badAnswer` for one that nobody should open. */
type Transform = (image: StagedImage, record: JobRecord, staging: StagingArea) => Promise<StagedImage>;

/** As an image may be opened anywhere; what this machine has drawn is harmless. */
const withoutScripts: Transform = async (image, { connection }, staging) =>
  image.extension === 'svg' && connection.baseUrl !== undefined
    ? { ...image, file: await safeSvg(image.file, staging) }
    : image;

/** With its recipe in it, where that is wanted and can be: the image itself is what counts. */
const withRecipe: Transform = async (image, record, staging) => {
  if (record.target.recipe !== 'embedded') return image;
  const embedded = await withEmbeddedRecipe(image.file, recipeOf(record, image), staging).catch(
    () => ({ reason: 'failed' }) as const,
  );
  return 'file' in embedded ? { ...image, file: embedded.file } : { ...image, notEmbedded: embedded.reason };
};

const TRANSFORMS: readonly Transform[] = [withoutScripts, withRecipe];

/**
 * Takes an image through everything that is done to it between its delivery and its place, and hands over what comes
 * out. Every file that is made on the way is discarded; the first one stays.
 * @throws PictorError `badAnswer` for one that nobody should open, and what `use` throws
 */
export async function transform<T>(
  image: StagedImage,
  record: JobRecord,
  staging: StagingArea,
  use: (image: StagedImage) => Promise<T>,
): Promise<T> {
  const made = new Set<StagedFile>();
  try {
    let current = image;
    for (const step of TRANSFORMS) {
      current = await step(current, record, staging);
      if (current.file !== image.file) made.add(current.file);
    }
    return await use(current);
  } finally {
    for (const file of made) await staging.discard(file);
  }
}
