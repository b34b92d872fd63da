import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../runner/paths';

/** What of the checkout an installed Pictor has, as .vscodeignore says it for the package. */
const PARTS = [
  'package.json',
  'dist',
  'l10n',
  'media',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'package.nls.json',
  'package.nls.fr.json',
  'package.nls.tr.json',
  'package.nls.zh-cn.json',
];

/** Installs Pictor into a folder for extensions, in place of the one that is there. */
export function installPictor(extensions: string): void {
  const { publisher, name, version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    publisher: string;
    name: string;
    version: string;
  };
  rmSync(extensions, { recursive: true, force: true });
  const folder = path.join(extensions, `${publisher}.${name}-${version}`);
  mkdirSync(folder, { recursive: true });
  for (const part of PARTS) cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
}
