import type * as vscode from 'vscode';
import type { UsedValues } from '../core/answers/answer';
import type { FieldValues } from '../core/catalog/fields';
import { PictorError } from '../core/errors';
import { resolveDestination, type DestinationRequest } from '../core/files/destination';
import { promptSlug } from '../core/files/fileName';
import { FileSaver } from '../core/files/saveFile';
import { differences } from '../core/jobs/differences';
import type { GeneratedImage } from '../core/jobs/runJob';
import { altText } from '../core/markup/altText';
import type { AltTextSource } from '../core/settings/settings';
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
  /** The prompt that the service really used. */
  readonly revisedPrompt?: string;
  /** What the service says that it really used. */
  readonly used: UsedValues;
  /** What was asked for. */
  readonly asked: FieldValues;
  /** In what it differs from that. */
  readonly differences: readonly string[];
  /** Why it had to go to the extension's own storage, when it did. */
  readonly misplaced?: PictorError;
}

/** Everything about the place of a picture but its number and kind, and what it should be. */
export interface PicturePlan extends Omit<DestinationRequest, 'index' | 'extension' | 'now' | 'root'> {
  readonly asked: FieldValues;
  readonly altText: AltTextSource;
}

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
   * @throws PictorError `notSaved` when both refuse: the staged file is left then, and named
   */
  async save(image: GeneratedImage, plan: PicturePlan, root: vscode.Uri): Promise<SavedPicture> {
    const { file, extension, mediaType, size, revisedPrompt } = image;
    const words = plan.altText === 'revisedPrompt' && revisedPrompt ? revisedPrompt : plan.prompt;
    const saved = { alt: altText(words), mediaType, size, bytes: file.bytes, revisedPrompt, used: image.used, asked: plan.asked, differences: differences(plan.asked, image, image.used) };
    try {
      const destination = resolveDestination({ ...plan, root: root.path, index: image.index + 1, extension, now: new Date() });
      const path = await this.saverFor(root).save(file, destination, extension);
      return { ...saved, uri: root.with({ path }) };
    } catch (error) {
      if (!(error instanceof PictorError)) throw error;
      this.log.error(error);
      const kept = { directory: `${this.storage.path}/pictures`, baseName: promptSlug(plan.prompt) };
      try {
        const path = await this.saverFor(this.storage).save(file, kept, extension);
        return { ...saved, uri: this.storage.with({ path }), misplaced: error };
      } catch (again) {
        throw new PictorError('notSaved', `${error.message} Nor could it be kept elsewhere. It is whole in ${file.path}: copy it from there.`, { cause: again });
      }
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
