import * as vscode from 'vscode';
import { applyChange, endOf, trackRange, type TextChange, type TrackedRange } from '../../core/anchors/trackedRange';
import type { Span } from '../../core/markup/paragraph';

/** Where a tracked text stands now. */
export interface LocatedAnchor {
  readonly document: vscode.TextDocument;
  readonly span: Span;
}

/** The place in a document where an image was asked for. */
export interface TrackedAnchor {
  /** The text when it was asked. */
  readonly askedText: string;
  /** Undefined once the text or its document is gone; it may come back. */
  locate(): LocatedAnchor | undefined;
  dispose(): void;
}

interface Entry {
  uri: string;
  range: TrackedRange;
  /**
   * The whole text when the document was closed: VS Code also closes and reopens one whose language or name changes.
   */
  closedText: string | undefined;
}

/** Follows places through all edits of their documents, visible or not. */
export class AnchorTracker implements vscode.Disposable {
  readonly #entries = new Set<Entry>();
  readonly #listeners: vscode.Disposable;

  constructor() {
    this.#listeners = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const changes = textChanges(document, contentChanges);
        for (const entry of this.entriesOf(document.uri)) {
          for (const change of changes) entry.range = applyChange(entry.range, change);
        }
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        for (const entry of this.entriesOf(document.uri)) entry.closedText = document.getText();
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        for (const entry of this.entriesOf(document.uri)) reattach(entry, document);
      }),
      vscode.workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) this.rename(oldUri, newUri);
      }),
    );
  }

  /**
   * Starts to follow a span. The caller disposes of the place.
   * @param asked what the text was when it was asked, where that was earlier
   */
  track(document: vscode.TextDocument, span: Span, asked?: string): TrackedAnchor {
    const text = document.getText().slice(span.start, span.end);
    const askedText = asked ?? text;
    const entry: Entry = { uri: document.uri.toString(), range: trackRange(span.start, text), closedText: undefined };
    this.#entries.add(entry);
    return {
      askedText,
      locate: () => locate(entry),
      dispose: () => this.#entries.delete(entry),
    };
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#entries.clear();
  }

  private entriesOf(uri: vscode.Uri): Entry[] {
    const key = uri.toString();
    return [...this.#entries].filter((entry) => entry.uri === key);
  }

  /** A renamed folder takes its documents along. The new document may have been opened before we are told. */
  private rename(oldUri: vscode.Uri, newUri: vscode.Uri): void {
    const from = oldUri.toString();
    for (const entry of this.#entries) {
      if (entry.uri !== from && !entry.uri.startsWith(`${from}/`)) continue;
      entry.uri = newUri.toString() + entry.uri.slice(from.length);
      const document = openDocument(entry.uri);
      if (document) reattach(entry, document);
    }
  }
}

/**
 * The changes in an order in which they can be made one after the other: VS Code tells them from the last one in the
 * text to the first.
 */
function textChanges(
  document: vscode.TextDocument,
  changes: readonly vscode.TextDocumentContentChangeEvent[],
): TextChange[] {
  const slice = (start: number, end: number): string =>
    document.getText(new vscode.Range(document.positionAt(Math.max(0, start)), document.positionAt(end)));
  return changes.map(({ rangeOffset: offset, rangeLength: removed, text }, index) => {
    const earlier = changes.slice(index + 1);
    // Where the change starts in the document as it is now, with the changes in front of it made too.
    const start = earlier.reduce((at, change) => at + change.text.length - change.rangeLength, offset);
    const end = start + text.length;
    return {
      offset,
      removed,
      text,
      around: { before: (length) => slice(start - length, start), after: (length) => slice(end, end + length) },
    };
  });
}

function locate({ uri, range, closedText }: Entry): LocatedAnchor | undefined {
  const document = openDocument(uri);
  if (!document || closedText !== undefined || range.state === 'gone') return undefined;
  return { document, span: { start: range.start, end: endOf(range) } };
}

function openDocument(uri: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === uri);
}

/**
 * The same text again: nothing was missed. Otherwise its place counts as gone, unless the asked text stands there
 * exactly once.
 */
function reattach(entry: Entry, document: vscode.TextDocument): void {
  if (entry.closedText === undefined) return;
  const text = document.getText();
  const same = text === entry.closedText;
  entry.closedText = undefined;
  if (same || entry.range.state === 'gone') return;
  const asked = entry.range.text;
  const at = text.indexOf(asked);
  const once = asked !== '' && at >= 0 && !text.includes(asked, at + 1);
  entry.range = once ? trackRange(at, asked) : { state: 'gone', text: asked, removed: undefined, at: 0 };
}
