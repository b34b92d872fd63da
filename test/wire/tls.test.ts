import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type net from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { generate } from 'selfsigned';

const CLIENT = path.join(__dirname, 'tlsClient.js');
const DAY_MS = 24 * 60 * 60 * 1000;

interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** For `localhost`, valid or not any more. */
async function certify(name: string, notAfterDate: Date): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    notBeforeDate: new Date(Date.now() - 30 * DAY_MS),
    notAfterDate,
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ],
  });
  return { key, cert };
}

describe('a connection that cannot be trusted', () => {
  const servers: (http.Server | https.Server)[] = [];
  after(() => servers.forEach((server) => server.close()));

  async function serve(certificate?: Certificate): Promise<number> {
    const handler: http.RequestListener = (_request, response) => response.end();
    const server = certificate ? https.createServer(certificate, handler) : http.createServer(handler);
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return (server.address() as AddressInfo).port;
  }

  /** What a client says that trusts exactly this certificate. */
  async function ask(url: string, trusted?: Certificate, proxy?: string): Promise<string> {
    const env: NodeJS.ProcessEnv = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' };
    if (trusted) {
      env.NODE_EXTRA_CA_CERTS = path.join(mkdtempSync(path.join(tmpdir(), 'pictor-ca-')), 'ca.pem');
      writeFileSync(env.NODE_EXTRA_CA_CERTS, trusted.cert);
    }
    return (
      await promisify(execFile)(process.execPath, [CLIENT, url, ...(proxy ? [proxy] : [])], { env })
    ).stdout.trim();
  }

  const tomorrow = new Date(Date.now() + DAY_MS);

  it('is one with a certificate that nobody vouches for', async () => {
    const certificate = await certify('localhost', tomorrow);
    const port = await serve(certificate);
    assert.equal(await ask(`https://localhost:${port}`, certificate), 'status 200');
    assert.match(
      await ask(`https://localhost:${port}`),
      /^untrusted: The certificate of Gate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. Nothing was sent\./,
    );
  });

  it('is none where a company’s proxy opens it with a certificate that this machine trusts, and is one where it does not', async () => {
    const certificate = await certify('api.example', tomorrow);
    const proxy = http.createServer();
    proxy.on('connect', (_request, socket: net.Socket) => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      const opened = new tls.TLSSocket(socket, { isServer: true, key: certificate.key, cert: certificate.cert });
      opened.on('error', () => socket.destroy());
      opened.once('data', () => opened.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n'));
    });
    servers.push(proxy);
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    assert.equal(await ask('https://api.example', certificate, address), 'status 204');
    assert.match(
      await ask('https://api.example', undefined, address),
      /^untrusted: The certificate of Gate is not trusted/,
    );
  });

  it('is one with a certificate that has expired', async () => {
    const certificate = await certify('localhost', new Date(Date.now() - DAY_MS));
    const port = await serve(certificate);
    assert.match(
      await ask(`https://localhost:${port}`, certificate),
      /^untrusted: The certificate of Gate has expired \(CERT_HAS_EXPIRED\)\. Nothing was sent\./,
    );
  });

  it('is one with a certificate for another name', async () => {
    const certificate = await certify('other.example', tomorrow);
    const port = await serve(certificate);
    assert.match(
      await ask(`https://localhost:${port}`, certificate),
      /^untrusted: The certificate of Gate is for another name \(ERR_TLS_CERT_ALTNAME_INVALID\)\./,
    );
  });

  it('is none with a server that speaks no TLS at all', async () => {
    const port = await serve();
    assert.match(
      await ask(`https://localhost:${port}`),
      /^untrusted: Gate does not speak https: at this address \(ERR_SSL_/,
    );
  });

  it('is none where there is no such name, or nobody listens', async () => {
    assert.match(
      await ask('https://no-such-host.invalid'),
      /^unreachable: The name of Gate’s server (is not known \(ENOTFOUND\)|cannot be looked up now \(EAI_AGAIN\))\. Nothing was sent\./,
    );
    assert.match(
      await ask('https://127.0.0.1:1'),
      /^unreachable: Nothing answers at Gate’s address \(ECONNREFUSED\)\. Nothing was sent\./,
    );
  });
});
