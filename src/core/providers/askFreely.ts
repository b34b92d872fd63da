import { t } from '@vscode/l10n';
import type { Provider } from '../catalog/providers';
import { PictorError } from '../errors';
import { withDeadline } from '../http/deadline';
import type { HttpClient, HttpRequest } from '../http/httpClient';
import { networkError, redirectError } from '../http/networkErrors';
import { parseJson, readText } from '../http/readText';
import { isErrorBody, pageTitle } from '../answers/errorFacts';
import { errorFromAnswer } from './errors/errorFromAnswer';

const TIMEOUT_MS = 30_000;
/** Aggregators list thousands of models with long descriptions. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Asks a service what costs nothing.
 * @param accepted statuses that are answers too, although they are errors
 * @throws PictorError for everything but an answer of the service itself
 */
export async function askFreely(
  provider: Provider,
  http: HttpClient,
  question: Omit<HttpRequest, 'signal'>,
  signal: AbortSignal,
  accepted: readonly number[] = [],
): Promise<{ status: number; body: unknown }> {
  const asked = { ...provider, isFree: true };
  try {
    const { head, text } = await withDeadline(signal, TIMEOUT_MS, (limited) =>
      http.exchange({ ...question, signal: limited }, async (response) => ({
        head: response,
        text: await readText(response.body, MAX_BYTES),
      })),
    );
    const { status, header } = head;
    const body = parseJson(text);
    if (accepted.includes(status)) return { status, body };
    if (status >= 300 && status < 400) throw redirectError(asked, head);
    if (status >= 400 || isErrorBody(body))
      throw errorFromAnswer(provider, { status, body, requestId: header('x-request-id'), text, isFree: true });
    const page = typeof body === 'string' ? pageTitle(body) : undefined;
    if (!page) return { status, body };
    const { label, addressSetting = 'pictor.baseUrl' } = provider;
    throw new PictorError(
      'wrongAddress',
      t('{label} answered with {page}. Check {addressSetting}, and whether the network asks for a login.', {
        label,
        page,
        addressSetting,
      }),
      { status, answer: text, setting: addressSetting },
    );
  } catch (error) {
    signal.throwIfAborted();
    throw networkError(asked, error, TIMEOUT_MS);
  }
}
