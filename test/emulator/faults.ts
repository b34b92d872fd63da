import type { ServerResponse } from 'node:http';
import type { Fault } from './state';

/** Answers as the fault wants it, with what would have been the answer where that matters. */
export function sendFault(response: ServerResponse, fault: Fault, content: string | Buffer = ''): void {
  const bytes = Buffer.from(content);
  switch (fault.kind) {
    case 'status':
      response.writeHead(fault.status ?? 500, fault.headers).end(fault.body ?? '');
      return;
    case 'reset':
      response.destroy();
      return;
    case 'stall':
    case 'hold':
      return;
    case 'cut':
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
      return;
    case 'endless':
      response.writeHead(200);
      pour(response);
  }
}

const CHUNK = Buffer.alloc(1024 * 1024, 0x20);

/** Writes as fast as the client reads, until it goes away. */
function pour(response: ServerResponse): void {
  if (response.destroyed) return;
  response.write(CHUNK, () => pour(response));
}
