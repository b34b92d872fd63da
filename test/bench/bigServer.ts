import { createReadStream, createWriteStream, mkdirSync, statSync } from 'node:fs';
import { randomFillSync } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * `node bigServer.js DIRECTORY COUNT BYTES`: serves COUNT images of BYTES each, as one answer with base64 and as
 * addresses. Prints its port.
 */
const [directory = '', countText = '', bytesText = ''] = process.argv.slice(2);
const count = Number(countText);
const bytes = Number(bytesText);

const HEADER = Buffer.from('89504e470d0a1a0a0000000d49484452000010000000100008060000001ff3ff61', 'hex');
/** The answer with which a contender gets ready: the smallest image. */
const WARM_UP = JSON.stringify({
  created: 1,
  data: [
    {
      url: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    },
  ],
});

const END = Buffer.from('0000000049454e44ae426082', 'hex');

/** Noise with the head and the end of a PNG: nobody here decodes it, and no compression makes it shorter. */
function* image(): Generator<Buffer> {
  yield HEADER;
  // A multiple of three, so that every piece is base64 of its own.
  const piece = 3 * 64 * 1024;
  let left = bytes - HEADER.length - END.length;
  for (; left > 0; left -= piece) yield randomFillSync(Buffer.allocUnsafe(Math.min(piece, left)));
  yield END;
}

async function prepare(): Promise<void> {
  mkdirSync(directory, { recursive: true });
  for (let index = 0; index < count; index++)
    await pipeline(image(), createWriteStream(path.join(directory, `${index}.png`)));
  await pipeline(answer(), createWriteStream(path.join(directory, 'answer.json')));
}

async function* answer(): AsyncGenerator<string> {
  yield '{"created":1,"data":[';
  for (let index = 0; index < count; index++) {
    yield `${index > 0 ? ',' : ''}{"b64_json":"`;
    for await (const chunk of createReadStream(path.join(directory, `${index}.png`), { highWaterMark: 3 * 64 * 1024 }))
      yield (chunk as Buffer).toString('base64');
    yield '"}';
  }
  yield '],"output_format":"png"}';
}

async function main(): Promise<void> {
  await prepare();
  const server = http.createServer((request, response) => {
    const { url = '' } = request;
    request.resume();
    request.on('end', () => {
      const send = (name: string, type: string): void => {
        const file = path.join(directory, name);
        response.writeHead(200, { 'content-type': type, 'content-length': statSync(file).size });
        createReadStream(file, { highWaterMark: 1024 * 1024 }).pipe(response);
      };
      const address = `http://${request.headers.host}`;
      const urls = Array.from({ length: count }, (_, index) => ({ url: `${address}/${index}.png` }));
      if (url === '/b64/images/generations') send('answer.json', 'application/json');
      else if (url === '/url/images/generations')
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ created: 1, data: urls }));
      else if (url.startsWith('/warm-up/'))
        response.writeHead(200, { 'content-type': 'application/json' }).end(WARM_UP);
      else send(path.basename(url), 'image/png');
    });
  });
  server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
}

void main();
