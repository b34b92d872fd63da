import * as vscode from 'vscode';
import { promptOf, type JobRecord } from '../../core/jobs/jobRecord';
import { pictureCount } from '../../core/request/composeRequest';
import { requestOf } from '../../core/jobs/planJob';
import type { TrackedPlace } from '../document/placeTracker';
import type { Ask } from './planJobs';

/** What was asked for, to ask for it again. */
export function askOf(record: JobRecord, place: TrackedPlace | undefined): Ask {
  const { target } = record;
  const uri = vscode.Uri.parse(target.root);
  return {
    prompt: promptOf(record),
    instead: record.instead,
    place,
    isFollowUp: target.place?.isFollowUp,
    count: pictureCount(requestOf(record)),
    root: { uri, folder: target.isChosen ? target.folder : undefined },
  };
}

/** The document that a job is for, while it is open. */
export function documentOf({ target }: JobRecord): vscode.TextDocument | undefined {
  const uri = target.place?.document;
  return vscode.workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === uri);
}
