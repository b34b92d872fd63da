import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { t } from '@vscode/l10n';
import { PictorError } from '../errors';

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * The content of a body. We never ask for compression, but some gateways do not care.
 * @param encoding the header `content-encoding`
 * @throws PictorError `badAnswer` for one that nobody asked for and that cannot be read
 */
export function decodeContent(body: Readable, encoding: string | undefined): Readable {
  const names = (encoding ?? '').split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name && name !== 'identity').reduceRight(decodeOne, body);
}

function decodeOne(body: Readable, name: string): Readable {
  const decoder = DECODERS[name]?.();
  if (!decoder)
    throw new PictorError(
      'badAnswer',
      t('The answer is compressed with {name}, which was not asked for and cannot be read.', { name }),
    );
  // An error of the body reaches whoever reads the decoder.
  return pipeline(body, decoder, () => undefined);
}
