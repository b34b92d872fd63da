import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../runner/paths';

const SOURCE = path.join(ROOT, 'src');

/** Every file of src with the modules that it names, those of src as paths relative to it. */
const IMPORTS = new Map(
  readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file, importsOf(file)] as const),
);

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(SOURCE, file), 'utf8');
  return [...text.matchAll(/(?:from\s+|import\s*\(\s*|import\s+|require\s*\(\s*)'([^']+)'/g)].map(([, name = '']) =>
    name.startsWith('.') ? `${path.join(path.dirname(file), name).replace(/\.js$/, '')}.ts` : name,
  );
}

/** The folder of a file below `src/core` or `src/host`; undefined for one that is elsewhere, or loose there. */
function roomOf(part: string, file: string): string | undefined {
  const [top, room, ...rest] = file.split('/');
  return top === part && rest.length > 0 ? room : undefined;
}

/** A way from something over what it imports back to itself; undefined where there is none. */
function circleIn(imports: ReadonlyMap<string, Iterable<string>>): string | undefined {
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): string | undefined => {
    if (trail.includes(name)) return [...trail, name].join(' -> ');
    if (done.has(name)) return undefined;
    for (const next of imports.get(name) ?? []) {
      const circle = visit(next, [...trail, name]);
      if (circle) return circle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of imports.keys()) {
    const circle = visit(name, []);
    if (circle) return circle;
  }
  return undefined;
}

describe('the rooms of src', () => {
  it('are read by this test', () => {
    assert.ok(IMPORTS.get('host/app.ts')?.includes('host/connection/keyStore.ts'));
    assert.ok(IMPORTS.get('extension.ts')?.includes('host/app.ts'));
  });

  it('let core import nothing of VS Code, and nothing outside of core', () => {
    for (const [file, names] of IMPORTS) {
      if (!file.startsWith('core/')) continue;
      assert.ok(!names.includes('vscode'), file);
      for (const name of names.filter((candidate) => candidate.endsWith('.ts')))
        assert.ok(name.startsWith('core/'), `${file} imports ${name}`);
    }
  });

  it('let nobody import extension.ts', () => {
    for (const [file, names] of IMPORTS) assert.ok(!names.includes('extension.ts'), file);
  });

  it('let the protocol know types of core only, and the form know only the protocol', () => {
    for (const file of ['protocol.ts', 'shown.ts']) {
      const names = IMPORTS.get(file)?.filter((name) => name.endsWith('.ts')) ?? [];
      assert.ok(names.length > 0 && names.every((name) => name.startsWith('core/') || name === 'shown.ts'), file);
    }
    const media = path.join(ROOT, 'media');
    const files = readdirSync(media, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
    assert.ok(files.includes('app.tsx'));
    for (const file of files) {
      for (const [, name = ''] of readFileSync(path.join(media, file), 'utf8').matchAll(/from '(\.[^']*src\/[^']*)'/g))
        assert.match(name, /src\/protocol$/, file);
    }
  });

  it('open sockets in one place only', () => {
    for (const [file, names] of IMPORTS) {
      if (names.includes('undici')) assert.ok(['core/http/undici.ts', 'core/http/httpClient.ts'].includes(file), file);
      for (const builtIn of ['http', 'https', 'net', 'tls', 'http2'])
        assert.ok(!names.includes(`node:${builtIn}`) || file === 'core/http/addressGuard.ts', file);
    }
  });

  it('have no circles of files', () => assert.equal(circleIn(IMPORTS), undefined));

  for (const part of ['core', 'host']) {
    it(`have no circles of folders in ${part}, apart from what is loose in it`, () => {
      const rooms = new Map<string, Set<string>>();
      for (const [file, names] of IMPORTS) {
        const room = roomOf(part, file);
        const others = names.map((name) => roomOf(part, name)).filter((name) => name !== undefined && name !== room);
        if (room) rooms.set(room, new Set([...(rooms.get(room) ?? []), ...others.map(String)]));
      }
      assert.ok(rooms.size > 5, [...rooms.keys()].join());
      assert.equal(circleIn(rooms), undefined);
    });
  }

  it('have no file of more than 300 lines', () => {
    for (const file of IMPORTS.keys())
      assert.ok(readFileSync(path.join(SOURCE, file), 'utf8').split('\n').length <= 301, file);
  });
});
