import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Span } from '../../core/markup/paragraph';
import { PictorError } from '../../core/errors';
import { imagePath, linkFor } from '../document/linkFor';
import type { GalleryImage } from './gallery';
import { findLinkedDocuments, linksIn } from '../document/linkedDocuments';

/** A link as Pictor writes it, or, where the user has changed its words, the path in it alone. */
interface FoundLink extends Span {
  readonly isWhole: boolean;
}

/**
 * What may stand between two links that were inserted together: the end of the one and the beginning of the other,
 * where their words were changed.
 */
const BETWEEN = /^(?:["')\]}>/]|\s)*(?:!\[[^\]\n]*\]\()?$/;

/**
 * Lets documents show the chosen one of the images of a request wherever they show one of them. Where they stand
 * beside each other, as they were inserted, one link is left. The document that asked for them comes before all others.
 * @returns whether there was such a link
 */
export async function replaceInDocument(chosen: GalleryImage, siblings: readonly GalleryImage[]): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  const linked = new Map<string, vscode.Uri>();
  for (const { saved } of siblings)
    for (const uri of await findLinkedDocuments(vscode.Uri.parse(saved.uri))) linked.set(uri.toString(), uri);
  const own = linked.get(chosen.record.target.anchor?.document ?? '');
  for (const uri of own ? [own] : linked.values()) {
    const document = await vscode.workspace.openTextDocument(uri);
    const text = document.getText();
    const found = siblings.flatMap((made) => foundLinks(text, document, made)).sort((a, b) => a.start - b.start);
    for (const [index, { start, end, isWhole }] of found.entries()) {
      const before = found[index - 1];
      const isBeside = before !== undefined && BETWEEN.test(text.slice(before.end, start));
      // Words of the user's are not taken away.
      if (isBeside && !isWhole) continue;
      // With the space that kept it from the link before it.
      const from = isBeside && /\s/.test(text[start - 1] ?? '') ? start - 1 : start;
      const link = isWhole ? linkFor(chosen.saved, document) : imagePath(chosen.saved, document);
      edit.replace(uri, new vscode.Range(document.positionAt(from), document.positionAt(end)), isBeside ? '' : link);
    }
  }
  if (edit.size === 0) return false;
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new PictorError('notSaved', t('The document takes no change now.'));
  return true;
}

function foundLinks(text: string, document: vscode.TextDocument, { saved }: GalleryImage): FoundLink[] {
  const whole = linkFor(saved, document);
  return linksIn(text, document.uri, vscode.Uri.parse(saved.uri)).map((path) => {
    const start = text.lastIndexOf(whole, path.start);
    const isWhole = start >= 0 && start + whole.length >= path.end;
    return isWhole ? { start, end: start + whole.length, isWhole } : { ...path, isWhole };
  });
}
