import * as v from 'valibot';
import type { Usage } from '../catalog/usage';
import { withoutGaps } from '../withoutGaps';

const count = v.fallback(v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))), undefined);
const details = v.fallback(v.optional(v.looseObject({ text_tokens: count, image_tokens: count })), undefined);

const BODY = v.looseObject({
  usage: v.fallback(
    v.optional(
      v.looseObject({
        total_tokens: count,
        input_tokens: count,
        output_tokens: count,
        /** As of a chat, which some relays keep for images. */
        prompt_tokens: count,
        completion_tokens: count,
        prompt_tokens_details: details,
        completion_tokens_details: details,
        input_tokens_details: v.fallback(
          v.optional(v.looseObject({ text_tokens: count, image_tokens: count, cached_tokens: count })),
          undefined,
        ),
        output_tokens_details: details,
        cost: count,
        cost_usd: count,
      }),
    ),
    undefined,
  ),
  svg_usage: v.fallback(v.optional(v.looseObject({ total_tokens: count })), undefined),
});

/** Usage that an answer tells; undefined where it tells nothing. */
export function parseUsage(body: unknown): Usage | undefined {
  const parsed = v.safeParse(BODY, body);
  if (!parsed.success) return undefined;
  const { usage, svg_usage: svg } = parsed.output;
  const inputDetails = usage?.input_tokens_details ?? usage?.prompt_tokens_details;
  const outputDetails = usage?.output_tokens_details ?? usage?.completion_tokens_details;
  const found: Usage = {
    total: usage?.total_tokens,
    input: usage?.input_tokens ?? usage?.prompt_tokens,
    output: usage?.output_tokens ?? usage?.completion_tokens,
    textInput: inputDetails?.text_tokens,
    imageInput: inputDetails?.image_tokens,
    cachedInput: usage?.input_tokens_details?.cached_tokens,
    textOutput: outputDetails?.text_tokens,
    imageOutput: outputDetails?.image_tokens,
    svgTokens: svg?.total_tokens,
    dollars: usage?.cost ?? usage?.cost_usd,
  };
  return Object.values(found).some((value) => value !== undefined) ? withoutGaps(found) : undefined;
}

/** Usage of two answers together; what only one of them tells counts alone. */
export function addUsage(a: Usage | undefined, b: Usage | undefined): Usage | undefined {
  if (!a || !b) return a ?? b;
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])] as (keyof Usage)[];
  return Object.fromEntries(names.map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));
}
