import { PictorError, type ErrorKind } from '../errors';
import { classifyFailure, failureCode, type Failure } from './failure';

/** What a failure below HTTP means for a person. Of the conditions that a row has, all must hold; the first row that fits counts. */
export interface NetworkErrorRow {
  readonly failure: Failure;
  readonly codes?: readonly string[];
  readonly kind: ErrorKind;
  /** Holds the name of the service as LABEL. */
  readonly sentence: string;
  readonly setting?: string;
  readonly retryable?: true;
}

const NOTHING_SENT = 'Nothing was sent.';

export const NETWORK_ERROR_ROWS: readonly NetworkErrorRow[] = [
  { failure: 'neverConnected', codes: ['ENOTFOUND'], kind: 'unreachable', sentence: `The name of LABEL’s server is not known. ${NOTHING_SENT} Check pictor.baseUrl and your connection.`, setting: 'pictor.baseUrl', retryable: true },
  { failure: 'neverConnected', codes: ['EAI_AGAIN'], kind: 'unreachable', sentence: `The name of LABEL’s server cannot be looked up now. ${NOTHING_SENT} Check your connection.`, retryable: true },
  { failure: 'neverConnected', codes: ['ECONNREFUSED'], kind: 'unreachable', sentence: `Nothing answers at LABEL’s address. ${NOTHING_SENT} Is the server running? Check pictor.baseUrl.`, setting: 'pictor.baseUrl', retryable: true },
  { failure: 'neverConnected', kind: 'unreachable', sentence: `LABEL cannot be reached. ${NOTHING_SENT} Check your connection, the proxy and pictor.baseUrl.`, setting: 'pictor.baseUrl', retryable: true },
  { failure: 'untrusted', codes: ['CERT_HAS_EXPIRED'], kind: 'untrusted', sentence: `The certificate of LABEL has expired. ${NOTHING_SENT} Its operator must renew it; check this machine’s clock too.` },
  { failure: 'untrusted', codes: ['ERR_TLS_CERT_ALTNAME_INVALID'], kind: 'untrusted', sentence: `The certificate of LABEL is for another name. ${NOTHING_SENT} Check pictor.baseUrl.`, setting: 'pictor.baseUrl' },
  { failure: 'untrusted', codes: ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'], kind: 'untrusted', sentence: `LABEL does not speak https: at this address. ${NOTHING_SENT} Check pictor.baseUrl.`, setting: 'pictor.baseUrl' },
  { failure: 'untrusted', kind: 'untrusted', sentence: `The certificate of LABEL is not trusted. ${NOTHING_SENT} Behind a company’s proxy, ask its administrator for the certificate.`, setting: 'pictor.baseUrl' },
  { failure: 'proxyRefused', codes: ['status 407'], kind: 'proxyRefused', sentence: `The proxy asks for a password. ${NOTHING_SENT} Put it into http.proxy, as in http://name:password@proxy.example:8080.`, setting: 'http.proxy' },
  { failure: 'proxyRefused', kind: 'proxyRefused', sentence: `The proxy does not let the request to LABEL through. ${NOTHING_SENT} Check http.proxy.`, setting: 'http.proxy' },
  { failure: 'broken', kind: 'interrupted', sentence: 'The connection to LABEL broke. The picture may have been made and billed: look at your usage there before you try again.', retryable: true },
];

/** The error that a failed exchange means. @param timeoutMs the deadline of the exchange */
export function networkError(label: string, error: unknown, timeoutMs: number): PictorError {
  if (error instanceof PictorError) return error;
  if (isTimeout(error)) {
    return new PictorError(
      'timeout',
      `${label} did not answer within ${timeoutMs / 1000} s. The picture may have been made and billed: look at your usage there before you try again, or raise pictor.timeoutSeconds.`,
      { cause: error, retryable: true, setting: 'pictor.timeoutSeconds' },
    );
  }
  const failure = classifyFailure(error);
  const code = failureCode(error);
  const row = NETWORK_ERROR_ROWS.find((candidate) => candidate.failure === failure && (candidate.codes?.includes(code) ?? true));
  if (!row) throw new Error(`No row for ${failure}`);
  const sentence = row.sentence.replaceAll('LABEL', label);
  return new PictorError(row.kind, sentence.replace('.', ` (${code}).`), { cause: error, retryable: row.retryable, setting: row.setting });
}

/** Whether an exchange was ended by `AbortSignal.timeout`. */
function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}
