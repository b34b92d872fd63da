import { open } from 'node:fs/promises';
import { t } from '@vscode/l10n';
import { PictorError } from '../errors';
import { fileBytes, type FileBytes } from './fileBytes';
import { isWhole } from './isWhole';
import { describeContent, detectMediaType, OTHER_DATA, type MediaType } from './mediaType';
import type { StagedFile } from '../files/staging';

/**
 * Headers stand at the start; where they do not tell enough, a profile or a certificate of origin stands before the
 * size.
 */
const HEAD_BYTES = [64 * 1024, 2 * 1024 * 1024] as const;
/** As much of what is no image as a person would read. */
const SHOWN_BYTES = 16 * 1024;

/**
 * Tells what a delivered file is, from its bytes.
 * @throws PictorError `badAnswer` for a file that is no image, or not the whole of one; `retryable` in the latter
 * case
 */
export async function inspectImage({ path, bytes }: StagedFile): Promise<MediaType> {
  const handle = await open(path, 'r');
  try {
    const file = fileBytes(handle, bytes);
    const media = await mediaTypeOf(file);
    if (await isWhole(media.extension, file)) return media;
    throw new PictorError(
      'badAnswer',
      t('The service delivered only a part of a picture, or a damaged one ({mediaType}, {bytes} bytes).', {
        mediaType: media.mediaType,
        bytes,
      }),
      { retryable: true },
    );
  } finally {
    await handle.close();
  }
}

async function mediaTypeOf(file: FileBytes): Promise<MediaType> {
  const head = Buffer.from(await file.read(0, HEAD_BYTES[0]));
  const media =
    detectMediaType(head) ??
    (file.size > HEAD_BYTES[0] ? detectMediaType(Buffer.from(await file.read(0, HEAD_BYTES[1]))) : undefined);
  if (media) return media;
  const content = describeContent(head);
  const answer = content === OTHER_DATA ? undefined : head.subarray(0, SHOWN_BYTES).toString('utf8');
  throw new PictorError('badAnswer', t('The service delivered {content} instead of a picture.', { content }), {
    answer,
  });
}
