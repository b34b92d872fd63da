import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer that is more than JSON with status 200. */
export class Reply {
  constructor(
    readonly status: number,
    readonly headers: Readonly<Record<string, string>>,
    readonly body: string | Buffer = '',
  ) {}
}

/** What a gateway that nobody foresaw does with a request; undefined means 404. */
export type Handler = (request: http.IncomingMessage, body: string) => object | undefined;

export interface Gateway {
  readonly origin: string;
  readonly close: () => void;
}

/** A server of this machine that answers as it is told to. */
export async function startGateway(handle: Handler): Promise<Gateway> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = handle(request, Buffer.concat(chunks).toString());
      if (answer instanceof Reply) response.writeHead(answer.status, answer.headers).end(answer.body);
      else
        response
          .writeHead(answer ? 200 : 404, { 'content-type': 'application/json' })
          .end(JSON.stringify(answer ?? {}));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
