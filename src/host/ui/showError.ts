import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import { providerOf } from '../../core/catalog/providers';
import { errorText, PictorError } from '../../core/errors';
import type { JobAction } from '../../core/jobs/action';
import { labelOf } from '../../core/jobs/actions';
import { remediesFor } from '../../core/jobs/jobView';
import { redact } from '../../core/redact';
import { runErrorAction } from './errorActions';
import { notify } from './notify';

/** A notification has room for so many models, beside its other buttons. */
const MAX_SUGGESTIONS = 2;

/**
 * As much as the buttons of a notification hold before VS Code cuts their labels: 400 px, with about 7 for a letter and
 * 18 around a label.
 */
const ROOM_PX = 400;
const LETTER_PX = 7;
const AROUND_PX = 18;

/** A button of an error. */
export interface ErrorButton extends vscode.MessageItem {
  readonly action: JobAction;
  /** For `useModel`. */
  readonly model?: string;
}

/**
 * Shows the error of a job with the buttons that help. Never rejects; do not hold anything up for it.
 * @returns the button that was pressed
 */
export async function showError(
  error: unknown,
  secrets: Iterable<string>,
  remedies: readonly JobAction[],
): Promise<ErrorButton | undefined> {
  const known = knownError(error);
  return notify.error(redact(known.message, secrets), ...fitting(buttonsOf(remedies, known)));
}

/** Shows an error that no job has, and does what the user picks. Never rejects; do not hold anything up for it. */
export async function showCommandError(error: unknown, secrets: Iterable<string>): Promise<void> {
  const known = knownError(error);
  const picked = await showError(known, secrets, remediesFor(known));
  if (picked) await runErrorAction(picked.action, { error: known, model: picked.model, secrets });
}

/** The buttons of actions: a model that may be used has one of its own. */
export function buttonsOf(actions: readonly JobAction[], error: PictorError | undefined): ErrorButton[] {
  return actions.flatMap((action): ErrorButton[] =>
    action === 'useModel'
      ? (error?.details.suggestions ?? [])
          .slice(0, MAX_SUGGESTIONS)
          .map((model) => ({ title: labelOf(action, model), action, model }))
      : [{ title: labelOf(action, error && subjectOf(action, error)), action }],
  );
}

/** What the label of an action speaks of. */
function subjectOf(action: JobAction, { details }: PictorError): string | undefined {
  if (action === 'leaveOut') return details.setting;
  return action === 'useProvider' && details.successor ? providerOf(details.successor).label : undefined;
}

function knownError(error: unknown): PictorError {
  if (error instanceof PictorError) return error;
  return new PictorError('badAnswer', t('Pictor failed: {reason}', { reason: errorText(error) }));
}

function fitting(buttons: readonly ErrorButton[]): ErrorButton[] {
  let left = ROOM_PX;
  return buttons.filter(({ title }) => {
    const width = title.length * LETTER_PX + AROUND_PX;
    if (width <= left) left -= width;
    else return false;
    return true;
  });
}
