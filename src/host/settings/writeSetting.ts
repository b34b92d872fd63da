import * as vscode from 'vscode';

type Inspected = ReturnType<vscode.WorkspaceConfiguration['inspect']>;

/**
 * Writes settings where the user has them already: the workspace's value when it has one, else the user's. `undefined`
 * removes.
 */
export async function writeSettings(
  values: Readonly<Record<string, string | number | undefined>>,
  scope: vscode.Uri | undefined,
): Promise<void> {
  const section = vscode.workspace.getConfiguration('pictor', scope);
  for (const [name, value] of Object.entries(values)) {
    const inspected = section.inspect(name);
    const target = targetOf(inspected);
    await section.update(name, value ?? emptyOver(inspected, target), target);
  }
}

/** The narrowest scope that has a value: what is written elsewhere would not count. */
function targetOf(inspected: Inspected): vscode.ConfigurationTarget {
  if (inspected?.workspaceFolderValue !== undefined) return vscode.ConfigurationTarget.WorkspaceFolder;
  return inspected?.workspaceValue === undefined
    ? vscode.ConfigurationTarget.Global
    : vscode.ConfigurationTarget.Workspace;
}

/**
 * Removing a value would bring one of a wider scope to light: there an empty text, or null for what is no text, which
 * means the default too, takes its place.
 */
function emptyOver(inspected: Inspected, target: vscode.ConfigurationTarget): '' | null | undefined {
  const { WorkspaceFolder, Global } = vscode.ConfigurationTarget;
  const wider = [
    target === WorkspaceFolder ? inspected?.workspaceValue : undefined,
    target === Global ? undefined : inspected?.globalValue,
  ];
  if (wider.every((value) => value === undefined)) return undefined;
  return typeof inspected?.defaultValue === 'string' ? '' : null;
}
