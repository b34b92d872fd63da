import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { errorText, PictorError } from '../../core/errors';
import { promptSlug } from '../../core/files/fileName';
import type { StagedFile } from '../../core/files/staging';
import { inspectImage } from '../../core/images/inspectImage';
import { promptOf, type JobRecord } from '../../core/jobs/jobRecord';
import { hasStaged } from '../../core/jobs/lifecycle';
import { transform } from '../../core/jobs/transforms';
import type { ImageSaver } from '../files/imageSaver';
import { workspaceFileSystem } from '../files/workspaceFileSystem';
import type { LiveJob } from './jobStore';

/** Saves delivered images where the user wants them. @returns whether all of them have a place now */
export async function saveImagesAs({ job, staging }: LiveJob, images: ImageSaver): Promise<boolean> {
  const { record } = job;
  for (const { index, source, revisedPrompt, used } of record.images) {
    const file = source.kind === 'staged' ? await staging.find(source.name) : undefined;
    if (!file) continue;
    const media = await inspectImage(file);
    const target = await vscode.window.showSaveDialog({
      defaultUri: defaultTarget(record, media.extension),
      title: t('Save Picture'),
    });
    if (!target) continue;
    const saved = await transform({ file, ...media, revisedPrompt, used }, record, staging, async (image) => {
      await replace(target, image.file);
      return images.finish(image, record, target);
    });
    if (await job.setImage(index, { saved, source: { kind: 'gone' } })) await staging.discard(file);
  }
  return !hasStaged(job.record);
}

/**
 * Puts an image where a file may be, which the user has agreed to lose, once the image is whole beside it.
 * @throws PictorError `notSaved`
 */
async function replace(target: vscode.Uri, file: StagedFile): Promise<void> {
  const fileSystem = workspaceFileSystem(target);
  const temporary = `${target.path}.pictor.tmp`;
  try {
    await fileSystem.copyStaged(file, temporary);
    const size = await fileSystem.size(temporary);
    if (size !== file.bytes)
      throw new Error(t('only {size} of {bytes} bytes were written', { size: size ?? 0, bytes: file.bytes }));
    await vscode.workspace.fs.rename(target.with({ path: temporary }), target, { overwrite: true });
  } catch (cause) {
    await fileSystem.delete(temporary).catch(() => undefined);
    throw new PictorError(
      'notSaved',
      t('The picture could not be saved there ({reason}). It is still kept: try another place.', {
        reason: errorText(cause),
      }),
      { cause },
    );
  }
}

function defaultTarget(record: JobRecord, extension: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.parse(record.target.root);
  return vscode.Uri.joinPath(folder, `${promptSlug(promptOf(record))}.${extension}`);
}
