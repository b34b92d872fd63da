import { t } from '@vscode/l10n';
import { discardUnused } from '../answers/discardUnused';
import { readAnswer } from '../answers/readAnswer';
import { resolveAddresses } from '../answers/resolveAddresses';
import type { Provider } from '../catalog/providers';
import { delay } from '../delay';
import { PictorError } from '../errors';
import { networkError } from '../http/networkErrors';
import { sameOrigin } from '../http/sameOrigin';
import { submit } from '../http/submit';
import { redact } from '../redact';
import { imageCount, type ImageRequest } from '../request/composeRequest';
import { askAboutTask } from './askAboutTask';
import { findTask } from './findTask';
import { isOutOfCredit } from './errors/errorFromAnswer';
import type { ImagesApi } from './provider';
import { encodeRequest } from '../request/encodeRequest';
import { authorization, type ProviderAccess } from './providerAccess';
import { understandAnswer } from './understandAnswer';
import { withAlternatives } from './withAlternatives';

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
        const understood = understandAnswer(provider, answer, count, (error) =>
          signal.aborted ? signal.reason : networkError(provider, error, timeoutMs),
        );
        await discardUnused(answer.staged, understood.state === 'images' ? understood.images : [], staging);
        return understood.state === 'images'
          ? { ...understood, images: resolveAddresses(understood.images, baseUrl) }
          : understood;
      } catch (error) {
        throw withoutSecrets(withAlternatives(error, provider, request.model), secrets);
      }
    },

    ...(provider.tasks?.traces && {
      find: (request: ImageRequest, signal: AbortSignal) => findTask(provider, access, request, signal),
    }),

    async poll(task, signal) {
      try {
        const state = await askAboutTask(provider, access, task, signal);
        return state.state === 'images' ? { ...state, images: resolveAddresses(state.images, baseUrl) } : state;
      } catch (error) {
        throw withoutSecrets(error, secrets);
      }
    },
  };
}

/** Services like to repeat the key that they refuse. */
function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof PictorError)) return error;
  const message = redact(error.message, secrets);
  return message === error.message ? error : error.withMessage(message);
}
