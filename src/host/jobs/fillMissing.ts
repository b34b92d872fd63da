import * as vscode from 'vscode';
import { readSettings } from '../readSettings';
import type { AppParts } from '../appParts';
import { askOf, documentOf } from './askOf';
import type { LiveJob } from './jobStore';
import { planJobs } from './planJobs';
import { runPlan } from './runPlan';

/** A service that ignores the number of pictures is asked for the others one by one, if the user agrees. @throws PictorError, vscode.CancellationError */
export async function fillMissing(app: AppParts, live: LiveJob, asked: number, missing: number): Promise<void> {
  const { record } = live.job;
  if (!(await wantsOthers(app, live, asked, missing))) return;
  let next = live.next;
  for (let left = missing; left > 0; left--) {
    const ask = { ...askOf(record, next ?? live.place), isFollowUp: next !== undefined, count: 1 };
    const plan = await planJobs(app, documentOf(record), [ask]);
    const [run] = await runPlan(app, plan, [ask]);
    if (run?.outcome.status === 'rejected') throw run.outcome.reason as Error;
    if (next !== live.next) next?.dispose();
    next = run?.live.next;
  }
  if (next !== live.next) next?.dispose();
}

async function wantsOthers(app: AppParts, { job }: LiveJob, asked: number, missing: number): Promise<boolean> {
  const { service, target } = job.record;
  const said = `${service.label} delivered ${asked - missing} of ${asked} pictures.`;
  app.log.info(said);
  const { fillMissing: mode } = readSettings(vscode.Uri.parse(target.document ? (target.place?.document ?? target.root) : target.root));
  if (mode === 'always') return true;
  if (mode === 'never') {
    void vscode.window.showWarningMessage(said);
    return false;
  }
  const askForOthers = missing === 1 ? 'Ask for the Other One' : `Ask for the Other ${missing}`;
  return (await vscode.window.showWarningMessage(`${said} The others can be asked for one by one; each is billed.`, askForOthers)) === askForOthers;
}
