import { randomUUID } from 'node:crypto';
import { posix } from 'node:path';
import { t } from '@vscode/l10n';
import { PictorError, errorText } from '../errors';
import type { Destination } from './destination';
import type { StagedFile } from './staging';

/** The file operations that saving needs; paths are absolute, with `/`, and lie where the images go. */
export interface FileSystem {
  createDirectory(path: string): Promise<void>;
  /** Copies a file of this machine, without holding it in memory. */
  copyStaged(file: StagedFile, path: string): Promise<void>;
  /** In bytes; undefined when there is no such file or folder. */
  size(path: string): Promise<number | undefined>;
  /** Must fail, and change nothing, when the target exists. */
  rename(from: string, to: string): Promise<void>;
  delete(path: string): Promise<void>;
  /** Whether a file holds the very bytes of one of this machine. */
  holdsSame(file: StagedFile, path: string): Promise<boolean>;
}

/** Where a file stood already; a folder full of one name is not searched for ever. */
const MAX_NUMBER = 100_000;

/** `name`, `name-1`, `name-2`, … */
function pathsOf({ directory, baseName }: Destination, extension: string): (number: number) => string {
  return (number) => posix.join(directory, `${baseName}${number ? `-${number}` : ''}.${extension}`);
}

/**
 * Saves files under names that are free. One instance serves all images of a window, so that none takes another's
 * name.
 */
export class FileSaver {
  /** Names that a file is about to take; some file systems would let two files race for one. */
  readonly #held = new Set<string>();

  constructor(private readonly fileSystem: FileSystem) {}

  /**
   * Copies to a temporary file beside its place and renames it to `name`, `name-1`, `name-2`, …: what stands there is
   * never touched, and a file under a final name is always whole.
   * @param isAgain an earlier process may have got as far as its place: the same bytes under one of these names are not
   * saved twice
   * @param from the number to begin with; see `freeRow`
   * @returns the path of the file
   * @throws PictorError `notSaved`; no temporary file stays behind
   */
  async save(
    file: StagedFile,
    { directory, baseName }: Destination,
    extension: string,
    isAgain = false,
    from = 0,
  ): Promise<string> {
    const pathOf = pathsOf({ directory, baseName }, extension);
    const temporary = posix.join(directory, `.pictor-${randomUUID()}.tmp`);
    try {
      const earlier = isAgain ? await this.findSame(file, pathOf) : undefined;
      if (earlier) return earlier;
      await this.fileSystem.createDirectory(directory);
      await this.fileSystem.copyStaged(file, temporary);
      await this.verify(temporary, file.bytes);
      return await this.moveToFreeName(temporary, pathOf, from);
    } catch (error) {
      await this.fileSystem.delete(temporary).catch(() => undefined);
      throw new PictorError(
        'notSaved',
        t('The picture could not be saved in {directory}: {reason}.', { directory, reason: errorText(error) }),
        { cause: error },
      );
    }
  }

  /**
   * First of so many numbers in a row that are free: the images of one request have their order in their names, however
   * soon each of them comes.
   */
  async freeRow(destination: Destination, extension: string, count: number): Promise<number> {
    const pathOf = pathsOf(destination, extension);
    let first = 0;
    for (let number = 0; number < first + count && number < MAX_NUMBER; number++) {
      const isTaken = (await this.fileSystem.size(pathOf(number)).catch(() => undefined)) !== undefined;
      if (isTaken) first = number + 1;
    }
    return first;
  }

  private async findSame(file: StagedFile, pathOf: (number: number) => string): Promise<string | undefined> {
    for (let number = 0; number < MAX_NUMBER; number++) {
      const path = pathOf(number);
      const size = await this.fileSystem.size(path).catch(() => undefined);
      if (size === undefined) return undefined;
      if (size === file.bytes && (await this.fileSystem.holdsSame(file, path))) return path;
    }
    return undefined;
  }

  private async moveToFreeName(from: string, pathOf: (number: number) => string, first: number): Promise<string> {
    for (let number = first; number < MAX_NUMBER; number++) {
      const path = pathOf(number);
      // macOS and Windows take names that differ in case or in Unicode form for the same.
      const lease = path.normalize('NFC').toLowerCase();
      if (this.#held.has(lease)) continue;
      this.#held.add(lease);
      try {
        if ((await this.fileSystem.size(path)) !== undefined) continue;
        if (await this.tryRename(from, path)) return path;
      } finally {
        this.#held.delete(lease);
      }
    }
    throw new Error(t('every name is taken'));
  }

  /** False when another program was quicker and the name is taken now. */
  private async tryRename(from: string, to: string): Promise<boolean> {
    try {
      await this.fileSystem.rename(from, to);
      return true;
    } catch (error) {
      if ((await this.fileSystem.size(to)) !== undefined) return false;
      throw error;
    }
  }

  private async verify(path: string, bytes: number): Promise<void> {
    const written = await this.fileSystem.size(path);
    if (written !== bytes)
      throw new Error(t('only {written} of {bytes} bytes were written', { written: written ?? 0, bytes }));
  }
}
