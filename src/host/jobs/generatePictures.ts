import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SavedPicture } from '../../core/jobs/jobRecord';
import { pictureCount } from '../../core/request/composeRequest';
import { requestOf } from '../../core/jobs/planJob';
import type { JobsDependencies } from './jobsDependencies';
import { planJobs, type Ask, type Plan } from './planJobs';
import { runPlan, type RunJob } from './runPlan';
import { settleJob } from './settleJob';
import { linkFor } from '../document/linkFor';
import { notify } from '../ui/notify';

/** What a command answers to whoever ran it: a key binding, a test, another extension. */
export interface DeliveredPicture extends SavedPicture {
  readonly link: string;
  /** Whether the link is in the document that asked. */
  readonly inserted: boolean;
}

/**
 * The one line that every way of asking walks: settings, checked requests, key, jobs on disk, generation, files, links.
 * It disposes of the asks' places when nothing more will come for them.
 * @returns the pictures that were saved; what failed is shown, with what helps
 * @throws PictorError where nothing was sent, vscode.CancellationError
 */
export async function generatePictures(
  app: JobsDependencies,
  document: vscode.TextDocument | undefined,
  asks: readonly Ask[],
): Promise<DeliveredPicture[]> {
  let runs: readonly RunJob[];
  try {
    const plan = await planJobs(app, document, asks);
    await confirmMany(plan);
    runs = await runPlan(app, plan, asks);
  } catch (error) {
    for (const { place } of asks) place?.dispose();
    throw error;
  }
  for (const { live, outcome } of runs) void settleJob(app, live, outcome);
  const delivered = runs.flatMap(({ outcome }) =>
    outcome.status === 'fulfilled' ? picturesOf(outcome.value, document) : [],
  );
  const cancelled = runs.some(
    ({ outcome }) => outcome.status === 'rejected' && outcome.reason instanceof vscode.CancellationError,
  );
  if (cancelled && delivered.length === 0) throw new vscode.CancellationError();
  return delivered;
}

function picturesOf(
  { saved, isLinked }: { saved: readonly SavedPicture[]; isLinked: boolean },
  document: vscode.TextDocument | undefined,
): DeliveredPicture[] {
  return saved.map((picture) => ({ ...picture, link: linkFor(picture, document), inserted: isLinked }));
}

/** A slip of the selection can cost. @throws vscode.CancellationError */
async function confirmMany({ records, service }: Plan): Promise<void> {
  const total = records.reduce((sum, record) => sum + pictureCount(requestOf(record)), 0);
  if (!service.endpoint || total <= service.settings.confirmAbove) return;
  const detail = t(
    '{label} bills for each picture. The setting pictor.confirmAbove says from how many on this is asked.',
    { label: service.definition.label },
  );
  if (!(await notify.ask(t('Generate {total} pictures at once?', { total }), detail, t('Generate {total}', { total }))))
    throw new vscode.CancellationError();
}
