import type * as vscode from 'vscode';
import type { SavedImage } from '../../core/jobs/jobRecord';
import { BLOCK_LINK_LANGUAGES } from '../../core/markup/imageLink';
import { joinLinks } from '../../core/markup/insertion';
import { eolOf, languageOf } from './documents';
import { linkFor } from './linkFor';

/** Inserts links at the cursor of the editor that has the focus now. */
export async function insertAtCursor(editor: vscode.TextEditor, images: readonly SavedImage[]): Promise<boolean> {
  const { document } = editor;
  const links = images.map((image) => linkFor(image, document));
  const text = joinLinks({ links, eol: eolOf(document), blockLink: BLOCK_LINK_LANGUAGES.has(languageOf(document)) });
  return editor.edit((edit) => edit.insert(editor.selection.active, text));
}
