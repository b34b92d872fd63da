import { open } from 'node:fs/promises';
import { t } from '@vscode/l10n';
import { PictorError } from '../errors';
import { isWhole, type FileEnds } from './isWhole';
import { describeContent, detectMediaType, OTHER_DATA, type MediaType } from './mediaType';
import type { StagedFile } from '../files/staging';

/**
 * Headers stand at the start; where they do not tell enough, a profile or a certificate of origin stands before the
 * size.
 */
const HEAD_BYTES = [64 * 1024, 2 * 1024 * 1024] as const;
const TAIL_BYTES = 4096;
/** As much of what is no image as a person would read. */
const SHOWN_BYTES = 16 * 1024;

/**
 * Tells what a delivered file is, from its bytes.
 * @throws PictorError `badAnswer` for a file that is no image, or not the whole of one; `retryable` in the latter
 * case
 */
export async function inspectImage(file: StagedFile): Promise<MediaType> {
  let ends = await readEnds(file, HEAD_BYTES[0]);
  let media = detectMediaType(ends.head);
  if (!media && file.bytes > HEAD_BYTES[0]) {
    ends = await readEnds(file, HEAD_BYTES[1]);
    media = detectMediaType(ends.head);
  }
  if (!media) {
    const content = describeContent(ends.head);
    const answer = content === OTHER_DATA ? undefined : ends.head.subarray(0, SHOWN_BYTES).toString('utf8');
    throw new PictorError('badAnswer', t('The service delivered {content} instead of a picture.', { content }), {
      answer,
    });
  }
  if (isWhole(media.extension, ends)) return media;
  throw new PictorError(
    'badAnswer',
    t('The service delivered only a part of a picture ({mediaType}, {bytes} bytes).', {
      mediaType: media.mediaType,
      bytes: file.bytes,
    }),
    { retryable: true },
  );
}

async function readEnds({ path, bytes }: StagedFile, headBytes: number): Promise<FileEnds> {
  const handle = await open(path, 'r');
  try {
    const head = Buffer.alloc(Math.min(bytes, headBytes));
    const tail = Buffer.alloc(Math.min(bytes, TAIL_BYTES));
    await handle.read(head, 0, head.length, 0);
    await handle.read(tail, 0, tail.length, bytes - tail.length);
    return { head, tail, bytes };
  } finally {
    await handle.close();
  }
}
