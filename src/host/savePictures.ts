import * as vscode from 'vscode';
import { resolveDestination } from '../core/files/destination';
import { FileSaver } from '../core/files/saveFile';
import { differences } from '../core/jobs/differences';
import type { GeneratedImage } from '../core/jobs/jobParts';
import type { JobRecord, SavedPicture } from '../core/jobs/jobRecord';
import { altText } from '../core/markup/altText';
import { workspaceFileSystem } from './workspaceFileSystem';

/** What of a job says where its pictures go. */
export type PicturePlan = Pick<JobRecord, 'target' | 'request' | 'createdMs'>;

/** Saves pictures for all jobs of a window. */
export class PictureSaver {
  readonly #savers = new Map<string, FileSaver>();

  /** Checks before anything is sent that the settings lead to a usable place. @throws PictorError `invalidSetting` */
  check(plan: PicturePlan): void {
    resolve(plan, 1, 'png');
  }

  /** Saves one picture. @throws PictorError `notSaved` where its folder refuses it */
  async save(image: GeneratedImage, plan: PicturePlan): Promise<SavedPicture> {
    const root = vscode.Uri.parse(plan.target.root);
    const destination = resolve(plan, image.index + 1, image.extension);
    const path = await this.saverFor(root).save(image.file, destination, image.extension, image.isAgain);
    return describe(image, plan, root.with({ path }));
  }

  /** One for each file system, since a name is free or not in one of them. */
  private saverFor(root: vscode.Uri): FileSaver {
    const key = `${root.scheme}://${root.authority}`;
    const saver = this.#savers.get(key) ?? new FileSaver(workspaceFileSystem(root));
    this.#savers.set(key, saver);
    return saver;
  }
}

/** What is known of a picture that is at its place. */
export function describe(image: GeneratedImage, { target, request }: PicturePlan, uri: vscode.Uri): SavedPicture {
  const { file, mediaType, size, revisedPrompt, used } = image;
  const words = target.altText === 'revisedPrompt' && revisedPrompt ? revisedPrompt : request.prompt;
  const asked = request.fields;
  return { uri: uri.toString(), alt: altText(words), mediaType, size, bytes: file.bytes, revisedPrompt, used: { ...used }, asked, differences: differences(asked, image, used) };
}

function resolve({ target, request, createdMs }: PicturePlan, index: number, extension: string): ReturnType<typeof resolveDestination> {
  const { folder, fileName, document, root } = target;
  const { prompt, model } = request;
  return resolveDestination({ folder, fileName, document, root: vscode.Uri.parse(root).path, prompt, model, index, extension, now: new Date(createdMs) });
}
