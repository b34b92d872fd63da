import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface WrittenFile {
  readonly file: string;
  /** Byte for byte. */
  readonly content: string;
}

/** Every file below a folder. One that goes while we look is left out. */
export function writtenFiles(directory: string): WrittenFile[] {
  return filesBelow(directory).flatMap((file) => {
    try {
      return [{ file, content: readFileSync(file, 'latin1') }];
    } catch (error) {
      // What cannot be read for another reason than that it has gone is nothing that may be passed over.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return [];
    }
  });
}

/** A folder that goes while it is listed makes Node give up: then the whole is listed anew. */
export function filesBelow(directory: string): string[] {
  for (;;) {
    try {
      return readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      if (!existsSync(directory)) return [];
    }
  }
}
