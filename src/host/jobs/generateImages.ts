import * as vscode from 'vscode';
import type { JobResult } from '../../core/jobs/jobDependencies';
import type { Origin, SavedImage } from '../../core/jobs/jobRecord';
import { linkFor } from '../document/linkFor';
import { confirmMany } from './confirmMany';
import type { Work } from './generate';
import type { JobsDependencies } from './jobsDependencies';
import { prepareJobs, type GenerationRequest } from './prepareJobs';
import { openJobs, runJobs } from './runJobs';

/** What a command answers to whoever ran it: a key binding, a test, another extension. */
export interface ImageResult extends SavedImage {
  readonly link: string;
  /** Whether the link is in the document that asked. */
  readonly inserted: boolean;
}

/**
 * The one line that every way of asking walks: questions, settings, checked requests, key, jobs on disk, generation,
 * files, links. It disposes of the requests' anchors when nothing more will come for them.
 * @returns the images that were saved; what failed is shown, with what helps
 * @throws PictorError where nothing was sent, vscode.CancellationError
 */
export async function generateImages(
  app: JobsDependencies,
  document: vscode.TextDocument | undefined,
  requests: readonly GenerationRequest[],
  origin: Origin,
): Promise<ImageResult[]> {
  const works = await beginJobs(app, document, requests, origin);
  for (const { insteadOf } of requests) if (insteadOf !== undefined) app.jobs.forget(insteadOf);
  const outcomes = await runJobs(app, works);
  const results = outcomes.flatMap(({ result }) => (result ? resultsOf(result, document) : []));
  const isCancelled = outcomes.some(({ reason }) => reason instanceof vscode.CancellationError);
  if (isCancelled && results.length === 0) throw new vscode.CancellationError();
  return results;
}

/**
 * Everything that comes before the first byte leaves. Where it cannot be, the requests' anchors are disposed of.
 * @throws PictorError, vscode.CancellationError
 */
export async function beginJobs(
  app: JobsDependencies,
  document: vscode.TextDocument | undefined,
  requests: readonly GenerationRequest[],
  origin: Origin,
): Promise<Work[]> {
  try {
    const prepared = await prepareJobs(app, document, requests, origin);
    await confirmMany(app, prepared);
    return await openJobs(
      app,
      prepared,
      requests.map(({ anchor }) => anchor),
    );
  } catch (error) {
    for (const { anchor } of requests) anchor?.dispose();
    throw error;
  }
}

function resultsOf({ saved, isLinked }: JobResult, document: vscode.TextDocument | undefined): ImageResult[] {
  return saved.map((image) => ({ ...image, link: linkFor(image, document), inserted: isLinked }));
}
