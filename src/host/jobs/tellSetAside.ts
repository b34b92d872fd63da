import { t } from '@vscode/l10n';
import type { Log } from '../log';
import { notify } from '../ui/notify';

/** Records that cannot be read were put aside: a person may want to look. */
export function tellSetAside(log: Log, files: readonly string[]): void {
  const names = files.join(', ');
  const said =
    files.length === 1
      ? t('Pictor could not read a record of a job, and put it aside: {names}.', { names })
      : t('Pictor could not read {count} records of jobs, and put them aside: {names}.', {
          count: files.length,
          names,
        });
  log.info(said);
  void notify.warn(said);
}
