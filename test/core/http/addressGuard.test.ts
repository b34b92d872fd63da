import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { AddressRefusedError, guardFor, isAddressRefused } from '../../../src/core/http/addressGuard';
import { HttpClient } from '../../../src/core/http/httpClient';

const NAMES: Readonly<Record<string, readonly string[]>> = {
  'api.example': ['93.184.216.34'],
  'gateway.corp': ['10.1.2.3'],
  'split.corp': ['93.184.216.34', '10.1.2.3'],
  localhost: ['::1', '127.0.0.1'],
};
const resolve = (host: string): Promise<readonly string[]> => (NAMES[host] ? Promise.resolve(NAMES[host]) : Promise.reject(new Error(`no ${host}`)));

describe('an address that a service names', () => {
  const PUBLIC = ['93.184.216.34', '8.8.8.8', '2606:2800:220:1::1', '172.32.0.1', '::ffff:8.8.8.8'];
  const PRIVATE = ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', 'fd00::1', '::ffff:192.168.1.1', '::ffff:c0a8:101', '64:ff9b::10.0.0.1', '224.0.0.1', '2002:c0a8:101::1'];
  const LOOPBACK = ['127.0.0.1', '127.9.9.9', '0.0.0.0', '::1', '::', '::ffff:127.0.0.1', '::ffff:7f00:1'];
  const LINK_LOCAL = ['169.254.169.254', 'fe80::1', '::ffff:169.254.169.254', 'fec0::1'];

  for (const [service, allowed, refused] of [
    ['https://api.example/v1/', PUBLIC, [...PRIVATE, ...LOOPBACK, ...LINK_LOCAL]],
    ['https://gateway.corp/v1/', [...PUBLIC, ...PRIVATE], [...LOOPBACK, ...LINK_LOCAL]],
    ['https://split.corp/v1/', PUBLIC, [...PRIVATE, ...LOOPBACK, ...LINK_LOCAL]],
    ['http://localhost:11434/v1/', [...PUBLIC, ...PRIVATE, ...LOOPBACK], LINK_LOCAL],
    ['http://127.0.0.1:8080/', [...PUBLIC, ...PRIVATE, ...LOOPBACK], LINK_LOCAL],
    ['http://[::1]:8080/', [...PUBLIC, ...PRIVATE, ...LOOPBACK], LINK_LOCAL],
    ['https://unknown.example/', PUBLIC, [...PRIVATE, ...LOOPBACK, ...LINK_LOCAL]],
    ['http://169.254.10.10/', ['169.254.10.10'], ['169.254.169.254']],
  ] as const) {
    it(`may be as far inside as ${service}, and no further`, async () => {
      const guard = guardFor(new URL(service), resolve);
      for (const address of allowed) assert.equal(await guard(address), true, address);
      for (const address of refused) assert.equal(await guard(address), false, address);
    });
  }
});

describe('a guarded request', () => {
  let asked = 0;
  const server = http.createServer((_request, response) => {
    asked++;
    response.end('secret');
  });
  before(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
  after(() => server.close());

  const client = new HttpClient({ useProxy: false, strictTls: true }, {});
  const outside = guardFor(new URL('https://93.184.216.34/'));
  const ask = (host: string, guard = outside): Promise<number> =>
    client.exchange({ method: 'GET', url: new URL(`http://${host}:${(server.address() as AddressInfo).port}/`), headers: {}, signal: AbortSignal.timeout(3000), guard }, ({ status }) => Promise.resolve(status));

  for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433']) {
    it(`reaches nothing at ${host}, by whatever name`, async () => {
      const error: unknown = await ask(host).then(() => undefined, (reason: unknown) => reason);
      assert.ok(isAddressRefused(error) instanceof AddressRefusedError, String(error));
      assert.equal(asked, 0);
    });
  }

  it('reaches what its guard allows', async () => {
    assert.equal(await ask('127.0.0.1', guardFor(new URL('http://127.0.0.1/'))), 200);
    assert.equal(await ask('localhost', guardFor(new URL('http://localhost/'))), 200);
  });
});
