import { posix } from 'node:path';

/** The document that an image is for; all paths are absolute, with `/`. */
export interface DocumentLocation {
  readonly path: string;
  /** The workspace folder of the document, where it has one. */
  readonly workspaceFolder?: string;
}

export type Variables = Readonly<Record<string, string>>;

/** The variables of VS Code's `markdown.copyFiles.destination` that a document gives. */
export function documentVariables({ path, workspaceFolder }: DocumentLocation): Variables {
  const directory = posix.dirname(path);
  const fileName = posix.basename(path);
  const extension = posix.extname(fileName);
  const fromFolder = (target: string): string => (workspaceFolder ? posix.relative(workspaceFolder, target) : target);
  return {
    documentDirName: directory,
    documentRelativeDirName: fromFolder(directory),
    documentFileName: fileName,
    documentBaseName: fileName.slice(0, fileName.length - extension.length),
    documentExtName: extension.slice(1),
    documentFilePath: path,
    documentRelativeFilePath: fromFolder(path),
    documentWorkspaceFolder: workspaceFolder ?? directory,
  };
}

/** The variables of `markdown.copyFiles.destination` that tell the time. */
export function timeVariables(now: Date): Variables {
  return { unixTime: String(now.getTime()), isoTime: now.toISOString() };
}

const VARIABLE = /(\\\$)|\$\{(\w+)(?:\/((?:\\\/|[^}/])+)\/((?:\\\/|[^}/])*)\/)?\}/g;

/**
 * Fills `${name}` and `${name/pattern/replacement/}` in, as VS Code does; `\$` is a dollar sign.
 * @param onUnknown gives the text for a variable that is not there, or throws
 */
export function expandTemplate(template: string, variables: Variables, onUnknown: (name: string) => string): string {
  return template.replace(
    VARIABLE,
    (
      _match,
      escaped: string | undefined,
      name: string,
      pattern: string | undefined,
      replacement: string | undefined,
    ) => {
      if (escaped) return '$';
      const value = variables[name] ?? onUnknown(name);
      return pattern ? value.replace(new RegExp(unescapeSlash(pattern)), unescapeSlash(replacement ?? '')) : value;
    },
  );
}

function unescapeSlash(text: string): string {
  return text.replaceAll('\\/', '/');
}
