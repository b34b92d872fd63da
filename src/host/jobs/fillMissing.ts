import { t } from '@vscode/l10n';
import { notify } from '../ui/notify';
import { readSettings } from '../settings/readSettings';
import type { JobsDependencies } from './jobsDependencies';
import { askOf, documentOf } from './askOf';
import type { LiveJob } from './jobStore';
import { planJobs } from './planJobs';
import { runPlan, type RunJob } from './runPlan';

/**
 * A service that ignores the number of pictures is asked for the others one by one, if the user agrees.
 * @throws PictorError, vscode.CancellationError
 */
export async function fillMissing(
  app: JobsDependencies,
  live: LiveJob,
  asked: number,
  missing: number,
  settle: (run: RunJob) => void,
): Promise<void> {
  const { record } = live.job;
  if (!(await wantsOthers(app, live, asked, missing))) return;
  let place = live.next ?? live.place;
  let isFollowUp = live.next !== undefined;
  try {
    for (let left = missing; left > 0; left--) {
      const ask = { ...askOf(record, place), isFollowUp, count: 1 };
      const plan = await planJobs(app, documentOf(record), [ask]);
      const [run] = await runPlan(app, plan, [ask]);
      if (!run) return;
      const located = run.live.next?.locate();
      // It shows what went wrong, and lets go of the job's places when that is dealt with.
      settle(run);
      if (run.outcome.status === 'rejected') return;
      place = located && app.places.track(located.document, located.span);
      isFollowUp = true;
    }
  } finally {
    place?.dispose();
  }
}

async function wantsOthers(app: JobsDependencies, { job }: LiveJob, asked: number, missing: number): Promise<boolean> {
  const { service } = job.record;
  const said = t('{label} delivered {came} of {asked} pictures.', {
    label: service.label,
    came: asked - missing,
    asked,
  });
  app.log.info(said);
  const { fillMissing: mode } = readSettings(undefined);
  if (mode === 'always') return true;
  if (mode === 'never') {
    void notify.warn(said);
    return false;
  }
  const askForOthers = missing === 1 ? t('Ask for the Other One') : t('Ask for the Other {missing}', { missing });
  return (
    (await notify.warn(`${said} ${t('The others can be asked for one by one; each is billed.')}`, askForOthers)) ===
    askForOthers
  );
}
