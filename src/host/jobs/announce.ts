import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { JobResult } from '../../core/jobs/jobDependencies';
import type { JobRecord, SavedImage } from '../../core/jobs/jobRecord';
import type { Log } from '../log';
import { altText } from '../../core/markup/altText';
import { shorten } from '../../core/markup/shorten';
import { isShownByForm } from './isShownByForm';
import type { JobsDependencies } from './jobsDependencies';
import { notify } from '../ui/notify';
import { offerImages } from '../ui/offerImages';
import { runCommand } from '../ui/runCommand';
import { plainLabel } from '../ui/plainText';

const OFFERED_PROVIDER = 'offeredProvider';
const CONNECT = t('Connect a Provider');

/** Enough to see what has changed; the log has the whole. */
const MAX_REVISION_CHARACTERS = 60;

/** Long enough to read what is different. */
const STATUS_MS = 8000;

/** Tells what was saved, and offers what is not linked. */
export function announce(app: JobsDependencies, record: JobRecord, { saved, isLinked }: JobResult): void {
  if (saved.length === 0) return;
  logSaved(app.log, saved);
  const { anchor, insert } = record.target;
  // The gallery shows it; that it has lost its place is told all the same.
  const isShown = isShownByForm(app, record) && (!anchor || insert === 'none');
  const files =
    saved.length > 1 && saved.every(({ differences }) => differences.length === 0)
      ? t('{count} pictures', { count: saved.length })
      : names(saved);
  if (isLinked)
    vscode.window.setStatusBarMessage(
      `$(check) ${plainLabel(t('Inserted {files}', { files }) + revision(saved))}`,
      STATUS_MS,
    );
  else if (isShown)
    vscode.window.setStatusBarMessage(
      `$(check) ${plainLabel(t('Saved {files}', { files }) + revision(saved))}`,
      STATUS_MS,
    );
  else void offerUnlinked(record.target, saved);
  if (!app.form.isVisible && record.connection.provider === 'placeholder') void offerProvider(app);
}

/** What came, for the log; and a step of the walkthrough. */
export function logSaved(log: Log, saved: readonly SavedImage[]): void {
  if (saved.length > 0) void vscode.commands.executeCommand('setContext', 'pictor.hasImage', true);
  for (const image of saved) log.info(logLine(image));
}

function logLine({ uri, mediaType, size, bytes, used, asked, differences, revisedPrompt }: SavedImage): string {
  const values = (name: string, of: object): string =>
    Object.keys(of).length > 0 ? `${name} ${JSON.stringify(of)}` : '';
  const facts = [mediaType, size, `${bytes} bytes`, values('asked for', asked), values('used', used), ...differences]
    .filter(Boolean)
    .join(', ');
  return `Saved ${uri} (${facts})${revisedPrompt ? `, drawn from a revised prompt: ${revisedPrompt}` : ''}`;
}

function offerUnlinked({ anchor, insert }: JobRecord['target'], images: readonly SavedImage[]): Promise<void> {
  if (!anchor || insert === 'none') {
    return offerImages(t('Saved {files}.', { files: names(images) }) + revision(images), images, [
      'open',
      'insert',
      'copyLink',
      'reveal',
    ]);
  }
  const document = vscode.workspace.asRelativePath(vscode.Uri.parse(anchor.document));
  return offerImages(
    t('Saved {files}, but its place in {document} is gone.', { files: names(images), document }),
    images,
    ['copyLink', 'insert'],
  );
}

/** What a service made of the prompt explains an image that is not what was meant. */
function revision([first, ...others]: readonly SavedImage[]): string {
  return first?.revisedPrompt && others.length === 0
    ? ` ${t('Drawn from: “{words}…”', { words: shorten(altText(first.revisedPrompt), MAX_REVISION_CHARACTERS) })}`
    : '';
}

/** Once in a lifetime: whoever drafts with placeholders is not asked again. */
async function offerProvider({ globalState }: Pick<JobsDependencies, 'globalState'>): Promise<void> {
  if (globalState.get(OFFERED_PROVIDER)) return;
  await globalState.update(OFFERED_PROVIDER, true);
  const picked = await notify.info(
    t('This picture is a placeholder, drawn without any service. Connect a provider for real pictures.'),
    CONNECT,
  );
  if (picked) await runCommand('pictor.selectProvider');
}

/** The files, with what is not as it was asked for. */
function names(images: readonly SavedImage[]): string {
  return images
    .map(
      ({ uri, differences }) =>
        `${vscode.workspace.asRelativePath(vscode.Uri.parse(uri), false)}${differences.length > 0 ? ` (${differences.join(', ')})` : ''}`,
    )
    .join(', ');
}
