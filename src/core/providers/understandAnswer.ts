import { t } from '@vscode/l10n';
import type { DeliveredImages, ImageAnswer } from '../answers/answer';
import { isErrorBody, isRefusal, pageTitle } from '../answers/errorFacts';
import { parseAnswer } from '../answers/parseAnswer';
import { asImages, type ReadAnswer } from '../answers/readAnswer';
import type { Provider } from '../catalog/providers';
import { PictorError } from '../errors';
import { retryAfterMs } from '../http/retryAfter';
import { errorFromAnswer, errorFromItem } from './errors/errorFromAnswer';
import { imagesAt, textAt } from './taskDialect';

/** HTTP: what was asked for is still to come. */
const ACCEPTED = 202;

/**
 * Meaning of an answer to a request.
 * @param explain makes an error of what has cut the answer short
 * @throws PictorError where there is no image in it and no task
 */
export function understandAnswer(
  provider: Provider,
  answer: ReadAnswer,
  count: number,
  explain: (error: unknown) => unknown,
): ImageAnswer {
  const { status, body, text, images = [], events, cutShortBy } = answer;
  const requestId = answer.header('x-request-id') ?? textAt(body, '/trace_id');
  const wait = status === 429 ? retryAfterMs(answer, body, Date.now()) : undefined;
  const refusal = (): PictorError => errorFromAnswer(provider, { status, body, requestId, text, retryAfterMs: wait });
  if (status >= 300) throw refusal();
  const early = (): PictorError =>
    events?.error ? refusal() : endedEarly(provider.label, images.length, count, requestId);
  if (images.length > 0) {
    const failures: unknown[] = [];
    if (cutShortBy) failures.push(explain(cutShortBy));
    else if (events && images.length < count) failures.push(early());
    return { state: 'images', images, requestId, usage: events?.usage, failures };
  }
  if (events) throw early().with({ answer: text });
  return understandBody(provider, answer, requestId, refusal);
}

function understandBody(
  provider: Provider,
  answer: ReadAnswer,
  requestId: string | undefined,
  refusal: () => PictorError,
): ImageAnswer {
  const { profile } = provider;
  const { body, find, staged } = answer;
  const isAccepted = answer.status === ACCEPTED;
  const location = isAccepted ? (answer.header('operation-location') ?? answer.header('location')) : undefined;
  const parsed = parseAnswer(imagesAt(body, profile?.images), { requestId, isAccepted, find, location });
  if (parsed?.state === 'images') return withFailures(provider, parsed);
  if (isErrorBody(body)) throw refusal();
  const taskId = profile?.task && textAt(body, profile.task.id);
  if (taskId) return { state: 'task', taskId, requestId };
  if (parsed) return parsed;
  // A shape that nobody foresaw: what looks like an image and was paid for is looked at.
  if (staged.length > 0) return { state: 'images', images: asImages(staged), requestId };
  throw isRefusal(body) ? refusal() : withoutImage(provider, answer, requestId);
}

/** Images of an answer, with the reason of each that did not come. */
export function withFailures(provider: Provider, delivered: DeliveredImages): DeliveredImages {
  const { refused, ...images } = delivered;
  return refused ? { ...images, failures: refused.map((item) => errorFromItem(provider, item)) } : images;
}

function withoutImage(
  { label, addressSetting = 'pictor.baseUrl' }: Provider,
  { status, body, text }: ReadAnswer,
  requestId: string | undefined,
): PictorError {
  const details = { status, requestId, answer: text };
  const page = typeof body === 'string' ? pageTitle(body) : undefined;
  if (page)
    return new PictorError(
      'wrongAddress',
      t(
        '{label} answered with {page}, and not with a picture. Check {addressSetting}, and whether the network asks for a login.',
        { label, page, addressSetting },
      ),
      { ...details, setting: addressSetting },
    );
  return new PictorError(
    'badAnswer',
    t('{label} answered without a picture. It may have been billed: look at your usage there before you try again.', {
      label,
    }),
    details,
  );
}

function endedEarly(label: string, came: number, count: number, requestId: string | undefined): PictorError {
  const what = came === 0 ? t('before there was a picture') : t('after {came} of {count} pictures', { came, count });
  return new PictorError(
    'interrupted',
    t(
      '{label} ended its answer {what}. More may have been made and billed: look at your usage there before you try again.',
      { label, what },
    ),
    { requestId },
  );
}
