import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { CACHE } from '../runner/paths';

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Quiet, and kept on this machine. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** In CSS pixels. Chromium paints without a graphics card here: what is larger takes longer. */
const VIEWPORT = { width: 1024, height: 800 };

interface Executable {
  readonly executablePath: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Starts a browser, see `installBrowser`.
 * @param directory for what it writes about itself
 */
export async function launchBrowser(
  directory: string,
  headless = true,
): Promise<{ browser: Browser; context: BrowserContext }> {
  const { executablePath, env = process.env } = await installBrowser(headless);
  const own = { XDG_CONFIG_HOME: directory, XDG_CACHE_HOME: directory };
  const browser = await chromium.launch({
    executablePath,
    headless,
    args: ARGUMENTS,
    env: { ...(env as Record<string, string>), ...own },
  });
  // Whatever moves is painted sixty times a second; where nobody looks, that is lost on the tests beside it.
  const reducedMotion = headless ? 'reduce' : null;
  const context = await browser.newContext({
    viewport: headless ? VIEWPORT : null,
    reducedMotion,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  return { browser, context };
}

/**
 * A browser to start: the one that `PICTOR_CHROMIUM` names. Else, where nobody looks, the one of the npm registry,
 * which shows VS Code in two thirds of the time that Debian's takes; it has no window. Else that of the system.
 */
export async function installBrowser(headless = true): Promise<Executable> {
  const named = process.env.PICTOR_CHROMIUM;
  if (named) return { executablePath: named };
  if (headless && hasRegistryBrowser) return browserFromRegistry();
  const executablePath = findWindowedBrowser();
  if (executablePath) return { executablePath };
  throw new Error('No Chromium or Chrome was found. Install one, or name one in PICTOR_CHROMIUM.');
}

/** A Chromium or Chrome of the system, whose windows a person can see. */
export function findWindowedBrowser(): string | undefined {
  return process.env.PICTOR_CHROMIUM || SYSTEM_BROWSERS.find((candidate) => existsSync(candidate));
}

const hasRegistryBrowser = process.platform === 'linux' && process.arch === 'x64';

/** The npm package @sparticuz/chromium carries a whole browser, packed; it is unpacked once. */
async function browserFromRegistry(): Promise<Executable> {
  const directory = path.join(CACHE, 'chromium');
  const executablePath = path.join(directory, 'chrome-headless-shell');
  if (!existsSync(executablePath)) {
    console.log('Installing a browser …');
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(directory, 'package.json'), '{"private":true}');
    execFileSync(
      'npm',
      ['install', '@sparticuz/chromium@153.0.0', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      { cwd: directory },
    );
    const packed = findPacked(createRequire(path.join(directory, 'package.json')).resolve('@sparticuz/chromium'));
    for (const name of ['al2023', 'fonts']) {
      const archive = path.join(directory, `${name}.tar`);
      await decompress(path.join(packed, `${name}.tar.br`), archive);
      execFileSync('tar', ['-xf', archive, '-C', directory]);
    }
    await decompress(path.join(packed, 'chromium.br'), executablePath);
  }
  const fonts = path.join(directory, 'fonts.conf');
  writeFileSync(
    fonts,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${directory}</dir><dir>/usr/share/fonts</dir><cachedir>${directory}/cache</cachedir></fontconfig>`,
  );
  const env = { ...process.env, FONTCONFIG_FILE: fonts };
  return {
    executablePath,
    env: needsLibraries(executablePath) ? { ...env, LD_LIBRARY_PATH: path.join(directory, 'lib') } : env,
  };
}

function findPacked(from: string): string {
  const candidate = path.join(path.dirname(from), 'bin');
  return existsSync(path.join(candidate, 'chromium.br')) ? candidate : findPacked(path.dirname(from));
}

async function decompress(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(`${to}.part`, { mode: 0o755 }));
  renameSync(`${to}.part`, to);
}

function needsLibraries(executable: string): boolean {
  return execFileSync('ldd', [executable], { encoding: 'utf8' }).includes('not found');
}
