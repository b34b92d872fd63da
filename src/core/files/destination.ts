import { posix } from 'node:path';
import { t } from '@vscode/l10n';
import { PictorError } from '../errors';
import { lowerDrive } from '../markup/relativePath';
import { promptSlug, safeName } from './fileName';
import { documentVariables, expandTemplate, timeVariables, type DocumentLocation, type Variables } from './template';

/** Which setting says where images go, and its value. */
export type FolderSetting =
  | { readonly source: 'pictor'; readonly template: string }
  /** A value of `markdown.copyFiles.destination`: a path with or without a file name, relative to the document. */
  | { readonly source: 'markdown'; readonly template: string };

export interface DestinationRequest {
  readonly folder: FolderSetting;
  /** The template `pictor.fileName`. */
  readonly fileName: string;
  /** Absolute, with `/`: images stay below it. */
  readonly root: string;
  readonly document?: DocumentLocation;
  readonly prompt: string;
  readonly model: string;
  /** 1 for the first of several images of one request. */
  readonly index: number;
  readonly now: Date;
  /** Of the image, without a dot. */
  readonly extension: string;
}

/** Where an image should go, before it is known which names are free. */
export interface Destination {
  readonly directory: string;
  /** Without the extension. */
  readonly baseName: string;
}

const SETTING_NAMES = { pictor: 'pictor.assetsFolder', markdown: 'markdown.copyFiles.destination' } as const;

/**
 * Works out folder and name of an image from the settings.
 * @throws PictorError `invalidSetting` for an unknown variable, a bad pattern, or a place outside of the root
 */
export function resolveDestination(request: DestinationRequest): Destination {
  const name = resolveFileName(request);
  const full =
    request.folder.source === 'pictor' ? inAssetsFolder(request, name) : inMarkdownDestination(request, name);
  const directory = posix.dirname(full);
  if (!isInside(request.root, directory)) {
    const setting = SETTING_NAMES[request.folder.source];
    throw new PictorError(
      'invalidSetting',
      t('The setting {setting} leads to {directory}, outside of the workspace folder {root}. Nothing was sent.', {
        setting,
        directory,
        root: request.root,
      }),
      { setting },
    );
  }
  const fileName = posix.basename(full);
  const suffix = `.${request.extension}`;
  return { directory, baseName: safeName(fileName.endsWith(suffix) ? fileName.slice(0, -suffix.length) : fileName) };
}

/** Whether a path is the root or below it. */
export function isInside(root: string, path: string): boolean {
  const relative = posix.relative(lowerDrive(root), lowerDrive(path));
  return relative !== '..' && !relative.startsWith('../') && !posix.isAbsolute(relative);
}

/** The template may name folders; each part is made safe, so it cannot climb. */
function resolveFileName(request: DestinationRequest): string {
  const expanded = expand('pictor.fileName', request.fileName, {
    ...nameVariables(request),
    ...timeVariables(request.now),
    ...documentVariables(request.document ?? unsavedIn(request.root)),
  });
  return expanded.split('/').filter(isName).map(safeName).join('/') || safeName('');
}

function isName(part: string): boolean {
  return /[^.\s]/.test(part);
}

function nameVariables({ prompt, model, index, now }: DestinationRequest): Variables {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return {
    promptSlug: promptSlug(prompt),
    date: local.toISOString().slice(0, 10),
    model: safeName(model),
    index: String(index),
  };
}

function inAssetsFolder(request: DestinationRequest, name: string): string {
  const { folder, root, document, now } = request;
  const path = expand(SETTING_NAMES.pictor, folder.template, {
    ...timeVariables(now),
    ...documentVariables(document ?? unsavedIn(root)),
  });
  const base = /^\.\.?(\/|$)/.test(path) && document ? posix.dirname(document.path) : root;
  return posix.resolve(base, path, name);
}

function inMarkdownDestination(request: DestinationRequest, name: string): string {
  const { folder, root, document, now, extension } = request;
  let template = folder.template.trim() || '${fileName}';
  if (template.startsWith('/')) template = `\${documentWorkspaceFolder}${template}`;
  if (template.endsWith('/')) template += '${fileName}';
  const path = expand(SETTING_NAMES.markdown, template, {
    ...timeVariables(now),
    ...documentVariables(document ?? unsavedIn(root)),
    fileName: `${name}.${extension}`,
    fileExtName: extension,
  });
  return posix.resolve(document ? posix.dirname(document.path) : root, path);
}

/** Stands for a document that was never saved, or for none: it would lie at the top of the folder. */
function unsavedIn(root: string): DocumentLocation {
  return { path: posix.join(root, 'untitled'), workspaceFolder: root };
}

/**
 * Backslashes separate folders on Windows, wherever they come from; only what is expanded already can be told apart
 * from a pattern.
 */
function expand(setting: string, template: string, variables: Variables): string {
  return expandAll(setting, template, variables).replaceAll('\\', '/');
}

function expandAll(setting: string, template: string, variables: Variables): string {
  try {
    return expandTemplate(template, variables, (unknown) => {
      const known = Object.keys(variables).join(', ');
      throw new PictorError(
        'invalidSetting',
        t('The setting {setting} uses {variable}. Known here: {known}.', {
          setting,
          variable: `\${${unknown}}`,
          known,
        }),
        { setting },
      );
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new PictorError(
      'invalidSetting',
      t('The setting {setting} has a pattern that cannot be read: {message}.', { setting, message: error.message }),
      {
        setting,
        cause: error,
      },
    );
  }
}
