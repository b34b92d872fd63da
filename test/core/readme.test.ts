import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json';
import words from '../../package.nls.json';
import { ROOT } from '../runner/paths';

describe('the README', () => {
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');

  it('has a row for every setting with its default, and for none that does not exist', () => {
    const rows = [...readme.matchAll(/^\| `(pictor\.\w+)` \| (.*?) \|/gm)].map(([, name, value]) => [name, value]);
    const expected = Object.entries(manifest.contributes.configuration.properties).map(([name, property]) => {
      const value: unknown = property.default;
      return [
        name,
        value === '' || value === null
          ? ''
          : `\`${typeof value === 'object' ? JSON.stringify(value) : String(value)}\``,
      ];
    });
    assert.deepEqual(rows, expected);
  });

  it('names every command and both sacred commands', () => {
    for (const { title } of manifest.contributes.commands)
      assert.ok(readme.includes(words[title.slice(1, -1) as keyof typeof words]), title);
    for (const command of ['npm start', 'npm test']) assert.ok(readme.includes(command), command);
  });
});
