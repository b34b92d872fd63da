import { existsSync } from 'node:fs';
import path from 'node:path';

/** The checkout, found upwards from the compiled file. */
export const ROOT = findRoot(__dirname);

/** Downloads of the tests: VS Code, its Node, a browser. Git ignores it, and it may be deleted at any time. */
export const CACHE = path.join(ROOT, '.vscode-test');

/** What test runs leave to look at. */
export const ARTIFACTS = path.join(ROOT, 'out', 'artifacts');

function findRoot(from: string): string {
  return existsSync(path.join(from, 'package-lock.json')) ? from : findRoot(path.dirname(from));
}
