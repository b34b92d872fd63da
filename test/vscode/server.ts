import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CodeOss } from './codeOss';
import { CACHE } from '../runner/paths';
import { waitFor } from '../runner/waitFor';

/** Settings of a quiet VS Code without anything that reaches out. */
export const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'chat.disableAIFeatures': true,
  'window.confirmBeforeClose': 'never',
  'files.hotExit': 'off',
  'security.workspace.trust.startupPrompt': 'never',
  // Whatever moves is painted sixty times a second, by the processor.
  'workbench.reduceMotion': 'on',
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.wordBasedSuggestions': 'off',
  'editor.bracketPairColorization.enabled': false,
  'editor.guides.indentation': false,
  'editor.links': false,
  'editor.colorDecorators': false,
  'breadcrumbs.enabled': false,
  'explorer.autoReveal': false,
  'window.commandCenter': false,
};

/** In the environment of all that a server starts, so that nothing of it stays behind. */
const MARKER = 'PICTOR_TEST_RUN';

/** The server ends itself when its parent is gone, even one that was killed. */
const PARENT_GUARD = `data:text/javascript,${encodeURIComponent(
  'const parent = process.ppid; setInterval(() => { if (process.ppid !== parent) process.exit(1); }, 500).unref();',
)}`;

export interface ServerOptions {
  readonly codeOss: CodeOss;
  /** A folder for everything that the server writes. */
  readonly directory: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Asks about trust in a folder, as a fresh VS Code does. Off, every folder is trusted. */
  readonly workspaceTrust?: boolean;
}

/** A running Code-OSS server. */
export interface Server {
  readonly port: number;
  readonly log: () => string;
  readonly exited: Promise<void>;
  /**
   * Ends the extension hosts of windows that are closed: they would wait for these to come back. Only where there is
   * /proc.
   */
  endExtensionHosts(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server on a free port. */
export async function startServer({ codeOss, directory, env, workspaceTrust }: ServerOptions): Promise<Server> {
  const user = path.join(directory, 'user');
  const marker = randomUUID();
  const args = [
    '--import',
    PARENT_GUARD,
    codeOss.serverMain,
    '--host',
    '127.0.0.1',
    '--port',
    '0',
    '--without-connection-token',
    '--accept-server-license-terms',
    '--user-data-dir',
    user,
    '--server-data-dir',
    path.join(directory, 'server'),
    '--extensions-dir',
    path.join(directory, 'extensions'),
    '--telemetry-level',
    'off',
    ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    '--agent-host-bridge-path',
    path.join(directory, 'none.sock'),
  ];
  const child = spawn(codeOss.node, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its sockets stay in its folder, and go with it; what it has compiled is there for the next one.
    env: {
      ...withoutVsCode(process.env),
      EXTENSIONS_GALLERY: '{}',
      XDG_RUNTIME_DIR: directory,
      NODE_COMPILE_CACHE: path.join(CACHE, 'compiled'),
      ...env,
      [MARKER]: marker,
    },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const onExit = (): void => endAll(child, marker);
  process.once('exit', onExit);
  const port = await waitFor(
    'the server',
    () => {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}\n${log}`);
      return /Extension host agent listening on (\d+)/.exec(log)?.[1];
    },
    60_000,
  );
  return {
    port: Number(port),
    log: () => log,
    exited,
    async endExtensionHosts() {
      const hosts = processesOf(marker).filter((pid) => commandOf(pid).includes('--type=extensionHost'));
      hosts.forEach(kill);
      await waitFor('the end of the extension hosts', () => hosts.every((pid) => commandOf(pid) === ''));
    },
    async stop() {
      process.removeListener('exit', onExit);
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
      await exited;
      clearTimeout(timer);
      endAll(child, marker);
    },
  };
}

/** Variables of a VS Code that runs us would change the one that we run. */
function withoutVsCode(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name)));
}

/** Helpers such as language servers change their parent when the host ends; the marker still tells whose they are. */
function endAll(child: ChildProcess, marker: string): void {
  child.kill('SIGKILL');
  processesOf(marker).forEach(kill);
}

function processesOf(marker: string): number[] {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => pid !== process.pid && readOf(pid, 'environ').includes(marker));
}

/** Empty for a process that is over, which may still wait for its parent to notice. */
function commandOf(pid: number): string {
  return readOf(pid, 'cmdline');
}

function readOf(pid: number, file: 'environ' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    // It has ended, or it is not ours to look at.
    return '';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
