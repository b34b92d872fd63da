import * as vscode from 'vscode';
import { plainMessage } from './plainText';

/** A button of a notification: its title, or more than that. */
type Item = string | vscode.MessageItem;

/**
 * Notifications in which nothing of others becomes a link; see `plainMessage`. They resolve with the button that was
 * pressed.
 */
export const notify = {
  info: <T extends Item>(message: string, ...items: T[]): Thenable<T | undefined> =>
    vscode.window.showInformationMessage(plainMessage(message), ...(items as vscode.MessageItem[])) as Thenable<
      T | undefined
    >,
  warn: <T extends Item>(message: string, ...items: T[]): Thenable<T | undefined> =>
    vscode.window.showWarningMessage(plainMessage(message), ...(items as vscode.MessageItem[])) as Thenable<
      T | undefined
    >,
  error: <T extends Item>(message: string, ...items: T[]): Thenable<T | undefined> =>
    vscode.window.showErrorMessage(plainMessage(message), ...(items as vscode.MessageItem[])) as Thenable<
      T | undefined
    >,
  /** A question with several answers that nothing else goes on beside. @returns the button that was pressed */
  choose: (message: string, detail: string, ...answers: string[]): Thenable<string | undefined> =>
    vscode.window.showWarningMessage(plainMessage(message), { modal: true, detail }, ...answers),
  /** A question that nothing else goes on beside. @returns whether `yes` was pressed */
  ask: (message: string, detail: string | undefined, yes: string): Thenable<boolean> =>
    vscode.window
      .showWarningMessage(plainMessage(message), { modal: true, detail }, yes)
      .then((picked) => picked === yes),
};
