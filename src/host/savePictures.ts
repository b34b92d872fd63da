import type * as vscode from 'vscode';
import { PictorError } from '../core/errors';
import { resolveDestination, type DestinationRequest } from '../core/files/destination';
import { promptSlug } from '../core/files/fileName';
import { FileSaver } from '../core/files/saveFile';
import type { GeneratedImage } from '../core/jobs/runJob';
import { altText } from '../core/markup/altText';
import type { Log } from './log';
import { workspaceFileSystem } from './workspaceFileSystem';

/** A picture on disk. */
export interface SavedPicture {
  readonly uri: vscode.Uri;
  /** Of the picture, see `altText`. */
  readonly alt: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** `WIDTHxHEIGHT` in pixels, where the picture tells it. */
  readonly size?: string;
  /** Why it had to go to the extension's own storage, when it did. */
  readonly misplaced?: PictorError;
}

/** Everything about the place of a picture but its number and kind. */
export type PicturePlan = Omit<DestinationRequest, 'index' | 'extension' | 'now' | 'root'>;

/** Saves pictures for all commands of a window. */
export class PictureSaver {
  readonly #savers = new Map<string, FileSaver>();

  constructor(
    /** The extension's own folder, for pictures that find no other place. */
    private readonly storage: vscode.Uri,
    private readonly log: Log,
  ) {}

  /** Checks before anything is sent that the settings lead to a usable place. @throws PictorError `invalidSetting` */
  check(plan: PicturePlan, root: vscode.Uri): void {
    resolveDestination({ ...plan, root: root.path, index: 1, extension: 'png', now: new Date() });
  }

  /**
   * Saves one picture; in the extension's own storage when its folder refuses it.
   * @throws PictorError `notSaved` when both refuse
   */
  async save(image: GeneratedImage, plan: PicturePlan, root: vscode.Uri): Promise<SavedPicture> {
    const { bytes, extension, mediaType, size } = image;
    const saved = { alt: altText(plan.prompt), mediaType, size, bytes: bytes.length };
    if (image.revisedPrompt) this.log.info(`Drawn from a revised prompt: ${image.revisedPrompt}`);
    try {
      const destination = resolveDestination({ ...plan, root: root.path, index: image.index + 1, extension, now: new Date() });
      const path = await this.saverFor(root).save(bytes, destination, extension);
      return { ...saved, uri: root.with({ path }) };
    } catch (error) {
      if (!(error instanceof PictorError)) throw error;
      this.log.error(error);
      const kept = { directory: `${this.storage.path}/pictures`, baseName: promptSlug(plan.prompt) };
      const path = await this.saverFor(this.storage).save(bytes, kept, extension);
      return { ...saved, uri: this.storage.with({ path }), misplaced: error };
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
