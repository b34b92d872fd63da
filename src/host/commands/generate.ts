import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { promptText } from '../../core/markup/promptText';
import { activeScope } from '../settings/activeScope';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import { languageOf } from '../document/documents';
import { generateImages, type ImageResult } from '../jobs/generateImages';

/**
 * An image from a typed prompt, with an editor or without one. It is saved and offered, and not inserted by itself.
 */
export async function generate(app: JobsDependencies): Promise<ImageResult[]> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor ? promptText(editor.document.getText(editor.selection), languageOf(editor.document)) : '';
  const style = vscode.workspace.getConfiguration('pictor', activeScope()).get<string>('promptStyle');
  const prompt = await vscode.window.showInputBox({
    title: t('Generate Image'),
    prompt: style ? t('What should be drawn? Style: {style}', { style }) : t('What should be drawn?'),
    placeHolder: t('A paper boat on calm water at sunrise'),
    value: selected.replace(/\n/g, ' '),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() ? undefined : t('Type what should be drawn.')),
  });
  if (prompt === undefined) throw new vscode.CancellationError();
  return generateImages(app, editor?.document, [{ prompt }], 'prompt');
}
