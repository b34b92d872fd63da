import assert from 'node:assert/strict';
import type { lookup, LookupAddress } from 'node:dns';
import net from 'node:net';
import { Server } from 'proxy-chain';
import { generate } from 'selfsigned';
import * as vscode from 'vscode';
import { PictorError } from '../../src/core/errors';
import { classifyFailure } from '../../src/core/http/failure';
import { HttpClient } from '../../src/core/http/httpClient';
import { networkError } from '../../src/core/http/networkErrors';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { generateFromSelection, openDocument, select, TemporarySettings } from './support';

/** A name that only the proxy can resolve, as in a company's network. */
const HOST = 'images.corporate.test';

/** The company's DNS: Node asks for all addresses at once. */
function resolve(_host: string, _options: object, callback: (error: null, addresses: LookupAddress[]) => void): void {
  callback(null, [{ address: '127.0.0.1', family: 4 }]);
}

describe('behind a real proxy', () => {
  const settings = new TemporarySettings();
  let emulator: Emulator;
  let proxy: Server;
  let tunnels: string[] = [];

  before(async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: HOST }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: HOST }] }],
    });
    emulator = await startEmulator({ tls: { key, cert }, hostname: HOST });
    proxy = new Server({
      host: '127.0.0.1',
      port: 0,
      prepareRequestFunction: ({ hostname, username, password }) => {
        tunnels.push(hostname);
        return {
          requestAuthentication: username !== 'ann' || password !== 'secret',
          dnsLookup: resolve as typeof lookup,
        };
      },
    });
    await proxy.listen();
  });
  after(async () => {
    await proxy.close(true);
    await emulator.close();
  });
  beforeEach(async () => {
    tunnels = [];
    emulator.state.reset();
    await settings.set({
      'pictor.provider': 'custom',
      'pictor.baseUrl': emulator.baseUrl('open'),
      'pictor.model': 'any',
      'pictor.size': '64x64',
      'http.proxyStrictSSL': false,
    });
  });
  afterEach(async () => {
    await settings.restore();
    delete process.env.HTTPS_PROXY;
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  async function draws(): Promise<boolean> {
    const editor = await openDocument('A bridge');
    select(editor, 'A bridge');
    return (await generateFromSelection()).length === 1;
  }

  const address = (credentials = 'ann:secret@'): string => `http://${credentials}127.0.0.1:${proxy.port}`;

  it('the request and the download go through http.proxy, with its password', async () => {
    await settings.set({ 'http.proxy': address() });
    assert.ok(await draws());
    assert.deepEqual(new Set(tunnels), new Set([HOST]));
    assert.equal(emulator.state.requests.filter(({ server }) => server === 'cdn').length, 1);
    for (const { headers } of emulator.state.requests) assert.equal(headers['proxy-authorization'], undefined);
  });

  it('they go through HTTPS_PROXY when http.proxy is not set', async () => {
    process.env.HTTPS_PROXY = address();
    assert.ok(await draws());
    assert.equal(emulator.state.ledger.length, 1);
  });

  it('nothing is sent when the proxy wants another password', async () => {
    await settings.set({ 'http.proxy': address('ann:wrong@') });
    assert.ok(!(await draws()));
    assert.equal(emulator.state.requests.length, 0);
    const http = new HttpClient({ useProxy: true, strictTls: true, proxyUrl: address('') }, {});
    const request = {
      method: 'POST',
      url: new URL(`https://${HOST}/`),
      headers: {},
      signal: AbortSignal.timeout(5000),
    } as const;
    const error = await http
      .exchange(request, () => Promise.resolve())
      .then(
        () => undefined,
        (reason: unknown) => networkError({ label: 'Gate' }, reason, 5000),
      );
    assert.deepEqual([error?.kind, error?.details.setting], ['proxyRefused', 'http.proxy']);
    assert.match(error?.message ?? '', /^The proxy asks for a password \(status 407\)\. Nothing was sent\./);
    assert.equal(emulator.state.requests.length, 0);
  });

  it('nothing is sent to a server that is not trusted, unless http.proxyStrictSSL is off', async () => {
    await settings.set({ 'http.proxy': address(), 'http.proxyStrictSSL': true });
    assert.ok(!(await draws()));
    assert.ok(tunnels.length > 0);
    assert.equal(emulator.state.requests.length, 0);
    const http = new HttpClient({ useProxy: true, strictTls: true, proxyUrl: address() }, {});
    const request = {
      method: 'POST',
      url: new URL(emulator.origin),
      headers: {},
      signal: AbortSignal.timeout(20_000),
    } as const;
    await assert.rejects(
      http.exchange(request, () => Promise.resolve()),
      (error) => classifyFailure(error) === 'untrusted',
    );
    await settings.set({ 'http.proxyStrictSSL': false });
    assert.ok(await draws(), 'it was the certificate alone');
  });

  it('hosts of http.noProxy are reached without it', async () => {
    await settings.set({ 'http.proxy': address(), 'http.noProxy': [HOST] });
    assert.ok(!(await draws()), 'only the proxy knows the name');
    assert.deepEqual(tunnels, []);
    await settings.set({ 'http.noProxy': [] });
    assert.ok(await draws(), 'it was http.noProxy alone');
  });

  it('a proxy may be written without http:, as other programs take it', async () => {
    process.env.HTTPS_PROXY = address().slice('http://'.length);
    assert.ok(await draws());
  });

  it('an address that is none is named, and nothing is sent', async () => {
    const http = new HttpClient({ useProxy: true, strictTls: true, proxyUrl: 'http://[' }, {});
    const request = {
      method: 'POST',
      url: new URL(`https://${HOST}/`),
      headers: {},
      signal: AbortSignal.timeout(5000),
    } as const;
    await assert.rejects(
      http.exchange(request, () => Promise.resolve()),
      (error) => error instanceof PictorError && error.details.setting === 'http.proxy',
    );
  });

  it('a proxy that hangs up is not called again and again', async () => {
    let calls = 0;
    const rude = net.createServer((socket) => {
      calls++;
      socket.once('data', () => socket.destroy());
    });
    await new Promise<void>((done) => rude.listen(0, '127.0.0.1', done));
    const proxyUrl = `http://127.0.0.1:${(rude.address() as net.AddressInfo).port}`;
    const http = new HttpClient({ useProxy: true, strictTls: true, proxyUrl }, {});
    const request = {
      method: 'POST',
      url: new URL(`https://${HOST}/`),
      headers: {},
      body: '{}',
      signal: AbortSignal.timeout(5000),
    } as const;
    await assert.rejects(
      http.exchange(request, () => Promise.resolve()),
      (error) => classifyFailure(error) === 'neverConnected',
    );
    assert.equal(calls, 1);
    rude.close();
  });

  it('this machine is reached without it', async () => {
    const local = await startEmulator();
    await settings.set({ 'http.proxy': address(), 'pictor.baseUrl': local.baseUrl('open') });
    assert.ok(await draws());
    assert.deepEqual(tunnels, []);
    await local.close();
  });
});
