import type { StagedFile, StagingArea } from '../files/staging';
import type { AnsweredImage } from './answer';

/**
 * Removes the files of an answer that none of its images uses: the same image may stand in it twice, in different
 * writings.
 */
export async function discardUnused(
  staged: readonly StagedFile[],
  images: readonly AnsweredImage[],
  staging: StagingArea,
): Promise<void> {
  const used = images.flatMap(({ source }) => (source.kind === 'staged' ? [source.file] : []));
  await Promise.all(staged.filter((file) => !used.includes(file)).map((file) => staging.discard(file)));
}
