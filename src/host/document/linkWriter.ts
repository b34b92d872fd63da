import * as vscode from 'vscode';
import { parted, selectionAfter, spansAfter, type Edit } from '../../core/markup/edits';
import type { SavedImage } from '../../core/jobs/jobRecord';
import { BLOCK_LINK_LANGUAGES } from '../../core/markup/imageLink';
import { planInsertion } from '../../core/markup/insertion';
import type { InsertMode } from '../../core/settings/settings';
import type { AnchorTracker, TrackedAnchor } from './anchorTracker';
import { eolOf, isShown, languageOf } from './documents';
import { linkFor } from './linkFor';

/** An edit is refused when the user has typed since it was planned; a person does not type this often in between. */
const MAX_ATTEMPTS = 50;

/** So many links at once hold nobody up for long. */
const MAX_EDITS = 100;

/** Images that are to be linked, and where. */
export interface LinkRequest {
  readonly anchor: TrackedAnchor;
  readonly images: readonly SavedImage[];
  readonly mode: Exclude<InsertMode, 'none'>;
  /** Whether the anchor is that of a link of the same request: this one goes beside it. */
  readonly isFollowUp: boolean;
}

/** What was written into a document: its `askedText` is the whole of it, with the white space around the link. */
export interface WrittenLink {
  /** The caller disposes of it. */
  readonly anchor: TrackedAnchor;
  /** What stood there before. */
  readonly replaced: string;
}

interface Waiting extends LinkRequest {
  readonly resolve: (written: WrittenLink | undefined) => void;
  readonly reject: (error: unknown) => void;
  attempts: number;
}

interface PlannedEdit extends Edit {
  readonly waiting: Waiting;
}

/** Writes links into documents, visible or hidden; those that are ready together go in one edit, and one undo step. */
export class LinkWriter {
  #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(private readonly anchors: AnchorTracker) {}

  /** @returns undefined where the anchor is gone, or the document takes no edit */
  write(request: LinkRequest): Promise<WrittenLink | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...request, resolve, reject, attempts: 0 });
      if (!this.#isWriting) void this.writeAll();
    });
  }

  /**
   * Takes back what was written, and nothing else, in one edit.
   * @returns how many were changed meanwhile, and stay
   */
  async takeBack(links: readonly WrittenLink[]): Promise<number> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const edit = new vscode.WorkspaceEdit();
      let changed = 0;
      for (const { anchor, replaced } of links) {
        const located = anchor.locate();
        const range = located && rangeOf(located.document, located.span);
        if (range && located.document.getText(range) === anchor.askedText)
          edit.replace(located.document.uri, range, replaced);
        else changed++;
      }
      if (edit.size === 0 || (await vscode.workspace.applyEdit(edit))) return changed;
    }
    return links.length;
  }

  private async writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const round = this.#waiting.splice(0, MAX_EDITS);
      await this.writeRound(round).catch((error: unknown) => {
        for (const { reject } of round) reject(error);
      });
    }
    this.#isWriting = false;
  }

  private async writeRound(round: readonly Waiting[]): Promise<void> {
    const documents = new Map<vscode.TextDocument, Waiting[]>();
    for (const waiting of round) {
      const document = waiting.anchor.locate()?.document;
      if (document) documents.set(document, [...(documents.get(document) ?? []), waiting]);
      else waiting.resolve(undefined);
    }
    for (const [document, requests] of documents) {
      if (await isShown(document.uri)) await this.writeInto(document, requests);
      else for (const { resolve } of requests) resolve(undefined);
    }
  }

  private async writeInto(document: vscode.TextDocument, requests: readonly Waiting[]): Promise<void> {
    // Only now, with nothing to wait for up to the edit: the user may have typed in between.
    const { now, later } = parted(requests.flatMap((waiting) => plan(document, waiting)));
    this.#waiting.unshift(...later.map(({ waiting }) => waiting));
    if (now.length === 0) return;
    const replaced = now.map((edit) => document.getText(rangeOf(document, edit)));
    const restore = keepSelections(document, now);
    const edit = new vscode.WorkspaceEdit();
    edit.set(
      document.uri,
      now.map((one) => vscode.TextEdit.replace(rangeOf(document, one), one.text)),
    );
    if (!(await vscode.workspace.applyEdit(edit))) return this.tryAgain(now);
    restore();
    for (const [index, span] of spansAfter(now).entries()) {
      const { waiting, text } = now[index] ?? {};
      // The user may have typed by now: what stands there is ours only as long as it is what was written.
      waiting?.resolve({ anchor: this.anchors.track(document, span, text), replaced: replaced[index] ?? '' });
    }
  }

  private tryAgain(edits: readonly PlannedEdit[]): void {
    for (const { waiting } of edits) {
      if (++waiting.attempts < MAX_ATTEMPTS) this.#waiting.push(waiting);
      else waiting.resolve(undefined);
    }
  }
}

/** None where the anchor is gone. */
function plan(document: vscode.TextDocument, waiting: Waiting): PlannedEdit[] {
  const { anchor, images, mode, isFollowUp, resolve } = waiting;
  const located = anchor.locate();
  if (located?.document !== document) {
    resolve(undefined);
    return [];
  }
  const edit = planInsertion({
    document: document.getText(),
    range: located.span,
    askedText: anchor.askedText,
    mode,
    isFollowUp,
    links: images.map((image) => linkFor(image, document)),
    eol: eolOf(document),
    blockLink: BLOCK_LINK_LANGUAGES.has(languageOf(document)),
  });
  return [{ ...edit, waiting }];
}

/**
 * A selection that ends where text is inserted grows over it, and the next key would delete the link with it. The
 * returned function puts such selections back.
 */
function keepSelections(document: vscode.TextDocument, edits: readonly Edit[]): () => void {
  const before = vscode.window.visibleTextEditors
    .filter((editor) => editor.document === document)
    .map((editor) => ({
      editor,
      spans: editor.selections.map((one) => ({ start: document.offsetAt(one.start), end: document.offsetAt(one.end) })),
    }));
  return () => {
    for (const { editor, spans } of before) {
      const after = spans.map((span) => selectionAfter(span, edits));
      const isGrown = (selection: vscode.Selection, index: number): boolean =>
        document.offsetAt(selection.end) === after[index]?.grown.end;
      if (!editor.selections.some(isGrown)) continue;
      editor.selections = editor.selections.map((selection, index) => {
        const kept = isGrown(selection, index) ? after[index]?.kept : undefined;
        if (!kept) return selection;
        const [start, end] = [document.positionAt(kept.start), document.positionAt(kept.end)];
        return selection.isReversed ? new vscode.Selection(end, start) : new vscode.Selection(start, end);
      });
    }
  };
}

function rangeOf(document: vscode.TextDocument, { start, end }: { start: number; end: number }): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
