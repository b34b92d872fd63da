import { posix } from 'node:path';

/** The path from a folder to a file, both absolute with `/`; drive letters are compared without case. */
export function relativePath(fromFolder: string, toFile: string): string {
  return posix.relative(lowerDrive(fromFolder), lowerDrive(toFile));
}

function lowerDrive(path: string): string {
  return path.replace(/^\/[A-Za-z]:/, (drive) => drive.toLowerCase());
}
