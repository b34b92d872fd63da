import { appendFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { runMocha, testFiles } from '../runner/mochaRun';

/** A slow machine's VS Code may start the tests before it has read its workspace. */
const WORKSPACE_MS = 20_000;

/**
 * VS Code calls this inside the extension host. What happens goes to the report file: an exit code alone would also be
 * 0 for a host that died.
 */
export async function run(): Promise<void> {
  const report = process.env.PICTOR_REPORT;
  if (!report) throw new Error('PICTOR_REPORT names no file');
  const write = (record: object): void => appendFileSync(report, `${JSON.stringify(record)}\n`);
  // Now and then it comes up without the workspace that it was told to open, and nothing could be tested.
  if (!(await hasWorkspace())) return write({ kind: 'noWorkspace' });
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => write({ kind: 'output', text: format(...args) });
  const tally = await runMocha(testFiles('host'), 60_000, { color: false });
  write({ kind: 'end', ...tally });
  if (tally.failures.length > 0) throw new Error(`${tally.failures.length} failed`);
}

function hasWorkspace(): Promise<boolean> {
  const isThere = (): boolean => Boolean(vscode.workspace.workspaceFolders?.length);
  if (isThere()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      changed.dispose();
      resolve(isThere());
    };
    const timer = setTimeout(end, WORKSPACE_MS);
    const changed = vscode.workspace.onDidChangeWorkspaceFolders(end);
  });
}
