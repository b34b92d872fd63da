import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { estimateCost } from '../../core/catalog/estimateCost';
import type { JobRecord } from '../../core/jobs/jobRecord';
import { requestOf } from '../../core/jobs/planJob';
import { imageCount } from '../../core/request/composeRequest';
import type { Connection } from '../connection/connection';
import { modelRow } from '../connection/modelRow';
import { roundedText } from '../ui/modelWords';
import { notify } from '../ui/notify';
import type { JobsDependencies } from './jobsDependencies';
import type { PreparedJobs } from './prepareJobs';

type Known = Pick<JobsDependencies, 'ownCosts' | 'models'>;

/** Asks before many images, or a sum that the user wants to be asked about. @throws vscode.CancellationError */
export async function confirmMany(known: Known, { records, connection }: PreparedJobs): Promise<void> {
  const { settings, provider, baseUrl } = connection;
  if (!baseUrl) return;
  const total = records.reduce((sum, record) => sum + imageCount(requestOf(record)), 0);
  const dollars = sumOf(records.map((record) => estimateOf(known, connection, record)));
  const isDear = dollars !== undefined && dollars > (settings.confirmAboveDollars ?? Infinity);
  if (total <= settings.confirmAbove && !isDear) return;
  const detail = isDear
    ? t('The setting pictor.confirmAboveDollars says from which sum on this is asked.')
    : t('{label} bills for each picture. The setting pictor.confirmAbove says from how many on this is asked.', {
        label: provider.label,
      });
  const yes = total === 1 ? t('Generate') : t('Generate {total}', { total });
  if (!(await notify.ask(questionOf(total, dollars), detail, yes))) throw new vscode.CancellationError();
}

function questionOf(total: number, dollars: number | undefined): string {
  if (dollars === undefined) return t('Generate {total} pictures at once?', { total });
  const price = roundedText(dollars);
  return total === 1
    ? t('Generate a picture for about {price}?', { price })
    : t('Generate {total} pictures at once, for about {price}?', { total, price });
}

function estimateOf(
  { ownCosts, models }: Known,
  { provider, settings }: Connection,
  record: JobRecord,
): number | undefined {
  const { model: id, fields } = requestOf(record);
  const { listed, model } = modelRow(models, settings, id);
  return estimateCost({
    provider: provider.id,
    model,
    fields,
    listed,
    ownCosts: ownCosts.find(provider.id, id, fields),
  })?.dollars;
}

/** Undefined where one of them is: half a sum would say less than none. */
function sumOf(values: readonly (number | undefined)[]): number | undefined {
  return values.reduce<number | undefined>(
    (sum, value) => (sum === undefined || value === undefined ? undefined : sum + value),
    0,
  );
}
