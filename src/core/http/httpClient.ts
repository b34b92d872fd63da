import type { Dispatcher } from 'undici';
import { PictorError } from '../errors';

/** How this machine reaches the network; VS Code's `http.*` settings. */
export interface NetworkSettings {
  /** Address of the proxy; absent means the usual environment variables. */
  readonly proxyUrl?: string;
  /** Hosts to reach without the proxy; absent means the environment's NO_PROXY. */
  readonly noProxy?: readonly string[];
  /** False: no proxy at all, whatever the environment says. */
  readonly useProxy: boolean;
  /** False: certificates seen through a proxy are not checked. Direct connections always are. */
  readonly strictTls: boolean;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Largest body that is read; a larger one closes the connection. */
  readonly maxBytes: number;
}

export interface HttpAnswer {
  readonly status: number;
  header(name: string): string | undefined;
  readonly body: Buffer;
}

/** This machine, which no proxy can reach in our place. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

const CONNECT_TIMEOUT_MS = 20_000;

/** The one place that opens sockets. It follows no redirect and repeats nothing. */
export class HttpClient {
  #dispatcher: Promise<Dispatcher> | undefined;

  constructor(
    private readonly network: NetworkSettings,
    private readonly env: Readonly<Record<string, string | undefined>>,
  ) {}

  /**
   * One request, one answer, whatever its status. Aborting the signal closes the socket.
   * @throws PictorError `tooLarge`; the signal's reason; undici's own errors, see `classifyFailure`
   */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    const undici = await import('./undici.js');
    this.#dispatcher ??= Promise.resolve(this.createDispatcher(undici));
    const response = await undici.request(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      signal: request.signal,
      dispatcher: await this.#dispatcher,
    });
    return {
      status: response.statusCode,
      header: (name) => {
        const value = response.headers[name.toLowerCase()];
        return Array.isArray(value) ? value[0] : value;
      },
      body: await readBody(response.body, request.maxBytes),
    };
  }

  /** Closes what is open. */
  async close(): Promise<void> {
    const dispatcher = await this.#dispatcher;
    this.#dispatcher = undefined;
    await dispatcher?.destroy();
  }

  /** A picture can take minutes: no limit on the wait for headers or body but the caller's signal. */
  private createDispatcher(undici: typeof import('./undici.js')): Dispatcher {
    const direct = {
      headersTimeout: 0,
      bodyTimeout: 0,
      // A connection of its own for every request: one that a server has just closed could lose a submit.
      pipelining: 0,
      connect: { timeout: CONNECT_TIMEOUT_MS },
    };
    if (!this.network.useProxy) return new undici.Agent(direct);
    const tls = this.network.strictTls ? {} : { rejectUnauthorized: false };
    const noProxy = this.network.noProxy?.join(',') || (this.env.no_proxy ?? this.env.NO_PROXY ?? '');
    return new undici.EnvHttpProxyAgent({
      ...direct,
      httpProxy: this.network.proxyUrl,
      httpsProxy: this.network.proxyUrl,
      noProxy: noProxy === '*' ? '*' : [...LOOPBACK, noProxy].join(','),
      requestTls: { ...tls, timeout: CONNECT_TIMEOUT_MS },
      proxyTls: { ...tls, timeout: CONNECT_TIMEOUT_MS },
    });
  }
}

async function readBody(body: AsyncIterable<Buffer> & { destroy(): void }, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) {
      body.destroy();
      throw new PictorError(
        'tooLarge',
        `The answer is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB. Raise pictor.maxImageMegabytes if that is right.`,
        { setting: 'pictor.maxImageMegabytes' },
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
