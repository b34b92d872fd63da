import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE, ROOT } from '../runner/paths';

/** A release of Code-OSS as the npm package code-server carries it, and the Node that its server needs. */
export interface CodeOssRelease {
  readonly codeServer: string;
  readonly node: string;
}

export const NEWEST: CodeOssRelease = { codeServer: '4.139.1', node: '24.21.0' };

/** The release that `engines.vscode` of package.json names. */
export const OLDEST: CodeOssRelease = { codeServer: '4.96.4', node: '20.18.1' };

/** An installed release. */
export interface CodeOss {
  readonly node: string;
  readonly serverMain: string;
}

/** Dependencies of the server that a test host never loads; several would need a compiler. */
const UNUSED = [
  '@github/',
  'kerberos',
  'native-watchdog',
  'tas-client',
  '@vscode/spdlog',
  '@vscode/native-watchdog',
  '@vscode/windows-',
  '@vscode/policy-watcher',
  '@vscode/vscode-languagedetection',
  '@vscode/tree-sitter-wasm',
  '@vscode/sqlite',
  '@anthropic-ai/',
  '@openai/',
  'playwright',
];

/**
 * Extensions that come with it, which nobody needs to write a document: each costs time whenever a window opens. The
 * grammars of all languages stay, and so does what VS Code's page runs in the browser: it would complain of each that
 * is not there.
 */
const UNUSED_EXTENSIONS = [
  'copilot',
  'debug-auto-launch',
  'debug-server-ready',
  'git',
  'github',
  'grunt',
  'gulp',
  'jake',
  'mermaid-markdown-features',
  'microsoft-authentication',
  'ms-vscode.js-debug',
  'ms-vscode.js-debug-companion',
  'ms-vscode.vscode-js-profile-table',
  'notebook-renderers',
  'php-language-features',
  'terminal-suggest',
  'theme-abyss',
  'theme-kimbie-dark',
  'theme-monokai',
  'theme-monokai-dimmed',
  'theme-quietlight',
  'theme-red',
  'theme-seti',
  'theme-solarized-dark',
  'theme-solarized-light',
  'theme-tomorrow-night-blue',
  'tunnel-forwarding',
];

/** Native modules, and what stands in for them; without spdlog every log would be empty. */
const STAND_INS: Readonly<Record<string, string>> = {
  '@vscode/spdlog': 'spdlog.js',
  '@vscode/native-watchdog': 'nativeWatchdog.js',
  'native-watchdog': 'nativeWatchdog.js',
};

/** Installs a release from the npm registry, once. No compiler and no install script is needed. */
export function installCodeOss(release: CodeOssRelease): CodeOss {
  const directory = path.join(CACHE, `code-oss-${release.codeServer}`);
  const nodePackage = `node-${process.platform}-${process.arch}`;
  const installed: CodeOss = {
    node: path.join(
      directory,
      'node',
      'node_modules',
      nodePackage,
      'bin',
      process.platform === 'win32' ? 'node.exe' : 'node',
    ),
    serverMain: path.join(directory, 'vscode', 'out', 'server-main.js'),
  };
  // What an earlier version of this file has installed is not what this one would.
  const stamp = path.join(directory, `ready-${release.node}-3`);
  if (existsSync(stamp)) return installed;
  console.log(`Installing Code-OSS (code-server ${release.codeServer}) …`);
  rmSync(directory, { recursive: true, force: true });
  installNode(path.join(directory, 'node'), `${nodePackage}@${release.node}`);
  unpack(directory, `code-server@${release.codeServer}`);
  installModules(path.join(directory, 'vscode'));
  for (const name of UNUSED_EXTENSIONS) {
    rmSync(path.join(directory, 'vscode', 'extensions', name), { recursive: true, force: true });
  }
  writeFileSync(stamp, '');
  return installed;
}

function npm(cwd: string, ...args: string[]): string {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  return execFileSync('npm', [...args, ...flags], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
}

function installNode(directory: string, specifier: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, 'package.json'), '{"private":true}');
  npm(directory, 'install', specifier);
}

function unpack(directory: string, specifier: string): void {
  const [{ filename }] = JSON.parse(npm(directory, 'pack', '--json', specifier)) as [{ filename: string }];
  execFileSync('tar', ['-xzf', filename, '--strip-components=2', 'package/lib/vscode'], { cwd: directory });
  rmSync(path.join(directory, filename));
}

function installModules(directory: string): void {
  const file = path.join(directory, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as {
    name: string;
    version: string;
    type?: string;
    dependencies: Record<string, string>;
  };
  const { name, version, type } = manifest;
  const dependencies = Object.fromEntries(
    Object.entries(manifest.dependencies).filter(([key]) => !UNUSED.some((prefix) => key.startsWith(prefix))),
  );
  writeFileSync(file, JSON.stringify({ name, version, type, dependencies }, null, 2));
  rmSync(path.join(directory, 'npm-shrinkwrap.json'), { force: true });
  npm(directory, 'install', '--omit=dev');
  for (const [module, standIn] of Object.entries(STAND_INS)) {
    const target = path.join(directory, 'node_modules', module);
    mkdirSync(target, { recursive: true });
    writeFileSync(
      path.join(target, 'package.json'),
      JSON.stringify({ name: module, version: '0.0.0', main: 'index.js' }),
    );
    copyFileSync(path.join(ROOT, 'test', 'vscode', 'standIns', standIn), path.join(target, 'index.js'));
  }
  keepOwnPlatform(path.join(directory, 'node_modules', '@vscode', 'ripgrep-universal', 'bin'));
  keepOwnPlatform(path.join(directory, 'node_modules', 'node-pty', 'prebuilds'));
}

function keepOwnPlatform(directory: string): void {
  if (!existsSync(directory)) return;
  for (const entry of readdirSync(directory)) {
    if (entry !== `${process.platform}-${process.arch}`) rmSync(path.join(directory, entry), { recursive: true });
  }
}
