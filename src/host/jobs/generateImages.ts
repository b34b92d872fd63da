import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { estimateCost } from '../../core/catalog/estimateCost';
import type { JobResult } from '../../core/jobs/jobDependencies';
import type { JobRecord, Origin, SavedImage } from '../../core/jobs/jobRecord';
import { requestOf } from '../../core/jobs/planJob';
import { imageCount } from '../../core/request/composeRequest';
import type { Connection } from '../connection/connection';
import { modelRow } from '../connection/modelRow';
import { linkFor } from '../document/linkFor';
import { roundedText } from '../ui/modelWords';
import { notify } from '../ui/notify';
import type { Work } from './generate';
import type { JobsDependencies } from './jobsDependencies';
import { prepareJobs, type GenerationRequest, type PreparedJobs } from './prepareJobs';
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

/** A slip of the selection can cost. @throws vscode.CancellationError */
async function confirmMany(
  { ownCosts, models }: Pick<JobsDependencies, 'ownCosts' | 'models'>,
  { records, connection }: PreparedJobs,
): Promise<void> {
  const { settings, provider } = connection;
  const total = records.reduce((sum, record) => sum + imageCount(requestOf(record)), 0);
  if (!connection.baseUrl) return;
  const dollars = sumOf(records.map((record) => estimateOf(ownCosts, models, connection, record)));
  const isDear = dollars !== undefined && dollars > (settings.confirmAboveDollars ?? Infinity);
  if (total <= settings.confirmAbove && !isDear) return;
  const price = dollars === undefined ? '' : roundedText(dollars);
  const question = total === 1 ? t('Generate a picture?') : t('Generate {total} pictures at once?', { total });
  const priced =
    total === 1
      ? t('Generate a picture for about {price}?', { price })
      : t('Generate {total} pictures at once, for about {price}?', { total, price });
  const detail = isDear
    ? t('The setting pictor.confirmAboveDollars says from which sum on this is asked.')
    : t('{label} bills for each picture. The setting pictor.confirmAbove says from how many on this is asked.', {
        label: provider.label,
      });
  const yes = total === 1 ? t('Generate') : t('Generate {total}', { total });
  if (!(await notify.ask(price ? priced : question, detail, yes))) throw new vscode.CancellationError();
}

function estimateOf(
  ownCosts: JobsDependencies['ownCosts'],
  models: JobsDependencies['models'],
  { provider, settings }: Connection,
  record: JobRecord,
): number | undefined {
  const { request } = record;
  const { listed, model } = modelRow(models, { ...settings, model: request.model }, request.model);
  const { fields } = requestOf(record);
  const own = ownCosts.find(provider.id, request.model, fields);
  return estimateCost({ provider: provider.id, model, fields, listed, ownCosts: own })?.dollars;
}

/** Undefined where one of them is: half a sum would say less than none. */
function sumOf(values: readonly (number | undefined)[]): number | undefined {
  return values.reduce<number | undefined>(
    (sum, value) => (sum === undefined || value === undefined ? undefined : sum + value),
    0,
  );
}
