import * as v from 'valibot';
import type { AnsweredImage, ImageAnswer, ImageSource } from './provider';

/** Services leave fields out, send null, or put other things into them: what is not a text counts as absent. */
const textOrNothing = v.fallback(v.optional(v.string()), undefined);

const NO_ITEM = { url: undefined, b64_json: undefined, revised_prompt: undefined, task_id: undefined };

/** A gateway may list bare texts where others have objects: addresses, or base64. */
const ITEM = v.union([
  v.looseObject({ url: textOrNothing, b64_json: textOrNothing, revised_prompt: textOrNothing, task_id: textOrNothing }),
  v.pipe(
    v.string(),
    v.transform((text) => ({ ...NO_ITEM, [/^(https?|data):/i.test(text) ? 'url' : 'b64_json']: text })),
  ),
]);

/** One odd item must not cost the others, which are paid for. */
const ANSWER = v.looseObject({
  data: v.fallback(v.array(v.fallback(ITEM, NO_ITEM)), []),
  task_id: textOrNothing,
  id: textOrNothing,
  poll_url: textOrNothing,
});

/**
 * Reads the answer to a request. A task id alone does not make a task: missing pictures do.
 * @returns undefined when there is neither a picture nor a task
 */
export function parseAnswer(body: unknown, requestId?: string): ImageAnswer | undefined {
  const parsed = v.safeParse(ANSWER, body);
  if (!parsed.success) return undefined;
  const { data, task_id, id, poll_url } = parsed.output;
  const images = data.flatMap((item): AnsweredImage[] => {
    // Where there are both, the picture itself wins: an address can fail.
    const text = item.b64_json || item.url;
    if (!text) return [];
    const isAddress = !item.b64_json && !DATA_URL.test(text);
    const source: ImageSource = isAddress ? { kind: 'url', url: text } : { kind: 'bytes', bytes: decodeBase64(text) };
    return [{ source, revisedPrompt: item.revised_prompt || undefined }];
  });
  if (images.length > 0) return { state: 'images', images, requestId };
  const taskId = task_id || id || data[0]?.task_id;
  return taskId ? { state: 'task', taskId, pollUrl: poll_url || undefined, requestId } : undefined;
}

const DATA_URL = /^data:[^,]*;base64,/i;

function decodeBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replace(DATA_URL, ''), 'base64'));
}
