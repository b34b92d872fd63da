import * as vscode from 'vscode';
import type { JobRecord } from '../../core/jobs/jobRecord';

/**
 * The window that has the folder goes on with its jobs, and shows their images; one that belongs to no folder is
 * anybody's.
 */
export function belongsHere({ target }: JobRecord): boolean {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString());
  return target.workspaceFolder === undefined || folders.includes(target.workspaceFolder);
}
