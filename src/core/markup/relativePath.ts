import { posix } from 'node:path';

/**
 * The path from a folder to a file, both absolute with `/`; drive letters are compared without case.
 * Undefined where no relative path leads from one drive to the other.
 */
export function relativePath(fromFolder: string, toFile: string): string | undefined {
  const [from, to] = [lowerDrive(fromFolder), lowerDrive(toFile)];
  return driveOf(from) === driveOf(to) ? posix.relative(from, to) : undefined;
}

/** A path with its drive letter, if it has one, in lower case: Windows gives both forms of the same path. */
export function lowerDrive(path: string): string {
  return path.replace(/^\/[A-Za-z]:/, (drive) => drive.toLowerCase());
}

function driveOf(path: string): string {
  return /^\/[a-z]:/.exec(path)?.[0] ?? '';
}
