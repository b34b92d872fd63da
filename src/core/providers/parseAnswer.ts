import * as v from 'valibot';
import { PictorError } from '../errors';
import type { AnsweredImage, ImageAnswer } from './provider';

/** Services leave fields out, send null, or put other things into them: what is not a text counts as absent. */
const textOrNothing = v.fallback(v.optional(v.string()), undefined);

const ITEM = v.looseObject({ url: textOrNothing, b64_json: textOrNothing, revised_prompt: textOrNothing, task_id: textOrNothing });

/** One odd item must not cost the others, which are paid for. */
const ANSWER = v.looseObject({
  data: v.fallback(v.array(v.fallback(ITEM, {})), []),
  task_id: textOrNothing,
  id: textOrNothing,
  poll_url: textOrNothing,
});

/**
 * Reads the answer to a request. A task id alone does not make a task: missing pictures do.
 * @throws PictorError `badAnswer` when there is neither a picture nor a task
 */
export function parseAnswer(body: unknown, requestId?: string): ImageAnswer {
  const parsed = v.safeParse(ANSWER, body);
  if (!parsed.success) {
    throw new PictorError('badAnswer', 'The service answered with something that is not a list of pictures.', {
      requestId,
      cause: new Error(v.summarize(parsed.issues)),
    });
  }
  const { data, task_id, id, poll_url } = parsed.output;
  const images = data.flatMap((item): AnsweredImage[] => {
    const revisedPrompt = item.revised_prompt || undefined;
    if (item.b64_json) return [{ source: { kind: 'bytes', bytes: decodeBase64(item.b64_json) }, revisedPrompt }];
    if (item.url) return [{ source: { kind: 'url', url: item.url }, revisedPrompt }];
    return [];
  });
  if (images.length > 0) return { state: 'images', images, requestId };
  const taskId = task_id || id || data[0]?.task_id;
  if (taskId) return { state: 'task', taskId, pollUrl: poll_url || undefined, requestId };
  throw new PictorError('badAnswer', 'The service answered without a picture.', { requestId });
}

function decodeBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
