import * as vscode from 'vscode';

/** Id of a command of ours; the table of them is in `commands`. */
export type CommandId = `pictor.${string}`;

/** Runs a command of ours, as a person would. */
export function runCommand(id: CommandId): Thenable<unknown> {
  return vscode.commands.executeCommand(id);
}
