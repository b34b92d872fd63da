// The first step of every npm script that needs more than Node itself: dependencies, then a build, then the compiled
// tool. Plain JavaScript without dependencies, since there are none yet on a fresh clone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [command, ...rest] = process.argv.slice(2);

function run(program, args) {
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}

function ensureDependencies() {
  const stamp = path.join(root, 'node_modules', '.pictor-lock');
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing dependencies …');
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, lock);
}

ensureDependencies();
// Without a command it only does that, for scripts whose tool needs no build.
if (!command) process.exit(0);
run(process.execPath, ['esbuild.js', '--tests']);
run(process.execPath, ['--enable-source-maps', path.join('out', 'test', 'tasks', `${command}.js`), ...rest]);
