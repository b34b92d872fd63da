import * as vscode from 'vscode';
import { findAnchor, rememberAnchor } from '../../core/anchors/findAnchor';
import type { JobAnchor, JobRecord } from '../../core/jobs/jobRecord';
import { isShown } from '../document/documents';
import type { AnchorTracker, TrackedAnchor } from '../document/anchorTracker';

/** What another process needs to find a place; undefined where it is gone at the moment. */
export function snapshot(anchor: TrackedAnchor | undefined): Omit<JobAnchor, 'isFollowUp'> | undefined {
  const located = anchor?.locate();
  if (!anchor || !located) return undefined;
  const { document, span } = located;
  return {
    document: document.uri.toString(),
    askedText: anchor.askedText,
    ...rememberAnchor(document.getText(), span),
  };
}

/**
 * The place of a job that goes on: as it was followed, or found again in its document, if that is still shown. The
 * caller disposes of it.
 * @param followed what this window has followed so far
 */
export async function findAgain(
  { target }: JobRecord,
  anchors: AnchorTracker,
  followed?: TrackedAnchor,
): Promise<TrackedAnchor | undefined> {
  const located = followed?.locate();
  if (located) return anchors.track(located.document, located.span, followed?.askedText);
  const { anchor } = target;
  if (!anchor) return undefined;
  try {
    const uri = vscode.Uri.parse(anchor.document);
    if (!(await isShown(uri))) return undefined;
    const document = await vscode.workspace.openTextDocument(uri);
    const span = findAnchor(document.getText(), anchor);
    return span && anchors.track(document, span, anchor.askedText);
  } catch {
    return undefined;
  }
}
