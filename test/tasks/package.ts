import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../vscode/paths';

/** What the whole extension, and what its part that is loaded with the window, may weigh. */
const MAX_PACKAGE_KB = 400;
const MAX_ACTIVATION_KB = 40;

/** `npm run package`: the .vsix, without a warning and within its size. */
function main(): number {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const file = path.join(ROOT, `pictor-${version}.vsix`);
  const vsce = path.join('node_modules', '@vscode', 'vsce', 'vsce');
  const { status, stdout, stderr } = spawnSync(process.execPath, [vsce, 'package', '--no-dependencies', '--out', file], { cwd: ROOT, encoding: 'utf8' });
  console.log(stdout + stderr);
  if (status !== 0 || /warning/i.test(stdout + stderr)) return 1;
  const packageKb = Math.ceil(statSync(file).size / 1024);
  const activationKb = Math.ceil(statSync(path.join(ROOT, 'dist', 'extension.js')).size / 1024);
  console.log(`${file}: ${packageKb} KB of at most ${MAX_PACKAGE_KB}; loaded at activation: ${activationKb} KB of at most ${MAX_ACTIVATION_KB}`);
  return packageKb <= MAX_PACKAGE_KB && activationKb <= MAX_ACTIVATION_KB ? 0 : 1;
}

process.exit(main());
