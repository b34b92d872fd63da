import * as vscode from 'vscode';
import { redact } from '../../core/redact';

/** As much of an answer as a person would read; images are not in it. */
const MAX_CHARACTERS = 256 * 1024;

/** Opens what a service really said in an editor, without keys. */
export async function showAnswer(answer: string, secrets: Iterable<string>): Promise<void> {
  const clean = redact(answer, secrets).slice(0, MAX_CHARACTERS);
  const { content, language } = format(clean);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }));
}

function format(text: string): { content: string; language: string } {
  try {
    return { content: JSON.stringify(JSON.parse(text), undefined, 2), language: 'json' };
  } catch {
    return { content: text, language: /^\s*</.test(text) ? 'html' : 'plaintext' };
  }
}
