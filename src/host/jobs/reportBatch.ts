import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { JobAction } from '../../core/jobs/action';
import { labelOf } from '../../core/jobs/actions';
import { jobView } from '../../core/jobs/jobView';
import { errorFrom, errorText } from '../../core/errors';
import { redact } from '../../core/redact';
import { notify } from '../ui/notify';
import type { Batch } from './batches';
import { isShownByForm } from './isShownByForm';
import { failureOf, type JobOutcome } from './jobOutcome';
import type { JobsDependencies } from './jobsDependencies';
import { logSaved } from './announce';

/** A notification has room for so many buttons beside the others. */
const MAX_REMEDIES = 2;

interface BatchButton extends vscode.MessageItem {
  /** Absent for "Undo All". */
  readonly action?: JobAction;
}

interface Failed {
  readonly outcome: JobOutcome;
  readonly failure: unknown;
}

/**
 * Tells what came of a batch, once, with what helps most of the jobs that failed, and with a way to take all its links
 * back. Do not wait for it, since it waits for the user.
 */
export async function reportBatch(app: JobsDependencies, batch: Batch): Promise<void> {
  const { outcomes, links } = batch;
  for (const { result } of outcomes) if (result) logSaved(app.log, result.saved);
  const failed = outcomes.flatMap((outcome): Failed[] => {
    const failure = failureOf(outcome);
    return failure === undefined ? [] : [{ outcome, failure }];
  });
  for (const { failure } of failed) app.log.error(failure);
  const reasons = mostFrequent(failed);
  const [first] = reasons;
  const undo: BatchButton[] = links.length > 0 ? [{ title: t('Undo All') }] : [];
  const helpful = first ? await remediesOf(app, first) : [];
  const remedies = helpful.map((action): BatchButton => ({ title: labelOf(action), action }));
  const said = redact(summary(outcomes, failed, reasons), app.keys.known);
  const isShown = outcomes.some(({ record }) => isShownByForm(app, record));
  if (!isShown || links.length > 0) {
    const picked = await (first ? notify.warn : notify.info)<BatchButton>(said, ...remedies, ...undo);
    if (picked?.action && first) await app.actOn(picked.action, idsOf(first));
    else if (picked) await undoAll(app, batch);
  }
  for (const { anchor } of links.splice(0)) anchor.dispose();
  // The card of one with failures stays.
  if (failed.length === 0) app.jobs.batches.close(batch.id);
}

async function undoAll(app: JobsDependencies, { links }: Batch): Promise<void> {
  const changed = await app.links.takeBack(links);
  if (changed === 0) return void vscode.window.setStatusBarMessage(t('The links are taken back.'), 8000);
  void notify.info(t('{count} links were changed meanwhile, and stay.', { count: changed }));
}

/** Failures with the same words, the most frequent first. */
function mostFrequent(failed: readonly Failed[]): Failed[][] {
  const groups = new Map<string, Failed[]>();
  for (const one of failed) {
    const words = errorText(one.failure);
    groups.set(words, [...(groups.get(words) ?? []), one]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

function idsOf(group: readonly Failed[]): string[] {
  return group.map(({ outcome }) => outcome.record.id);
}

async function remediesOf({ jobs }: JobsDependencies, group: readonly Failed[]): Promise<JobAction[]> {
  const [first] = group;
  if (!first) return [];
  const { record } = first.outcome;
  const isOpen = await jobs.journal.isOpen(record.id);
  const { remedies } = jobView(record, { isOpen, error: errorFrom(first.failure) });
  return remedies.filter((action) => action !== 'useModel').slice(0, MAX_REMEDIES);
}

function summary(
  outcomes: readonly JobOutcome[],
  failed: readonly Failed[],
  reasons: readonly (readonly Failed[])[],
): string {
  const count = (isWanted: (outcome: JobOutcome) => boolean): number =>
    outcomes.filter(isWanted).reduce((sum, { result }) => sum + (result?.saved.length ?? 0), 0);
  const linked = count(({ result }) => result?.isLinked === true);
  const saved = count(({ result }) => result?.isLinked === false);
  const cancelled = outcomes.filter(({ reason }) => reason instanceof vscode.CancellationError).length;
  const [first] = reasons;
  return [
    linked === 1 && t('1 picture is saved and linked.'),
    linked > 1 && t('{count} pictures are saved and linked.', { count: linked }),
    saved === 1 && t('1 picture is saved, and not linked.'),
    saved > 1 && t('{count} pictures are saved, and not linked.', { count: saved }),
    cancelled === 1 && t('1 was cancelled.'),
    cancelled > 1 && t('{count} were cancelled.', { count: cancelled }),
    first && t('{count} failed: {reason}', { count: failed.length, reason: errorText(first[0]?.failure) }),
  ]
    .filter(Boolean)
    .join(' ');
}
