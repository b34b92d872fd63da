import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

describe('CONTRIBUTING.md', () => {
  const text = readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8');

  it('names every room of core and host, and none that is not there', () => {
    for (const part of ['core', 'host']) {
      const lines = text.split(`src/${part}/ `)[1]?.split('\n').slice(1) ?? [];
      const named = lines
        .slice(
          0,
          lines.findIndex((line) => !line.startsWith('  ')),
        )
        .flatMap((line) => line.slice(2, 23).match(/\w+(?=\/)/g) ?? []);
      const below = path.join(ROOT, 'src', part);
      const there = readdirSync(below, { recursive: true, encoding: 'utf8' }).flatMap((file) => {
        const [room, ...rest] = file.split(path.sep);
        return room && rest.length > 0 ? [room] : [];
      });
      assert.deepEqual(named.sort(), [...new Set(there)].sort());
    }
  });

  it('names every command of npm that a person runs', () => {
    for (const name of Object.keys(manifest.scripts).filter(
      (script) => !script.startsWith('pre') && !script.startsWith('vscode:'),
    ))
      assert.match(text, new RegExp(`\`(?:npm (?:run )?)?${name}\``), name);
  });
});

describe('SECURITY.md', () => {
  it('names tests that are there', () => {
    const text = readFileSync(path.join(ROOT, 'SECURITY.md'), 'utf8');
    const named = [...text.matchAll(/`((?:core|wire|host|ui|faults)\/[\w/]+)`/g)].map(([, name]) => `${name}.test.ts`);
    assert.ok(named.length > 10, String(named.length));
    for (const name of named) assert.ok(existsSync(path.join(ROOT, 'test', name)), name);
  });
});
