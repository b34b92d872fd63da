import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { HOST_WORKSPACE } from '../host/workspace';
import { CACHE, ROOT } from '../runner/paths';

/** A network that drops packets must not hold a test run up. */
const DOWNLOAD_TIMEOUT_MS = 15_000;

/** Where a desktop VS Code is usually installed. */
const INSTALLED = [
  '/usr/share/code/code',
  '/Applications/Visual Studio Code.app/Contents/MacOS/Electron',
  path.join(process.env.LOCALAPPDATA ?? '', 'Programs', 'Microsoft VS Code', 'Code.exe'),
];

/**
 * A desktop VS Code: the one that `PICTOR_VSCODE` names, an installed one, or a download; undefined where there is
 * neither, or no display.
 */
export async function findDesktop(): Promise<string | undefined> {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return undefined;
  const present =
    process.env.PICTOR_VSCODE ?? INSTALLED.find((candidate) => path.isAbsolute(candidate) && existsSync(candidate));
  if (present) return present;
  try {
    return await downloadAndUnzipVSCode({ cachePath: path.join(CACHE, 'desktop'), timeout: DOWNLOAD_TIMEOUT_MS });
  } catch (error) {
    console.log(
      `No desktop VS Code can be downloaded here (${error instanceof Error ? error.message : String(error)}); using Code-OSS.`,
    );
    return undefined;
  }
}

/** Runs in-host tests in a desktop VS Code. @returns false where there is none */
export async function runInDesktop(
  testsPath: string,
  directory: string,
  env: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const executable = await findDesktop();
  if (!executable) return false;
  const folder = path.join(directory, 'workspace');
  for (const [name, content] of Object.entries(HOST_WORKSPACE.files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  const user = path.join(directory, 'user', 'User');
  mkdirSync(user, { recursive: true });
  writeFileSync(path.join(user, 'settings.json'), JSON.stringify(settings));
  await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: testsPath,
    extensionTestsEnv: {
      ...env,
      PICTOR_STORAGE: path.join(directory, 'user', 'User', 'globalStorage', 'pictor.pictor'),
    },
    launchArgs: [
      path.join(folder, HOST_WORKSPACE.workspaceFile),
      '--disable-extensions',
      '--disable-workspace-trust',
      '--user-data-dir',
      path.join(directory, 'user'),
    ],
  }).catch(() => undefined); // A failed test is in the report, which is read next.
  return true;
}
