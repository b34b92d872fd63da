import { t } from '@vscode/l10n';
import { labelOf } from '../../core/jobs/actions';
import type { JobRecord } from '../../core/jobs/jobRecord';
import { requestOf } from '../../core/jobs/planJob';
import { imageCount } from '../../core/request/composeRequest';
import { readSettings } from '../settings/readSettings';
import { notify } from '../ui/notify';
import type { JobsDependencies } from './jobsDependencies';

/** A provider that ignores the number of images can be asked for the others one by one, if the user agrees. */
export async function offerMissing(app: JobsDependencies, record: JobRecord, missing: number): Promise<void> {
  const asked = imageCount(requestOf(record));
  const { label } = record.connection;
  const said = t('{label} delivered {came} of {asked} pictures.', { label, came: asked - missing, asked });
  app.log.info(said);
  const { fillMissing: mode } = readSettings(undefined);
  if (mode === 'never') return void notify.warn(said);
  const question = `${said} ${t('The others can be asked for one by one; each is billed.')}`;
  const isWanted = mode === 'always' || (await notify.warn(question, labelOf('requestMissing'))) !== undefined;
  if (isWanted) await app.actOn('requestMissing', [record.id]);
}
