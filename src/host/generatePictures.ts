import pLimit from 'p-limit';
import * as vscode from 'vscode';
import type { ImageTask } from '../core/answers/answer';
import { PictorError } from '../core/errors';
import { altText } from '../core/markup/altText';
import { shorten } from '../core/markup/shorten';
import type { AppParts } from './appParts';
import type { DeliveredPicture } from './deliverPictures';
import { prepareRun, type Ask, type AskResult, type PictureRun } from './pictureRun';
import { withProgress, type ProgressTask } from './progress';
import { showError } from './showError';

const MAX_TITLE_CHARACTERS = 40;

/** Requests of one command that run at the same time. */
const PARALLEL_REQUESTS = 4;

type Outcome = PromiseSettledResult<AskResult>;

/**
 * The one line that every way of asking walks: settings, checked requests, key, generation, files, links. It disposes of the asks' places
 * when nothing more will come for them.
 * @returns the pictures that were saved; what failed is shown, with the offer to try again
 * @throws PictorError where nothing was sent, vscode.CancellationError
 */
export async function generatePictures(app: AppParts, document: vscode.TextDocument | undefined, asks: readonly Ask[]): Promise<DeliveredPicture[]> {
  let run: PictureRun;
  let outcomes: readonly Outcome[];
  try {
    run = await prepareRun(app, document, asks);
    outcomes = await runAll(run);
  } catch (error) {
    for (const { place } of asks) place?.dispose();
    throw error;
  }
  asks.forEach((ask, index) => void settle(app, document, run, ask, outcomes[index]).finally(() => ask.place?.dispose()));
  const cancelled = outcomes.find((outcome) => outcome.status === 'rejected' && outcome.reason instanceof vscode.CancellationError);
  const delivered = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value.delivered : []));
  if (cancelled && delivered.length === 0) throw new vscode.CancellationError();
  return delivered;
}

/** All requests under one notification. */
function runAll(run: PictureRun): Thenable<Outcome[]> {
  return withProgress(titleOf(run), run.isLocal, async (task) => {
    const steps = sharedSteps(run.asks.length, task);
    const limit = pLimit(PARALLEL_REQUESTS);
    const outcomes = await Promise.allSettled(
      run.asks.map((ask) =>
        limit(async () => {
          task.signal.throwIfAborted();
          const result = await run.draw(ask, { signal: task.signal, onStep: steps.onStep });
          steps.onDone();
          return result;
        }),
      ),
    );
    if (task.signal.aborted && !run.isLocal) {
      void vscode.window.showInformationMessage(
        `Cancelled. If ${run.definition.label} had begun to draw, it cannot be told to stop, and may still bill for the picture.`,
      );
    }
    return outcomes;
  });
}

/** What is left to do for an ask: its failure is shown and may be tried again, and pictures that did not come may be asked for. */
async function settle(app: AppParts, document: vscode.TextDocument | undefined, run: PictureRun, ask: Ask, outcome: Outcome | undefined): Promise<void> {
  try {
    if (outcome?.status === 'fulfilled') await fillMissing(app, document, run, ask, outcome.value);
    if (outcome?.status !== 'rejected' || outcome.reason instanceof vscode.CancellationError) return;
    app.log.error(outcome.reason);
    const wish = await showError(outcome.reason, app.keys.known, true);
    const task = outcome.reason instanceof PictorError ? outcome.reason.details.task : undefined;
    if (wish === 'checkAgain' && task) await checkAgain(app, document, run, ask, { state: 'task', ...task });
    if (wish === 'retry') await again(app, document, { ...ask, root: run.root });
  } catch (error) {
    if (error instanceof vscode.CancellationError) return;
    app.log.error(error);
    void showError(error, app.keys.known);
  }
}

/** Asks the service that has the task, whatever was selected meanwhile. */
async function checkAgain(app: AppParts, document: vscode.TextDocument | undefined, run: PictureRun, ask: Ask, resume: ImageTask): Promise<void> {
  const prepared = run.asks.find(({ place, prompt }) => place === ask.place && prompt === ask.prompt);
  if (!prepared) return;
  const resumed = { ...run, asks: [{ ...prepared, resume }] };
  const [outcome] = await runAll(resumed);
  await settle(app, document, resumed, ask, outcome);
}

async function again(app: AppParts, document: vscode.TextDocument | undefined, ask: Ask): Promise<void> {
  const run = await prepareRun(app, document, [ask]);
  const [outcome] = await runAll(run);
  await settle(app, document, run, ask, outcome);
}

/** A service that ignores the number of pictures is asked for the others one by one, if the user agrees. */
async function fillMissing(app: AppParts, document: vscode.TextDocument | undefined, run: PictureRun, ask: Ask, result: AskResult): Promise<void> {
  const { asked, missing } = result;
  let next = result.next;
  try {
    if (missing === 0 || !(await wantsOthers(app, run, asked, missing))) return;
    for (let left = missing; left > 0; left--) {
      const single = await prepareRun(app, document, [{ ...ask, place: next ?? ask.place, isFollowUp: next !== undefined, count: 1, root: run.root }]);
      const [outcome] = await runAll(single);
      if (outcome?.status !== 'fulfilled') throw outcome?.reason as Error;
      next?.dispose();
      next = outcome.value.next;
    }
  } finally {
    next?.dispose();
  }
}

async function wantsOthers(app: AppParts, { definition, settings }: PictureRun, asked: number, missing: number): Promise<boolean> {
  const said = `${definition.label} delivered ${asked - missing} of ${asked} pictures.`;
  app.log.info(said);
  if (settings.fillMissing === 'always') return true;
  if (settings.fillMissing === 'never') {
    void vscode.window.showWarningMessage(said);
    return false;
  }
  const askForOthers = missing === 1 ? 'Ask for the Other One' : `Ask for the Other ${missing}`;
  return (await vscode.window.showWarningMessage(`${said} The others can be asked for one by one; each is billed.`, askForOthers)) === askForOthers;
}

function titleOf({ asks }: PictureRun): string {
  const [first] = asks;
  return asks.length === 1 && first ? `Pictor: “${titlePrompt(first.request.prompt)}”` : `Pictor: ${asks.length} pictures`;
}

/** Enough of a prompt to tell it from others, within a line. */
function titlePrompt(prompt: string): string {
  const line = altText(prompt);
  const short = shorten(line, MAX_TITLE_CHARACTERS);
  return short === line ? line : `${short}…`;
}

/** Several requests share one notification: it counts those that are done beside the newest step. */
function sharedSteps(total: number, task: ProgressTask): Pick<ProgressTask, 'onStep'> & { onDone: () => void } {
  let done = 0;
  const prefix = (): string => (total > 1 ? `${done} of ${total} done · ` : '');
  return {
    onStep: ({ text, untilMs }) => task.onStep({ text: prefix() + text, untilMs }),
    onDone: () => {
      done++;
    },
  };
}
