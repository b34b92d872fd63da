import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface WrittenFile {
  readonly file: string;
  /** Byte for byte. */
  readonly content: string;
}

/** Every file below a folder. One that goes while we look is left out. */
export function writtenFiles(directory: string): WrittenFile[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .flatMap((file) => {
      try {
        return [{ file, content: readFileSync(file, 'latin1') }];
      } catch {
        return [];
      }
    });
}
