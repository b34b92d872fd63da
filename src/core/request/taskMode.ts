import type { FieldValues } from '../catalog/fields';
import type { Model } from '../catalog/model';
import type { Provider } from '../catalog/providers';
import { parseSize } from '../catalog/sizes';

export const TASK_MODES = ['auto', 'always', 'never'] as const;

/** When a service that offers both is asked for a task instead of the images. */
export type TaskMode = (typeof TASK_MODES)[number];

interface Wishes {
  readonly fields: FieldValues;
  readonly taskMode?: TaskMode;
  readonly callbackUrl?: string;
  readonly traceId?: string;
}

/** By their names in the request. */
export interface TaskFields {
  readonly callback_url?: string;
  readonly async?: true;
  readonly trace_id?: string;
}

/** The fields that ask for a task, or none. `auto` asks for one where an image takes minutes and is not streamed. */
export function taskFields({ tasks }: Provider, model: Model | undefined, wishes: Wishes): TaskFields {
  const { fields, taskMode = 'never', callbackUrl, traceId } = wishes;
  if (!tasks || taskMode === 'never') return {};
  // Only of tasks does the service keep what it can be asked about.
  const trace = traceId === undefined || !tasks.traces ? {} : { trace_id: traceId };
  if (callbackUrl && tasks.callbacks) return { callback_url: callbackUrl, ...trace };
  const wanted = taskMode === 'always' || (isSlow(model, fields) && fields.partialImages === undefined);
  return wanted ? { async: true, ...trace } : {};
}

function isSlow(model: Model | undefined, { size }: FieldValues): boolean {
  const pixels = parseSize(String(size ?? ''));
  return (
    model?.slowAbovePixels !== undefined && pixels !== undefined && pixels.width * pixels.height > model.slowAbovePixels
  );
}
