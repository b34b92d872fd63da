import * as vscode from 'vscode';
import { joinLinks, planInsertion } from '../../core/markup/insertion';
import type { SavedPicture } from '../../core/jobs/jobRecord';
import { BLOCK_LINK_LANGUAGES } from '../../core/markup/imageLink';
import type { InsertMode } from '../../core/settings/settings';
import { isShown, languageOf } from './documents';
import { linkFor } from './linkFor';
import type { LocatedPlace, TrackedPlace } from './placeTracker';

/** An edit is refused when the user has typed since it was planned; a person does not type this often in between. */
const MAX_ATTEMPTS = 50;

/**
 * Inserts the links where the pictures were asked for, in one undo step, in a visible document or a hidden one.
 * @param isFollowUp the place is that of a link of the same ask
 * @returns the place behind the links; undefined when their place is gone or the document takes no edit
 */
export async function insertLinks(
  place: TrackedPlace,
  pictures: readonly SavedPicture[],
  mode: Exclude<InsertMode, 'none'>,
  isFollowUp: boolean,
  track: (located: LocatedPlace) => TrackedPlace,
): Promise<TrackedPlace | undefined> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const document = place.locate()?.document;
    if (!document || !(await isShown(document.uri))) return undefined;
    // Only now, with nothing to wait for up to the edit: the user may have typed in between.
    const located = place.locate();
    if (!located) return undefined;
    const edit = planEdit(located, place.askedText, pictures, mode, isFollowUp);
    const behind = located.document.offsetAt(edit.range.start) + edit.newText.length;
    const restore = keepSelections(located, edit.range.start, edit.newText.length);
    const workspaceEdit = new vscode.WorkspaceEdit();
    workspaceEdit.set(located.document.uri, [edit]);
    if (await vscode.workspace.applyEdit(workspaceEdit)) {
      restore();
      return track({ document: located.document, span: { start: behind, end: behind } });
    }
  }
  return undefined;
}

/** Whether the document of a place has the link already. */
export function hasLink(place: TrackedPlace, picture: SavedPicture): boolean {
  const document = place.locate()?.document;
  const text = document?.getText() ?? '';
  // A link of several lines may stand there indented.
  return linkFor(picture, document)
    .split('\n')
    .every((line) => text.includes(line.trim()));
}

/** Inserts the links at the cursor of the editor that has the focus now. */
export async function insertAtCursor(editor: vscode.TextEditor, pictures: readonly SavedPicture[]): Promise<boolean> {
  const { document } = editor;
  const links = pictures.map((picture) => linkFor(picture, document));
  const text = joinLinks({ links, eol: eolOf(document), blockLink: BLOCK_LINK_LANGUAGES.has(languageOf(document)) });
  return editor.edit((edit) => edit.insert(editor.selection.active, text));
}

function eolOf(document: vscode.TextDocument): string {
  return document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
}

function planEdit(
  { document, span }: LocatedPlace,
  askedText: string,
  pictures: readonly SavedPicture[],
  mode: Exclude<InsertMode, 'none'>,
  isFollowUp: boolean,
): vscode.TextEdit {
  const { start, end, text } = planInsertion({
    document: document.getText(),
    range: span,
    askedText,
    mode,
    isFollowUp,
    links: pictures.map((picture) => linkFor(picture, document)),
    eol: eolOf(document),
    blockLink: BLOCK_LINK_LANGUAGES.has(languageOf(document)),
  });
  return vscode.TextEdit.replace(new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
}

/**
 * A selection that ends where text is inserted grows over it, and the next key would delete the link with it. The
 * returned function puts such selections back.
 */
function keepSelections({ document }: LocatedPlace, at: vscode.Position, insertedLength: number): () => void {
  const editors = vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
  const before = editors.map((editor) => ({ editor, selections: editor.selections }));
  return () => {
    for (const { editor, selections } of before) {
      const grown = document.positionAt(document.offsetAt(at) + insertedLength);
      const touched = selections.some((selection) => !selection.isEmpty && selection.end.isEqual(at));
      if (!touched || !editor.selections.some((selection) => selection.end.isEqual(grown))) continue;
      editor.selections = editor.selections.map((selection, index) => {
        const old = selections[index];
        return old && !old.isEmpty && old.end.isEqual(at) && selection.end.isEqual(grown) ? old : selection;
      });
    }
  };
}
