/**
 * What was being done when a connection was never made. A code alone does not tell: a socket in use reports
 * `EHOSTUNREACH` too when a route is lost, and then the request may have been billed.
 */
const CONNECTING = new Set(['connect', 'getaddrinfo']);

/** Codes of a certificate that is not accepted: the other side was reached and nothing was sent. */
const UNTRUSTED =
  /^(ERR_TLS_CERT_|ERR_SSL_(?:WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL|PACKET_LENGTH_TOO_LONG|SSLV3_ALERT_HANDSHAKE_FAILURE)|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/;

/** A proxy answered instead of making the connection; undici tells its status only in words. */
const PROXY_STATUS = /^Proxy response \((\d+)\)/;

/** How an exchange failed below HTTP. */
export type Failure = 'neverConnected' | 'untrusted' | 'proxyRefused' | 'broken';

/** Tells what a thrown network error means for the request that it ended. */
export function classifyFailure(error: unknown): Failure {
  const { code, syscall, message } = networkError(error);
  if (UNTRUSTED.test(code)) return 'untrusted';
  if (PROXY_STATUS.test(message)) return 'proxyRefused';
  if (CONNECTING.has(syscall) || code === 'UND_ERR_CONNECT_TIMEOUT') return 'neverConnected';
  return 'broken';
}

/** What names a network error: its code, the status of a proxy, or its message. */
export function failureCode(error: unknown): string {
  const { code, message } = networkError(error);
  const proxyStatus = PROXY_STATUS.exec(message)?.[1];
  return proxyStatus ? `status ${proxyStatus}` : code || message;
}

/** Looks through wrappers: several addresses tried at once come as one AggregateError. */
function networkError(error: unknown): { code: string; syscall: string; message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return networkError(error.errors[0]);
  if (!(error instanceof Error)) return { code: '', syscall: '', message: String(error) };
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (!code && error.cause) return networkError(error.cause);
  return { code: code ?? '', syscall: syscall ?? '', message: error.message };
}
