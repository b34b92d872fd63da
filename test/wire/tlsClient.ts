import { HttpClient } from '../../src/core/http/httpClient';
import { networkError } from '../../src/core/http/networkErrors';

/**
 * `node tlsClient.js URL [PROXY]`: asks an address and prints the error that Pictor would show, or its status. A
 * process of its own, since Node reads its trusted certificates once.
 */
async function main(url: string, proxyUrl: string | undefined): Promise<string> {
  const http = new HttpClient({ useProxy: proxyUrl !== undefined, proxyUrl, strictTls: true }, {});
  try {
    return await http.exchange(
      { method: 'GET', url: new URL(url), headers: {}, signal: AbortSignal.timeout(10_000) },
      ({ status }) => Promise.resolve(`status ${status}`),
    );
  } catch (error) {
    const { kind, message } = networkError({ label: 'Gate' }, error, 10_000);
    return `${kind}: ${message}`;
  }
}

void main(process.argv[2] ?? '', process.argv[3]).then((line) => console.log(line));
