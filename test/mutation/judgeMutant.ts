import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { testFiles } from '../runner/mochaRun';
import { ROOT } from '../runner/paths';
import { mutated, type Mutant } from './mutants';
import { testsFor } from './testsFor';

/** Who noticed a mutant: the tests, the compiler of it, or the clock, since nothing ended any more. */
export type Verdict = 'failed' | 'hung' | 'noCode' | 'unnoticed';

/** All core tests, or all tests over sockets, take a fraction of this. */
const LIMIT_MS = 120_000;

/** Runs the tests that load the changed file, core before sockets, until one fails. */
export async function judgeMutant(mutant: Mutant): Promise<Verdict> {
  const compiled = path.join('out', mutant.file.replace(/\.ts$/, '.js'));
  const original = path.join(ROOT, compiled);
  const other = original.replace(/\.js$/, `.mutant-${process.pid}-${mutant.start}.js`);
  try {
    const isCode = await compile(mutant, other);
    if (!isCode) return 'noCode';
    for (const suite of ['core', 'wire']) {
      const tests = testsFor(compiled, testFiles(suite));
      const verdict = tests.length > 0 ? await run(tests, `${original}=${other}`) : 'unnoticed';
      if (verdict !== 'unnoticed') return verdict;
    }
    return 'unnoticed';
  } finally {
    rmSync(other, { force: true });
  }
}

/** As esbuild.js compiles a single file. @returns false where it is no code any more */
async function compile(mutant: Mutant, outfile: string): Promise<boolean> {
  const source = path.join(ROOT, mutant.file);
  try {
    const { outputFiles } = await build({
      stdin: {
        contents: mutated(readFileSync(source, 'utf8'), mutant),
        resolveDir: path.dirname(source),
        sourcefile: source,
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20.18',
      write: false,
      logLevel: 'silent',
      external: ['undici', 'postcss'],
      plugins: [
        {
          name: 'own-files-apart',
          setup: (plugin) =>
            plugin.onResolve({ filter: /^\.\.?\// }, ({ path: name, kind, importer }) =>
              kind === 'entry-point' || importer.includes('node_modules')
                ? undefined
                : { path: `${name.replace(/\.js$/, '')}.js`, external: true },
            ),
        },
      ],
    });
    writeFileSync(outfile, outputFiles[0]?.text ?? '');
    return true;
  } catch {
    return false;
  }
}

function run(tests: readonly string[], replacement: string): Promise<Verdict> {
  const child = spawn(
    process.execPath,
    [
      '--require',
      path.join(ROOT, 'test', 'mutation', 'replaceModule.js'),
      path.join(ROOT, 'out', 'test', 'mutation', 'judge.js'),
      ...tests,
    ],
    {
      cwd: ROOT,
      stdio: 'ignore',
      env: {
        ...process.env,
        PICTOR_MUTANT: replacement,
        NODE_OPTIONS: `--require ${path.join(ROOT, 'test', 'mutation', 'replaceModule.js')}`,
      },
    },
  );
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve('hung');
    }, LIMIT_MS);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? 'unnoticed' : 'failed');
    });
  });
}
