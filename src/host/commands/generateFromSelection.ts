import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { mapInSlices } from '../../core/mapInSlices';
import { paragraphAt, trimSpan, type Span } from '../../core/markup/paragraph';
import { promptText } from '../../core/markup/promptText';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import { languageOf } from '../document/documents';
import { generateImages, type ImageResult } from '../jobs/generateImages';
import type { GenerationRequest } from '../jobs/prepareJobs';
import { generate } from './generate';

/**
 * Images from the selected texts, one each; without a selection, from the paragraph around the cursor once the user
 * has confirmed it.
 */
export async function generateFromSelection(app: JobsDependencies): Promise<ImageResult[]> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return generate(app);
  const { document } = editor;
  const spans = selectedSpans(editor);
  const anchors = (spans.length > 0 ? spans : [cursorParagraph(editor)]).map((span) =>
    app.anchors.track(document, span),
  );
  const requests = await mapInSlices(anchors, (anchor): GenerationRequest => ({
    prompt: promptText(anchor.askedText, languageOf(document)),
    anchor,
  }));
  const [first] = requests;
  if (spans.length > 0 || !first) return generateImages(app, document, requests, 'selection');
  try {
    const prompt = await confirmPrompt(first.prompt);
    return await generateImages(app, document, [{ ...first, prompt }], 'selection');
  } catch (error) {
    first.anchor?.dispose();
    throw error;
  }
}

/** In the order of the document, without the white space around them: a selected line ends before its line break. */
function selectedSpans({ document, selections }: vscode.TextEditor): Span[] {
  const text = document.getText();
  return selections
    .map((selection) =>
      trimSpan(text, { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) }),
    )
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start);
}

function cursorParagraph({ document, selection }: vscode.TextEditor): Span {
  return paragraphAt(document.getText(), document.offsetAt(selection.active));
}

async function confirmPrompt(value: string): Promise<string> {
  const prompt = await vscode.window.showInputBox({
    title: t('Generate Image'),
    prompt: value
      ? t('The paragraph at the cursor. Change it, or press Enter to draw it.')
      : t('What should be drawn?'),
    value: value.replace(/\n/g, ' '),
    valueSelection: [value.length, value.length],
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() ? undefined : t('Type what should be drawn.')),
  });
  if (prompt === undefined) throw new vscode.CancellationError();
  return prompt;
}
