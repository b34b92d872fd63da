import * as v from 'valibot';
import type { HttpHead } from './httpClient';

const BODY_HINT = v.looseObject({
  retry_after: v.nullish(v.number()),
  error: v.nullish(v.looseObject({ retry_after: v.nullish(v.number()) })),
});

/**
 * The wait that an answer asks for, in milliseconds: the `Retry-After` header (seconds or a date), else `retry_after`
 * of the body (seconds). Undefined where it asks for none.
 */
export function retryAfterMs(answer: Pick<HttpHead, 'header'>, body: unknown, nowMs: number): number | undefined {
  const header = answer.header('retry-after')?.trim();
  if (header) {
    if (/^\d+(\.\d+)?$/.test(header)) return Number(header) * 1000;
    const at = Date.parse(header);
    if (!Number.isNaN(at)) return Math.max(0, at - nowMs);
  }
  const hint = v.safeParse(BODY_HINT, body);
  const seconds = hint.success ? (hint.output.retry_after ?? hint.output.error?.retry_after) : undefined;
  return seconds === undefined || seconds === null || seconds < 0 ? undefined : seconds * 1000;
}
