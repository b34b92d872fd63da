import * as vscode from 'vscode';
import { findPlace, rememberPlace } from '../../core/anchors/findPlace';
import type { JobPlace, JobRecord } from '../../core/jobs/jobRecord';
import { isShown } from '../document/documents';
import type { PlaceTracker, TrackedPlace } from '../document/placeTracker';

/** What another process needs to find a place; undefined where it is gone at the moment. */
export function snapshot(place: TrackedPlace | undefined): Omit<JobPlace, 'isFollowUp'> | undefined {
  const located = place?.locate();
  if (!place || !located) return undefined;
  const { document, span } = located;
  return { document: document.uri.toString(), askedText: place.askedText, ...rememberPlace(document.getText(), span) };
}

/**
 * The place of a job that goes on: as it was followed, or found again in its document, if that is still shown. The
 * caller disposes of it.
 * @param followed what this window has followed so far
 */
export async function findAgain(
  { target }: JobRecord,
  places: PlaceTracker,
  followed?: TrackedPlace,
): Promise<TrackedPlace | undefined> {
  const located = followed?.locate();
  if (located) return places.track(located.document, located.span, followed?.askedText);
  const { place } = target;
  if (!place) return undefined;
  try {
    const uri = vscode.Uri.parse(place.document);
    if (!(await isShown(uri))) return undefined;
    const document = await vscode.workspace.openTextDocument(uri);
    const span = findPlace(document.getText(), place);
    return span && places.track(document, span, place.askedText);
  } catch {
    return undefined;
  }
}
