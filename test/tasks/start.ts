import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ARTIFACTS, ROOT } from '../runner/paths';
import { closeMachines } from '../vscode/machine';
import { demonstrate } from '../vscode/demonstrate';
import { openForPerson } from '../vscode/openForPerson';

/** `npm start`: VS Code with Pictor and a sample to try it on; without a display, the main job by itself. */
async function main(): Promise<void> {
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  if (hasDisplay && process.env.CI !== 'true') {
    // What the person wrote there the last time stays.
    if (await openForPerson(copySample('sample', false))) return;
    console.log(
      'Nothing here can show VS Code: install VS Code, or a browser such as Firefox or Chromium, and run npm start again. So Pictor does its main job by itself:',
    );
  }
  await demonstrate(copySample('demonstration', true));
  await closeMachines();
}

function copySample(name: string, fresh: boolean): string {
  const folder = path.join(ARTIFACTS, name);
  if (fresh) rmSync(folder, { recursive: true, force: true });
  mkdirSync(ARTIFACTS, { recursive: true });
  cpSync(path.join(ROOT, 'test', 'sample'), folder, { recursive: true, force: fresh });
  return folder;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
