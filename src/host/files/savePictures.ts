import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { resolveDestination } from '../../core/files/destination';
import { FileSaver } from '../../core/files/saveFile';
import { differences } from '../../core/jobs/differences';
import type { GeneratedImage } from '../../core/jobs/jobParts';
import { promptOf, type JobRecord, type SavedPicture } from '../../core/jobs/jobRecord';
import { altText } from '../../core/markup/altText';
import type { NotEmbedded } from '../../core/recipe/pngRecipe';
import { recipeOf } from '../../core/jobs/recipeOf';
import { recipeText } from '../../core/recipe/recipe';
import type { Log } from '../log';
import { notify } from '../ui/notify';
import { workspaceFileSystem } from './workspaceFileSystem';

/** What of a job says where its pictures go. */
export type PicturePlan = Pick<JobRecord, 'target' | 'request' | 'createdMs' | 'prompt' | 'style' | 'service'>;

/** Saves pictures for all jobs of a window. */
export class PictureSaver {
  readonly #savers = new Map<string, FileSaver>();

  constructor(private readonly log: Log) {}

  /** Checks before anything is sent that the settings lead to a usable place. @throws PictorError `invalidSetting` */
  check(plan: PicturePlan): void {
    resolvePicture(plan, 1, 'png');
  }

  /** Saves one picture. @throws PictorError `notSaved` where its folder refuses it */
  async save(image: GeneratedImage, plan: PicturePlan): Promise<SavedPicture> {
    const root = vscode.Uri.parse(plan.target.root);
    const destination = resolvePicture(plan, image.index + 1, image.extension);
    const path = await this.saverFor(root).save(image.file, destination, image.extension, image.isAgain);
    const saved = describe(image, plan, root.with({ path }));
    if (plan.target.recipe === 'sidecar' || image.notEmbedded) await this.saveSidecar(plan, saved);
    return saved;
  }

  /**
   * The picture is safe by now, so a recipe that cannot be written is told and no more. What has its name already is
   * never touched.
   */
  private async saveSidecar(plan: PicturePlan, saved: SavedPicture): Promise<void> {
    const uri = sidecarOf(vscode.Uri.parse(saved.uri));
    try {
      const isTaken = await vscode.workspace.fs.stat(uri).then(
        () => true,
        () => false,
      );
      if (isTaken)
        void notify.warn(
          t('The recipe was not written: {file} is there already.', { file: vscode.workspace.asRelativePath(uri) }),
        );
      else await vscode.workspace.fs.writeFile(uri, Buffer.from(recipeText(recipeOf(plan, saved))));
    } catch (error) {
      this.log.error(error);
    }
  }

  /** One for each file system, since a name is free or not in one of them. */
  private saverFor(root: vscode.Uri): FileSaver {
    const key = `${root.scheme}://${root.authority}`;
    const saver = this.#savers.get(key) ?? new FileSaver(workspaceFileSystem(root));
    this.#savers.set(key, saver);
    return saver;
  }
}

/** The file beside a picture that holds its recipe. */
export function sidecarOf(picture: vscode.Uri): vscode.Uri {
  return picture.with({ path: `${picture.path}.json` });
}

/** Why a recipe stands beside its picture, in words that can follow the picture's name. */
const NOT_EMBEDDED: Readonly<Record<NotEmbedded, string>> = {
  notPng: t('its recipe is in a file beside it, since only a PNG can hold it'),
  signed: t('its recipe is in a file beside it, since the picture has a C2PA signature that would break'),
  failed: t('its recipe is in a file beside it, since it could not be put into the picture'),
  hasXmp: t('its recipe is in a file beside it, since the picture has XMP of its own'),
};

/** What is known of a picture that is at its place. */
export function describe(image: GeneratedImage, plan: PicturePlan, uri: vscode.Uri): SavedPicture {
  const { target, request } = plan;
  const { file, mediaType, size, revisedPrompt, used, notEmbedded } = image;
  const words = target.altText === 'revisedPrompt' && revisedPrompt ? revisedPrompt : promptOf(plan);
  const differing = [...differences(request.fields, image, used), ...(notEmbedded ? [NOT_EMBEDDED[notEmbedded]] : [])];
  const asked = request.fields;
  return {
    uri: uri.toString(),
    alt: altText(words),
    mediaType,
    size,
    bytes: file.bytes,
    revisedPrompt,
    used: { ...used },
    asked,
    differences: differing,
  };
}

/** Where a picture would go. @throws PictorError `invalidSetting` */
export function resolvePicture(
  plan: PicturePlan,
  index: number,
  extension: string,
): ReturnType<typeof resolveDestination> {
  const { target, request, createdMs } = plan;
  const { folder, fileName, document, root } = target;
  const { model } = request;
  return resolveDestination({
    folder,
    fileName,
    document,
    root: vscode.Uri.parse(root).path,
    prompt: promptOf(plan),
    model,
    index,
    extension,
    now: new Date(createdMs),
  });
}
