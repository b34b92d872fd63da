import { t } from '@vscode/l10n';
import { PictorError, type ErrorKind } from '../errors';
import { isTimeout } from './deadline';
import { classifyFailure, failureCode, type Failure } from './failure';
import type { HttpHead } from './httpClient';

/**
 * What a failure below HTTP means for a person. Of the conditions that a row has, all must hold; the first row that
 * fits counts.
 */
export interface NetworkErrorRow {
  readonly failure: Failure;
  readonly codes?: readonly string[];
  readonly kind: ErrorKind;
  /** With LABEL for the service, CODE for the failure and ADDRESS for the setting that holds the service's address. */
  readonly sentence: string;
  /** Added where an image was asked for, and not where the question was free. */
  readonly billed?: string;
  /** The setting to open; `ADDRESS` for that of the address. */
  readonly setting?: string;
}

/** Enough of an origin to know it by. */
const MAX_ORIGIN_CHARACTERS = 100;

/** Who was asked, and for what. */
export interface Asked {
  /** The service's name in sentences. */
  readonly label: string;
  /** The setting that holds its address. */
  readonly addressSetting?: string;
  /** Whether the question costs nothing, whatever becomes of it. */
  readonly isFree?: boolean;
}

export const NETWORK_ERROR_ROWS: readonly NetworkErrorRow[] = [
  {
    failure: 'neverConnected',
    codes: ['ENOTFOUND'],
    kind: 'unreachable',
    sentence: t('The name of LABEL’s server is not known (CODE). Nothing was sent. Check ADDRESS and your connection.'),
    setting: 'ADDRESS',
  },
  {
    failure: 'neverConnected',
    codes: ['EAI_AGAIN'],
    kind: 'unreachable',
    sentence: t('The name of LABEL’s server cannot be looked up now (CODE). Nothing was sent. Check your connection.'),
  },
  {
    failure: 'neverConnected',
    codes: ['ECONNREFUSED'],
    kind: 'unreachable',
    sentence: t('Nothing answers at LABEL’s address (CODE). Nothing was sent. Is the server running? Check ADDRESS.'),
    setting: 'ADDRESS',
  },
  {
    failure: 'neverConnected',
    kind: 'unreachable',
    sentence: t('LABEL cannot be reached (CODE). Nothing was sent. Check your connection, the proxy and ADDRESS.'),
    setting: 'ADDRESS',
  },
  {
    failure: 'untrusted',
    codes: ['CERT_HAS_EXPIRED'],
    kind: 'untrusted',
    sentence: t(
      'The certificate of LABEL has expired (CODE). Nothing was sent. Its operator must renew it; check this machine’s clock too.',
    ),
  },
  {
    failure: 'untrusted',
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID'],
    kind: 'untrusted',
    sentence: t('The certificate of LABEL is for another name (CODE). Nothing was sent. Check ADDRESS.'),
    setting: 'ADDRESS',
  },
  {
    failure: 'untrusted',
    codes: ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'],
    kind: 'untrusted',
    sentence: t('LABEL does not speak https: at this address (CODE). Nothing was sent. Check ADDRESS.'),
    setting: 'ADDRESS',
  },
  {
    failure: 'untrusted',
    kind: 'untrusted',
    sentence: t(
      'The certificate of LABEL is not trusted (CODE). Nothing was sent. Behind a company’s proxy, ask its administrator for the certificate.',
    ),
    setting: 'ADDRESS',
  },
  {
    failure: 'proxyRefused',
    codes: ['status 407'],
    kind: 'proxyRefused',
    sentence: t(
      'The proxy asks for a password (CODE). Nothing was sent. Put it into http.proxy, as in http://name:password@proxy.example:8080.',
    ),
    setting: 'http.proxy',
  },
  {
    failure: 'proxyRefused',
    kind: 'proxyRefused',
    sentence: t('The proxy does not let the request to LABEL through (CODE). Nothing was sent. Check http.proxy.'),
    setting: 'http.proxy',
  },
  {
    failure: 'broken',
    kind: 'interrupted',
    sentence: t('The connection to LABEL broke (CODE).'),
    billed: t('The picture may have been made and billed: look at your usage there before you try again.'),
  },
];

/** The error that a failed exchange means. @param timeoutMs the deadline of the exchange */
export function networkError(asked: Asked, error: unknown, timeoutMs: number): PictorError {
  if (error instanceof PictorError) return error;
  if (isTimeout(error)) return timeoutError(asked, error, timeoutMs);
  const { label, addressSetting = 'pictor.baseUrl', isFree } = asked;
  const failure = classifyFailure(error);
  const code = failureCode(error);
  const row = NETWORK_ERROR_ROWS.find(
    (candidate) => candidate.failure === failure && (candidate.codes?.includes(code) ?? true),
  );
  if (!row) throw new Error(`No row for ${failure}`);
  const words: Readonly<Record<string, string>> = { LABEL: label, CODE: code, ADDRESS: addressSetting };
  const sentence = row.sentence.replace(/LABEL|CODE|ADDRESS/g, (word) => words[word] ?? word);
  return new PictorError(row.kind, row.billed && !isFree ? `${sentence} ${row.billed}` : sentence, {
    cause: error,
    setting: row.setting === 'ADDRESS' ? addressSetting : row.setting,
  });
}

function timeoutError({ label, isFree }: Asked, cause: unknown, timeoutMs: number): PictorError {
  const sentence = t('{label} did not answer within {seconds} s.', { label, seconds: timeoutMs / 1000 });
  if (isFree) return new PictorError('timeout', sentence, { cause });
  return new PictorError(
    'timeout',
    `${sentence} ${t('The picture may have been made and billed: look at your usage there before you try again, or raise pictor.timeoutSeconds.')}`,
    { cause, setting: 'pictor.timeoutSeconds' },
  );
}

/** The error of an answer that sends a request with a key elsewhere. */
export function redirectError(
  { label, addressSetting = 'pictor.baseUrl' }: Asked,
  { status, header }: HttpHead,
): PictorError {
  const location = header('location') ?? '';
  const target = URL.canParse(location)
    ? new URL(location).origin.slice(0, MAX_ORIGIN_CHARACTERS)
    : t('another address');
  return new PictorError(
    'redirected',
    t(
      '{label} sends the request on to {target}. It was not followed, since your key would go there too. Correct {addressSetting}.',
      { label, target, addressSetting },
    ),
    {
      status,
      setting: addressSetting,
    },
  );
}
