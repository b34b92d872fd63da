import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { ARTIFACTS, ROOT } from '../vscode/paths';
import { demonstrate } from '../vscode/demonstrate';
import { openForPerson } from '../vscode/openForPerson';

/** `npm start`: VS Code with Pictor and a sample to try it on; without a display, the main job by itself. */
async function main(): Promise<void> {
  const sample = path.join(ARTIFACTS, 'sample');
  mkdirSync(ARTIFACTS, { recursive: true });
  cpSync(path.join(ROOT, 'test', 'sample'), sample, { recursive: true });
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  if (hasDisplay && process.env.CI !== 'true') await openForPerson(sample);
  else await demonstrate(sample);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
