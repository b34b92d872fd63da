import { posix } from 'node:path';
import * as vscode from 'vscode';
import { ACTION_ICONS, type ImageAction } from '../../core/jobs/action';
import { labelOf } from '../../core/jobs/actions';
import type { JobRecord, JobState } from '../../core/jobs/jobRecord';
import { recipeOf } from '../../core/jobs/recipeOf';
import type { Choice, ImageButton, ImageDetails } from '../../protocol';
import { exists } from '../files/statOf';
import type { GalleryImage } from './gallery';

/** Everything that is known of an image. @param siblings the images of the same request */
export async function imageDetails(
  { id, record, saved }: GalleryImage,
  siblings: readonly GalleryImage[],
): Promise<ImageDetails> {
  const uri = vscode.Uri.parse(saved.uri);
  const isMissing = !(await exists(uri));
  const { prompt, sentPrompt, createdAt } = recipeOf(record, saved);
  const choices = (values: object): Choice[] =>
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [{ value: name, label: String(value) }],
    );
  return {
    id,
    name: posix.basename(uri.path),
    path: vscode.workspace.asRelativePath(uri),
    prompt,
    sentPrompt,
    revisedPrompt: saved.revisedPrompt,
    provider: record.connection.label,
    model: record.request.model,
    createdMs: Date.parse(createdAt),
    mediaType: saved.mediaType,
    size: saved.size,
    bytes: saved.bytes,
    asked: choices(saved.asked),
    used: choices(saved.used),
    differences: saved.differences,
    tokens: record.usage?.total,
    cost: record.cost,
    requestCount: record.images.length,
    isFree: record.connection.baseUrl === undefined,
    tookMs: tookMs(record),
    isMissing,
    siblings: siblings.map((one) => one.id),
    actions: buttonsOf(['insert', 'copyLink', 'open', 'reveal', 'rename', 'delete'], isMissing),
    furtherActions: buttonsOf(
      [
        'usePrompt',
        'useEverything',
        'generateAgain',
        'generateVariations',
        ...(siblings.length > 1 ? (['replaceInDocument', 'deleteOthers'] as const) : []),
      ],
      isMissing,
    ),
  };
}

/** Actions that read or move the file. */
const NEED_FILE: ReadonlySet<ImageAction> = new Set<ImageAction>(['insert', 'open', 'reveal', 'rename']);

function buttonsOf(actions: readonly ImageAction[], isMissing: boolean): ImageButton[] {
  return actions.map((action) => ({
    label: labelOf(action),
    action,
    icon: ACTION_ICONS[action],
    isDisabled: isMissing && NEED_FILE.has(action),
  }));
}

/** Until it was delivered; a job that was taken up again tells nothing. */
function tookMs({ history }: JobRecord): number | undefined {
  const at = (state: JobState): number | undefined => history.find((one) => one.state === state)?.atMs;
  const [from, to] = [at('submitting'), at('delivered')];
  return from === undefined || to === undefined ? undefined : to - from;
}
