import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../runner/paths';

interface Metafile {
  readonly outputs: Readonly<
    Record<string, { readonly imports: readonly { readonly path: string; readonly external?: boolean }[] }>
  >;
}

/** Which compiled files each one loads, from what the build wrote down. */
function loads(): Map<string, string[]> {
  const { outputs } = JSON.parse(readFileSync(path.join(ROOT, 'out', 'meta.json'), 'utf8')) as Metafile;
  return new Map(
    Object.entries(outputs).map(([file, { imports }]) => [
      path.normalize(file),
      imports.flatMap(({ path: name, external }) =>
        external && name.startsWith('.') ? [path.join(path.dirname(file), name)] : [],
      ),
    ]),
  );
}

/** Test files that load a file, however indirectly, the nearest first. */
export function testsFor(compiled: string, tests: readonly string[]): string[] {
  const graph = loads();
  const distance = (from: string): number => {
    const seen = new Set([from]);
    let edge = [from];
    for (let steps = 0; edge.length > 0; steps++) {
      if (edge.includes(compiled)) return steps;
      edge = edge.flatMap((file) => graph.get(file) ?? []).filter((file) => !seen.has(file) && seen.add(file));
    }
    return Infinity;
  };
  return tests
    .map((test) => ({ test, steps: distance(path.relative(ROOT, test)) }))
    .filter(({ steps }) => steps < Infinity)
    .sort((a, b) => a.steps - b.steps)
    .map(({ test }) => test);
}
