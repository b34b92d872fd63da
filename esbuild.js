// Builds the extension into dist/, and with --tests the tests and their tools into out/.
const esbuild = require('esbuild');
const { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** Modules that are loaded when they are first needed: each is a bundle of its own, reached by `import()`. */
const LAZY = { app: 'src/host/app.ts', undici: 'src/core/http/undici.ts', sanitizer: 'src/core/images/sanitizer.ts' };

/** Turns `import('…/app.js')` into a load of `dist/app.js` at run time. */
const lazyBundles = {
  name: 'lazy-bundles',
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ kind, path: request }) => {
      const name = path.basename(request, '.js');
      return kind === 'dynamic-import' && name in LAZY ? { path: `./${name}.js`, external: true } : undefined;
    });
  },
};

/** sanitize-html needs postcss for style attributes only, and none is kept. */
const noPostcss = {
  name: 'no-postcss',
  setup(build) {
    build.onResolve({ filter: /^postcss$/ }, () => ({ path: 'postcss', namespace: 'nothing' }));
    build.onLoad({ filter: /./, namespace: 'nothing' }, () => ({ contents: '' }));
  },
};

/** Of all bundles. */
const packages = new Set();

/** Writes down whose code is in the bundles, and under which licence. */
const notices = {
  name: 'notices',
  setup(build) {
    build.onEnd(({ metafile }) => {
      for (const file of Object.keys(metafile?.inputs ?? {})) {
        const [directory] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? [];
        if (directory) packages.add(directory);
      }
      writeFileSync(
        path.join('dist', 'THIRD-PARTY-NOTICES.txt'),
        [...packages]
          .sort()
          .map(notice)
          .join(`\n${'-'.repeat(80)}\n\n`),
      );
    });
  },
};

/** Fails the build for a package that does not say its licence: it must not be shipped. */
function notice(directory) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
  if (!license) throw new Error(`${name} names no licence`);
  const file = readdirSync(directory).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  return `${name} ${version} (${license})\n\n${file ? readFileSync(path.join(directory, file), 'utf8').trim() : 'The package carries no text of its licence.'}\n`;
}

const extension = {
  entryPoints: { extension: 'src/extension.ts', ...LAZY },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.18',
  external: ['vscode'],
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  plugins: [lazyBundles, noPostcss, notices],
};

/** The form's own page: a bundle for the browser that VS Code is. */
const webview = {
  entryPoints: { webview: 'media/main.tsx' },
  outdir: 'dist/webview',
  bundle: true,
  platform: 'browser',
  format: 'iife',
  // The browser of the oldest VS Code.
  target: 'chrome128',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.svg': 'text' },
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  plugins: [notices],
};

/**
 * Leaves a file's imports of other files of ours where they are: each is compiled to a file of its own, so that all
 * tests of a process share it.
 */
const ownFilesApart = {
  name: 'own-files-apart',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ kind, path: request, resolveDir }) => {
      const file = path.join(resolveDir, request.replace(/\.js$/, ''));
      if (kind === 'entry-point' || !existsSync(`${file}.ts`)) return undefined;
      return { path: `${request.replace(/\.js$/, '')}.js`, external: true };
    });
  },
};

/** A compiled file whose source is gone would still be found, and run. */
const noLeftovers = {
  name: 'no-leftovers',
  setup(build) {
    build.onEnd(({ metafile, errors }) => {
      if (errors.length > 0) return;
      const made = new Set(Object.keys(metafile.outputs).map((file) => path.normalize(file)));
      for (const folder of ['test', 'src', 'media'].map((name) => path.join('out', name)).filter(existsSync)) {
        for (const file of walk(folder)) if (!made.has(file)) rmSync(file);
      }
      writeFileSync(path.join('out', 'meta.json'), JSON.stringify(metafile));
    });
  },
};

/**
 * Tests run from out/, where every file of ours is one of its own; packages are bundled into it: the oldest VS Code
 * cannot load ES modules by require().
 */
const tests = {
  entryPoints: [...walk('test'), ...walk('src'), ...walk('media')].filter((file) => /(?<!\.d)\.ts$/.test(file)),
  outdir: 'out',
  outbase: '.',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.18',
  // Tools, and what has files of its own beside it.
  external: [
    'vscode',
    '@vscode/test-electron',
    'fast-check',
    'mocha',
    'openai',
    'playwright-core',
    'proxy-chain',
    'selfsigned',
    'sharp',
    'undici',
    'typescript',
    'esbuild',
    'eslint',
    'prettier',
  ],
  alias: extension.alias,
  sourcemap: 'linked',
  logLevel: 'warning',
  metafile: true,
  plugins: [ownFilesApart, noLeftovers],
};

function walk(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

async function main() {
  const builds = [extension, webview, ...(process.argv.includes('--tests') ? [tests] : [])];
  if (!watch) {
    await Promise.all(builds.map((options) => esbuild.build(options)));
    return;
  }
  // The markers tell the background task of .vscode/tasks.json when a build begins and ends.
  const markers = {
    name: 'markers',
    setup(build) {
      build.onStart(() => console.log('[watch] build started'));
      build.onEnd(() => console.log('[watch] build finished'));
    },
  };
  for (const options of builds) {
    const context = await esbuild.context({ ...options, plugins: [...(options.plugins ?? []), markers] });
    await context.watch();
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
