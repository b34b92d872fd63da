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

describe('the rooms of src', () => {
  it('are read by this test', () => {
    assert.ok(IMPORTS.get('host/app.ts')?.includes('host/keyStore.ts'));
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
    const protocol = IMPORTS.get('protocol.ts') ?? [];
    assert.ok(protocol.filter((name) => name.endsWith('.ts')).every((name) => name.startsWith('core/')));
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

  it('have no circles', () => {
    const done = new Set<string>();
    const visit = (file: string, trail: readonly string[]): void => {
      assert.ok(!trail.includes(file), [...trail, file].join(' -> '));
      if (done.has(file)) return;
      for (const next of IMPORTS.get(file) ?? []) if (IMPORTS.has(next)) visit(next, [...trail, file]);
      done.add(file);
    };
    for (const file of IMPORTS.keys()) visit(file, []);
  });

  it('have no file of more than 300 lines', () => {
    for (const file of IMPORTS.keys())
      assert.ok(readFileSync(path.join(SOURCE, file), 'utf8').split('\n').length <= 301, file);
  });
});
