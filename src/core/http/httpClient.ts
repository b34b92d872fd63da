import { t } from '@vscode/l10n';
import type { Dispatcher } from 'undici';
import { PictorError } from '../errors';
import { checkHost, guardedLookup, type AddressGuard } from './addressGuard';
import { decodeContent } from './contentEncoding';

/** How this machine reaches the network; VS Code's `http.*` settings. */
export interface NetworkSettings {
  /** Address of the proxy; absent means the usual environment variables. */
  readonly proxyUrl?: string;
  /** Hosts to reach without the proxy; absent means the environment's NO_PROXY. */
  readonly noProxy?: readonly string[];
  /** False: no proxy at all, whatever the environment says. */
  readonly useProxy: boolean;
  /** How we are called; some hosts answer nobody who has no name. `Pictor` by default. */
  readonly userAgent?: string;
  /** False: certificates seen through a proxy are not checked. Direct connections always are. */
  readonly strictTls: boolean;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /**
   * Where the address comes from outside: what it may lead to. Behind a proxy, only the proxy knows what a name leads
   * to.
   */
  readonly guard?: AddressGuard;
}

/** The head of an answer. */
export interface HttpHead {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
}

/** An answer whose body is still arriving. */
export interface HttpResponse extends HttpHead {
  /** The content itself, whatever it was compressed with. It fails where the connection does. */
  readonly body: AsyncIterable<Buffer>;
}

/** This machine, which no proxy can reach in our place. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

const CONNECT_TIMEOUT_MS = 20_000;

/** The one place that opens sockets. It follows no redirect and repeats nothing. */
export class HttpClient {
  constructor(
    private readonly network: NetworkSettings,
    private readonly env: Readonly<Record<string, string | undefined>>,
  ) {}

  /**
   * One request, and what `read` makes of its answer, whatever its status. The connection is closed when `read` is
   * done; aborting the signal closes it at once.
   * @throws the signal's reason; undici's own errors, see `classifyFailure`; what `read` throws
   */
  async exchange<T>(request: HttpRequest, read: (response: HttpResponse) => Promise<T>): Promise<T> {
    const undici = await import('./undici.js');
    // A connection of its own for every request: on one that a server has just closed, a submit could be lost.
    if (request.guard) await checkHost(request.url, request.guard);
    const dispatcher = this.createDispatcher(undici, request.guard);
    try {
      const { method, url, body, signal } = request;
      const isNamed = Object.keys(request.headers).some((name) => name.toLowerCase() === 'user-agent');
      const ownName = isNamed ? {} : { 'user-agent': this.network.userAgent ?? 'Pictor' };
      const headers = { ...ownName, ...request.headers };
      const response = await undici.request(url, { method, headers, body, signal, dispatcher });
      const header = (name: string): string | undefined => {
        const value = response.headers[name.toLowerCase()];
        return Array.isArray(value) ? value[0] : value;
      };
      return await read({
        status: response.statusCode,
        header,
        body: decodeContent(response.body, header('content-encoding')),
      });
    } finally {
      await dispatcher.destroy();
    }
  }

  /** An image can take minutes: no limit on the wait for headers or body but the caller's signal. */
  private createDispatcher(undici: typeof import('./undici.js'), guard: AddressGuard | undefined): Dispatcher {
    const direct = {
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: CONNECT_TIMEOUT_MS, ...(guard && { lookup: guardedLookup(guard) }) },
      factory: (origin: URL | string, options: object) => oneTryPool(undici, origin, options),
    };
    if (!this.network.useProxy) return new undici.Agent(direct);
    const tls = this.network.strictTls ? {} : { rejectUnauthorized: false };
    const { proxyUrl } = this.network;
    const noProxy = this.network.noProxy?.join(',') || (this.env.no_proxy ?? this.env.NO_PROXY ?? '');
    try {
      return new undici.EnvHttpProxyAgent({
        ...direct,
        httpProxy: withScheme(proxyUrl ?? this.env.http_proxy ?? this.env.HTTP_PROXY),
        httpsProxy: withScheme(proxyUrl ?? this.env.https_proxy ?? this.env.HTTPS_PROXY),
        noProxy: noProxy === '*' ? '*' : [...LOOPBACK, noProxy].join(','),
        requestTls: { ...tls, timeout: CONNECT_TIMEOUT_MS },
        proxyTls: { ...tls, timeout: CONNECT_TIMEOUT_MS },
      });
    } catch (cause) {
      const source = proxyUrl ? t('The setting http.proxy') : t('HTTP_PROXY or HTTPS_PROXY of the environment');
      throw new PictorError(
        'invalidSetting',
        t('{source} is not the address of a proxy, such as http://proxy.example:8080. Nothing was sent.', { source }),
        {
          cause,
          setting: 'http.proxy',
        },
      );
    }
  }
}

/** People write `proxy.example:8080`, and other programs take it. An empty address means none. */
function withScheme(address: string | undefined): string {
  if (!address) return '';
  return /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `http://${address}`;
}

/**
 * A pool that fails when a connection fails. Undici itself would try again at once and without end where a proxy closes
 * the connection before it is made.
 */
function oneTryPool(undici: typeof import('./undici.js'), origin: URL | string, options: object): Dispatcher {
  const pool = new undici.Pool(origin, options);
  pool.on('connectionError', (_origin, targets, error) => {
    const failure = Object.assign(new Error(error.message, { cause: error }), { code: error.code, syscall: 'connect' });
    // The pool has let go of the connection, which would go on by itself: both are among the targets.
    for (const target of targets) void target.destroy(failure);
  });
  return pool;
}
