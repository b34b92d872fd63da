import * as vscode from 'vscode';
import { version } from '../../../package.json';
import type { FolderSetting } from '../../core/files/destination';
import type { NetworkSettings } from '../../core/http/httpClient';
import { parseSettings, type Settings } from '../../core/settings/settings';

/**
 * Pictor's settings where they apply to a document or folder. In Restricted Mode VS Code gives the user's own values of
 * what a workspace may not set.
 * @param instead values that count whatever is set
 */
export function readSettings(
  scope: vscode.Uri | undefined,
  overrides: Readonly<Record<string, unknown>> = {},
): Settings {
  const section = vscode.workspace.getConfiguration('pictor', scope);
  return parseSettings((name) => (Object.hasOwn(overrides, name) ? overrides[name] : section.get(name)));
}

/** Pictor's settings as they are while nobody has set anything. */
export function readDefaults(): Settings {
  const section = vscode.workspace.getConfiguration('pictor');
  return parseSettings((name) => section.inspect(name)?.defaultValue);
}

/**
 * The setting that says where images go: ours; or, when only that one is set, VS Code's for pasted Markdown files.
 */
export function readFolderSetting(settings: Settings, document: vscode.TextDocument | undefined): FolderSetting {
  const ours = { source: 'pictor', template: settings.assetsFolder } as const;
  if (!document || isSet(vscode.workspace.getConfiguration('pictor', document.uri).inspect('assetsFolder')))
    return ours;
  const markdown = vscode.workspace.getConfiguration('markdown', document.uri);
  // It is not ours to restrict, so a workspace that is not trusted is not asked for it.
  const destinations: unknown = vscode.workspace.isTrusted
    ? markdown.get('copyFiles.destination')
    : markdown.inspect('copyFiles.destination')?.globalValue;
  for (const [glob, template] of Object.entries(destinations ?? {})) {
    if (typeof template === 'string' && matches(glob, document)) return { source: 'markdown', template };
  }
  return ours;
}

/** How VS Code itself is told to reach the network. */
export function readNetworkSettings(): NetworkSettings {
  const http = vscode.workspace.getConfiguration('http');
  const noProxy: unknown = http.get('noProxy');
  const proxyUrl: unknown = http.get('proxy');
  return {
    proxyUrl: typeof proxyUrl === 'string' && proxyUrl ? proxyUrl : undefined,
    noProxy: Array.isArray(noProxy) && noProxy.length > 0 ? noProxy.map(String) : undefined,
    useProxy: http.get('proxySupport') !== 'off',
    strictTls: http.get('proxyStrictSSL') !== false,
    userAgent: `Pictor/${version}`,
  };
}

function isSet(
  inspected: { globalValue?: unknown; workspaceValue?: unknown; workspaceFolderValue?: unknown } | undefined,
): boolean {
  return [inspected?.globalValue, inspected?.workspaceValue, inspected?.workspaceFolderValue].some(
    (value) => value !== undefined,
  );
}

/** VS Code's own reading of these globs: from the workspace folder with a leading `/`, else at any depth. */
function matches(glob: string, document: vscode.TextDocument): boolean {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  const pattern = !glob.startsWith('/')
    ? `${glob.startsWith('**') ? '' : '**/'}${glob}`
    : folder && new vscode.RelativePattern(folder, glob.slice(1));
  return pattern !== undefined && vscode.languages.match({ pattern }, document) > 0;
}
