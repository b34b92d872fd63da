import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json';
import { ROOT } from '../runner/paths';

describe('the commands', () => {
  it('that are run by others are there', () => {
    const known = new Set(manifest.contributes.commands.map(({ command }) => command));
    const run = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => {
        const text = readFileSync(path.join(ROOT, 'src', name), 'utf8');
        const calls = /runCommand\('([^']+)'|'(pictor\.\w+)'(?=[^\n]*satisfies CommandId)/g;
        return [...text.matchAll(calls)].map(([, called, shown]) => called ?? shown ?? '');
      });
    assert.ok(run.length >= 5, run.join());
    for (const id of run) assert.ok(known.has(id), id);
  });
});
