import type { ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Fault } from './state';

/** Answers as the fault wants it, with what would have been the answer where that matters. */
export function sendFault(response: ServerResponse, fault: Fault, content: string | Buffer = ''): void {
  const bytes = Buffer.from(content);
  switch (fault.kind) {
    case 'status':
      response.writeHead(fault.status ?? 500, fault.headers).end(fault.body ?? '');
      return;
    case 'hangUp':
    case 'reset':
      response.destroy();
      return;
    case 'stall':
    case 'hold':
      return;
    case 'cut':
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, fault.bytes ?? bytes.length / 2), () => response.destroy());
      return;
    case 'part':
      response.writeHead(200).end(bytes.subarray(0, bytes.length / 2));
      return;
    case 'wrongLength':
      response.writeHead(200, { 'content-length': bytes.length + 1000 });
      response.write(bytes, () => response.destroy());
      return;
    case 'drip':
      response.writeHead(200);
      drip(response, bytes, fault.bytes ?? 1000);
      return;
    case 'gzip':
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(bytes));
      return;
    case 'br':
      response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync(bytes));
      return;
    case 'shape':
    case 'error':
      throw new Error(`${fault.kind} is only for requests to the API`);
    case 'endless':
      response.writeHead(200);
      pour(response);
  }
}

const CHUNK = Buffer.alloc(1024 * 1024, 0x20);

const DRIP_PAUSE_MS = 5;

function drip(response: ServerResponse, bytes: Buffer, size: number): void {
  if (response.destroyed) return;
  if (bytes.length <= size) response.end(bytes);
  else
    response.write(bytes.subarray(0, size), () =>
      setTimeout(() => drip(response, bytes.subarray(size), size), DRIP_PAUSE_MS),
    );
}

/** Writes as fast as the client reads, until it goes away. */
function pour(response: ServerResponse): void {
  if (response.destroyed) return;
  response.write(CHUNK, () => pour(response));
}
