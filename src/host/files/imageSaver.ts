import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { resolveDestination } from '../../core/files/destination';
import { FileSaver } from '../../core/files/saveFile';
import { differences } from '../../core/jobs/differences';
import type { GeneratedImage } from '../../core/jobs/jobDependencies';
import { promptOf, type JobRecord, type SavedImage } from '../../core/jobs/jobRecord';
import { altText } from '../../core/markup/altText';
import type { NotEmbedded } from '../../core/recipe/pngRecipe';
import type { StagedImage } from '../../core/jobs/transforms';
import { recipeOf } from '../../core/jobs/recipeOf';
import { recipeText } from '../../core/recipe/recipe';
import type { Log } from '../log';
import { notify } from '../ui/notify';
import { workspaceFileSystem } from './workspaceFileSystem';

/** What of a job says where its images go. */
export type ImagePlan = Pick<JobRecord, 'target' | 'request' | 'createdMs' | 'prompt' | 'style' | 'connection'>;

/** Names of the images of one request, which are in the order of the images. */
export interface NameRow {
  readonly count: number;
  /** Number of the first one, once it is known. */
  first?: Promise<number>;
}

/** Saves images for all jobs of a window. */
export class ImageSaver {
  readonly #savers = new Map<string, FileSaver>();

  constructor(private readonly log: Log) {}

  /** Checks before anything is sent that the settings lead to a usable place. @throws PictorError `invalidSetting` */
  check(plan: ImagePlan): void {
    resolveImage(plan, 1, 'png');
  }

  /** Saves one image. @throws PictorError `notSaved` where its folder refuses it */
  async save(image: GeneratedImage, plan: ImagePlan, row: NameRow): Promise<SavedImage> {
    const { file, index, extension, isAgain } = image;
    const root = vscode.Uri.parse(plan.target.root);
    const destination = resolveImage(plan, index + 1, extension);
    const saver = this.saverFor(root);
    const from = isInRow(plan, row, extension)
      ? (await (row.first ??= saver.freeRow(destination, extension, row.count))) + index
      : 0;
    const path = await saver.save(file, destination, extension, isAgain, from);
    return this.finish(image, plan, root.with({ path }));
  }

  /** What is known of an image that is at its place now. Its recipe is written beside it, where that is wanted. */
  async finish(image: StagedImage, plan: ImagePlan, uri: vscode.Uri): Promise<SavedImage> {
    const saved = describe(image, plan, uri);
    if (plan.target.recipe === 'sidecar' || image.notEmbedded) await this.saveSidecar(plan, saved);
    return saved;
  }

  /**
   * The image is safe by now, so a recipe that cannot be written is told and no more. What has its name already is
   * never touched.
   */
  private async saveSidecar(plan: ImagePlan, saved: SavedImage): Promise<void> {
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

/** Whether the images of a request would all have one name, but for a number that tells them apart. */
function isInRow(plan: ImagePlan, { count }: NameRow, extension: string): boolean {
  const [first, second] = [1, 2].map((index) => resolveImage(plan, index, extension).baseName);
  return count > 1 && first === second;
}

/** The file beside an image that holds its recipe. */
export function sidecarOf(image: vscode.Uri): vscode.Uri {
  return image.with({ path: `${image.path}.json` });
}

/** Why a recipe stands beside its image, in words that can follow the image's name. */
const NOT_EMBEDDED: Readonly<Record<NotEmbedded, string>> = {
  notPng: t('its recipe is in a file beside it, since only a PNG can hold it'),
  signed: t('its recipe is in a file beside it, since the picture has a C2PA signature that would break'),
  failed: t('its recipe is in a file beside it, since it could not be put into the picture'),
  hasXmp: t('its recipe is in a file beside it, since the picture has XMP of its own'),
};

/** What is known of an image that is at its place. */
function describe(image: StagedImage, plan: ImagePlan, uri: vscode.Uri): SavedImage {
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

/** Where an image would go. @throws PictorError `invalidSetting` */
export function resolveImage(plan: ImagePlan, index: number, extension: string): ReturnType<typeof resolveDestination> {
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
