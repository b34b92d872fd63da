import type { Recipe } from '../recipe/recipe';
import { promptOf, type JobRecord, type SavedPicture } from './jobRecord';

/** What of a job and a picture is its recipe. */
export function recipeOf(
  record: Pick<JobRecord, 'prompt' | 'style' | 'request' | 'service' | 'createdMs'>,
  { revisedPrompt, size }: Pick<SavedPicture, 'revisedPrompt' | 'size'>,
): Recipe {
  const { request, service, style, createdMs } = record;
  const prompt = promptOf(record);
  return {
    pictor: 1,
    prompt,
    style,
    sentPrompt: prompt === request.prompt ? undefined : request.prompt,
    revisedPrompt,
    provider: service.provider,
    service: service.label,
    model: request.model,
    // Who asked is nobody else's business.
    values: Object.fromEntries(Object.entries(request.fields).filter(([name]) => name !== 'user')),
    size,
    createdAt: new Date(createdMs).toISOString(),
  };
}
