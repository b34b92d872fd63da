import { execFileSync, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Browsers of Linux that show a page in a window, by their programs. */
const PROGRAMS = [
  'firefox',
  'firefox-esr',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'brave-browser',
  'vivaldi',
  'epiphany',
  'falkon',
  'konqueror',
  'x-www-browser',
];

/** Opens an address in the system's own browser. */
export type OpenAddress = (address: string) => void;

/** The system's own browser, whichever it is; undefined where there is none. */
export function findSystemBrowser(): OpenAddress | undefined {
  const run =
    (program: string): OpenAddress =>
    (address) => {
      const child = spawn(program, [address], { stdio: 'ignore', detached: true });
      // The address is printed too.
      child.on('error', () => undefined);
      child.unref();
    };
  if (process.platform === 'darwin') return run('open');
  if (process.platform === 'win32') return run('explorer.exe');
  const named = process.env.BROWSER?.split(':')[0];
  const program = [...(named ? [named] : []), ...PROGRAMS].find(isInPath);
  if (program) return run(program);
  return isInPath('xdg-open') && hasDefaultBrowser() ? run('xdg-open') : undefined;
}

function isInPath(program: string): boolean {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.resolve(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Without one, xdg-open would only complain. */
function hasDefaultBrowser(): boolean {
  try {
    return (
      execFileSync('xdg-settings', ['get', 'default-web-browser'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim() !== ''
    );
  } catch {
    return false;
  }
}
