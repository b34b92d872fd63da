import { t } from '@vscode/l10n';
import { discardUnused } from '../answers/discardUnused';
import { parseAnswer } from '../answers/parseAnswer';
import { asImages, readAnswer, type ReadAnswer } from '../answers/readAnswer';
import type { Provider } from '../catalog/providers';
import { delay } from '../delay';
import { PictorError } from '../errors';
import { networkError } from '../http/networkErrors';
import { retryAfterMs } from '../http/retryAfter';
import { sameOrigin } from '../http/sameOrigin';
import { submit } from '../http/submit';
import { redact } from '../redact';
import { imageCount, type ImageRequest } from '../request/composeRequest';
import { askAboutTask } from './askAboutTask';
import { findTask } from './findTask';
import { isErrorBody, pageTitle } from '../answers/errorFacts';
import { errorFromAnswer, isOutOfCredit } from './errors/errorFromAnswer';
import type { ImageAnswer } from '../answers/answer';
import type { ImagesApi } from './provider';
import { encodeRequest } from '../request/encodeRequest';
import { authorization, type ProviderAccess } from './providerAccess';
import { imagesAt, textAt } from './taskDialect';

/** The dialect that OpenAI began and the other services share; what differs between them is in the catalog. */
export function openAiCompatible(provider: Provider, access: ProviderAccess): ImagesApi {
  const { http, baseUrl, apiKey, timeoutMs, maxImageBytes, staging } = access;
  const secrets = apiKey ? [apiKey] : [];
  return {
    async submit(request, { signal, onWait, onPreview }) {
      const count = imageCount(request);
      const encoded = encodeRequest(request, provider);
      const url = sameOrigin(encoded.path, baseUrl);
      if (!url)
        throw new PictorError(
          'invalidSetting',
          t('The path in pictor.customProviders leads elsewhere, and your key would go there too. Nothing was sent.'),
          { setting: 'pictor.customProviders' },
        );
      const headers = { ...encoded.headers, ...authorization(provider, apiKey) };
      try {
        const answer = await submit({
          asked: provider,
          send: (sendSignal) =>
            http.exchange({ method: 'POST', url, headers, body: encoded.body(), signal: sendSignal }, (response) =>
              readAnswer(response, { staging, maxImageBytes, count, onPreview }),
            ),
          isFinal: isOutOfCredit,
          onWait,
          signal,
          timeoutMs,
          delay,
          now: Date.now,
        });
        const understood = understand(provider, answer, count, (error) =>
          signal.aborted ? signal.reason : networkError(provider, error, timeoutMs),
        );
        await discardUnused(answer.staged, understood.state === 'images' ? understood.images : [], staging);
        return understood;
      } catch (error) {
        throw withoutSecrets(error, secrets);
      }
    },

    ...(provider.offersTasks && {
      find: (request: ImageRequest, signal: AbortSignal) => findTask(provider, access, request, signal),
    }),

    async poll(task, signal) {
      try {
        return await askAboutTask(provider, access, task, signal);
      } catch (error) {
        throw withoutSecrets(error, secrets);
      }
    },
  };
}

/** What an answer to a request means. @throws PictorError where there is no image in it and no task */
function understand(
  provider: Provider,
  answer: ReadAnswer,
  count: number,
  explain: (error: unknown) => unknown,
): ImageAnswer {
  const { label, profile, addressSetting = 'pictor.baseUrl' } = provider;
  const { status, body, text, find, images = [], events, cutShortBy } = answer;
  const requestId = answer.header('x-request-id') ?? textAt(body, '/trace_id');
  const wait = status === 429 ? retryAfterMs(answer, body, Date.now()) : undefined;
  const refusal = (): PictorError => errorFromAnswer(provider, { status, body, requestId, text, retryAfterMs: wait });
  const early = (): PictorError => (events?.error ? refusal() : endedEarly(label, images.length, count, requestId));
  if (status >= 300) throw refusal();
  if (images.length > 0) {
    const isShort = events !== undefined && images.length < count;
    const failure = isShort ? early() : undefined;
    return {
      state: 'images',
      images,
      requestId,
      usage: events?.usage,
      failure: cutShortBy ? explain(cutShortBy) : failure,
    };
  }
  if (events) throw early().with({ answer: text });
  const parsed = parseAnswer(imagesAt(body, profile?.images), { requestId, find });
  const hasFailed = isErrorBody(body);
  if (parsed?.state === 'images') return parsed;
  if (hasFailed) throw refusal();
  const taskId = profile?.task && textAt(body, profile.task.id);
  if (taskId) return { state: 'task', taskId, requestId };
  if (parsed) return parsed;
  // A shape that nobody foresaw: what looks like an image and was paid for is looked at.
  if (answer.staged.length > 0) return { state: 'images', images: asImages(answer.staged), requestId };
  const page = typeof body === 'string' ? pageTitle(body) : undefined;
  throw page
    ? new PictorError(
        'wrongAddress',
        t(
          '{label} answered with {page}, and not with a picture. Check {addressSetting}, and whether the network asks for a login.',
          { label, page, addressSetting },
        ),
        { status, requestId, answer: text, setting: addressSetting },
      )
    : new PictorError(
        'badAnswer',
        t(
          '{label} answered without a picture. It may have been billed: look at your usage there before you try again.',
          { label },
        ),
        { status, requestId, answer: text },
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

/** Services like to repeat the key that they refuse. */
function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof PictorError)) return error;
  const message = redact(error.message, secrets);
  return message === error.message ? error : error.withMessage(message);
}
