import type { Recipe } from '../recipe/recipe';
import { promptOf, type JobRecord, type SavedImage } from './jobRecord';

/** What of a job and an image is its recipe. */
export function recipeOf(
  record: Pick<JobRecord, 'prompt' | 'style' | 'request' | 'connection' | 'createdMs'>,
  { revisedPrompt, size }: Pick<SavedImage, 'revisedPrompt' | 'size'>,
): Recipe {
  const { request, connection, style, createdMs } = record;
  const prompt = promptOf(record);
  return {
    pictor: 1,
    prompt,
    style,
    sentPrompt: prompt === request.prompt ? undefined : request.prompt,
    revisedPrompt,
    provider: connection.provider,
    service: connection.label,
    model: request.model,
    // Who asked is nobody else's business.
    values: Object.fromEntries(Object.entries(request.fields).filter(([name]) => name !== 'user')),
    size,
    createdAt: new Date(createdMs).toISOString(),
  };
}
