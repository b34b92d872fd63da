import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../runner/paths';

/** What the whole extension, and what its part that is loaded with the window, may weigh. */
const MAX_PACKAGE_KB = 600;
const MAX_ACTIVATION_KB = 40;

/** Licences that ask for no more than to be named. */
const LICENCES = /\((?:MIT|ISC|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|CC-BY-4\.0)\)$/;

/**
 * `npm run package`: the .vsix, without a warning and within its size, and with a notice for all code of others in it.
 */
function main(): number {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const file = path.join(ROOT, `pictor-${version}.vsix`);
  const vsce = path.join('node_modules', '@vscode', 'vsce', 'vsce');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [vsce, 'package', '--no-dependencies', '--out', file],
    { cwd: ROOT, encoding: 'utf8' },
  );
  console.log(stdout + stderr);
  if (status !== 0 || /warning/i.test(stdout + stderr)) return 1;
  const notices = readFileSync(path.join(ROOT, 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8')
    .split(`\n${'-'.repeat(80)}\n\n`)
    .map((notice) => notice.split('\n', 1)[0] ?? '');
  console.log(`Code of others: ${notices.join(', ')}`);
  if (
    notices.length === 0 ||
    !notices.every((notice) => LICENCES.test(notice)) ||
    !stdout.includes('THIRD-PARTY-NOTICES.txt')
  )
    return 1;
  const packageKb = Math.ceil(statSync(file).size / 1024);
  const activationKb = Math.ceil(statSync(path.join(ROOT, 'dist', 'extension.js')).size / 1024);
  console.log(
    `${file}: ${packageKb} KB of at most ${MAX_PACKAGE_KB}; loaded at activation: ${activationKb} KB of at most ${MAX_ACTIVATION_KB}`,
  );
  return packageKb <= MAX_PACKAGE_KB && activationKb <= MAX_ACTIVATION_KB ? 0 : 1;
}

process.exit(main());
