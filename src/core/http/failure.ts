/** Codes of a connection that was never made: no byte of the request has left. */
const NEVER_CONNECTED = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Codes of TLS: the other side was reached and not trusted, so nothing was sent. */
const UNTRUSTED = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/;

/** How an exchange failed below HTTP. */
export type Failure = 'neverConnected' | 'untrusted' | 'proxyRefused' | 'broken';

/** Tells what a thrown network error means for the request that it ended. */
export function classifyFailure(error: unknown): Failure {
  const { code, syscall, message } = networkError(error);
  if (UNTRUSTED.test(code)) return 'untrusted';
  if (/^Proxy response \(\d+\)/.test(message)) return 'proxyRefused';
  if (NEVER_CONNECTED.has(code) || syscall === 'connect' || syscall === 'getaddrinfo') return 'neverConnected';
  return 'broken';
}

/** The code that names a network error, or its message. */
export function failureCode(error: unknown): string {
  const { code, message } = networkError(error);
  return code || message;
}

/** Looks through wrappers: several addresses tried at once come as one AggregateError. */
function networkError(error: unknown): { code: string; syscall: string; message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return networkError(error.errors[0]);
  if (!(error instanceof Error)) return { code: '', syscall: '', message: String(error) };
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (!code && error.cause) return networkError(error.cause);
  return { code: code ?? '', syscall: syscall ?? '', message: error.message };
}
