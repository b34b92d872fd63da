import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ESLint } from 'eslint';
import * as prettier from 'prettier';
import ts from 'typescript';
import { ROOT } from '../runner/paths';

const PROJECTS = ['tsconfig.json', 'media/tsconfig.json'];

const FORMAT: ts.FormatDiagnosticsHost = {
  getCurrentDirectory: () => ROOT,
  getCanonicalFileName: (file) => file,
  getNewLine: () => '\n',
};

function programOf(project: string): ts.Program {
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(ts.formatDiagnostic(diagnostic, FORMAT));
    },
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(path.join(ROOT, project), undefined, host);
  if (!parsed) throw new Error(`${project} cannot be read`);
  return ts.createProgram({
    rootNames: parsed.fileNames,
    options: parsed.options,
    configFileParsingDiagnostics: parsed.errors,
  });
}

/** Files that are not written as Prettier would write them. */
async function unformatted(files: readonly string[]): Promise<string[]> {
  const checked = await Promise.all(
    files.map(async (file) => {
      const options = await prettier.resolveConfig(file);
      return (await prettier.check(await readFile(file, 'utf8'), { ...options, filepath: file })) ? [] : [file];
    }),
  );
  return checked.flat();
}

/**
 * `npm run check`: the types, the lint rules and the format. The first two ask the same programs, since most time goes
 * into finding types out.
 */
async function main(): Promise<number> {
  const programs = PROJECTS.map(programOf);
  const diagnostics = programs.flatMap((program) => ts.getPreEmitDiagnostics(program));
  console.log(ts.formatDiagnosticsWithColorAndContext(diagnostics, FORMAT));
  const eslint = new ESLint({
    cwd: ROOT,
    overrideConfig: {
      files: ['**/*.{ts,tsx}'],
      languageOptions: { parserOptions: { projectService: false, programs } },
    },
  });
  const results = await eslint.lintFiles(['.']);
  console.log(await (await eslint.loadFormatter('stylish')).format(results));
  const untidy = await unformatted(results.map(({ filePath }) => filePath));
  if (untidy.length > 0) console.log(`To be formatted (npm run format):\n  ${untidy.join('\n  ')}`);
  const isClean =
    untidy.length === 0 && results.every(({ errorCount, warningCount }) => errorCount + warningCount === 0);
  return diagnostics.length === 0 && isClean && results.length > 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
