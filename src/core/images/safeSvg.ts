import { readFile } from 'node:fs/promises';
import { t } from '@vscode/l10n';
import { PictorError } from '../errors';
import type { StagedFile, StagingArea } from '../files/staging';

/**
 * An SVG of a service as it may be opened in a browser: without script, event handlers, links, or anything fetched from
 * elsewhere.
 * @returns another file; the caller discards it
 * @throws PictorError `badAnswer` where nothing is left
 */
export async function safeSvg(file: StagedFile, staging: StagingArea): Promise<StagedFile> {
  const { sanitizeSvg } = await import('./sanitizer.js');
  const text = await readFile(file.path, 'utf8');
  const clean = sanitizeSvg(text);
  if (!clean)
    throw new PictorError(
      'badAnswer',
      t('The service delivered an SVG of which nothing is left without what could act.'),
    );
  return staging.add(Buffer.from(clean));
}
