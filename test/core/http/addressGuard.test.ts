import assert from 'node:assert/strict';
import dns from 'node:dns';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { AddressRefusedError, guardedLookup, guardFor, isAddressRefused } from '../../../src/core/http/addressGuard';
import { HttpClient } from '../../../src/core/http/httpClient';

const NAMES: Readonly<Record<string, readonly string[]>> = {
  'api.example': ['93.184.216.34'],
  'gateway.corp': ['10.1.2.3'],
  'split.corp': ['93.184.216.34', '10.1.2.3'],
  localhost: ['::1', '127.0.0.1'],
};
const resolve = (host: string): Promise<readonly string[]> =>
  NAMES[host] ? Promise.resolve(NAMES[host]) : Promise.reject(new Error(`no ${host}`));

describe('an address that a service names', () => {
  const PUBLIC = ['93.184.216.34', '8.8.8.8', '2606:2800:220:1::1', '172.32.0.1', '::ffff:8.8.8.8'];
  const PRIVATE = [
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    'fd00::1',
    '::ffff:192.168.1.1',
    '::ffff:c0a8:101',
    '64:ff9b::10.0.0.1',
    '224.0.0.1',
    '2002:c0a8:101::1',
  ];
  const LOOPBACK = ['127.0.0.1', '127.9.9.9', '0.0.0.0', '::1', '::', '::ffff:127.0.0.1', '::ffff:7f00:1'];
  const LINK_LOCAL = ['169.254.169.254', 'fe80::1', '::ffff:169.254.169.254', 'fec0::1'];

  for (const [connection, allowed, refused] of [
    ['https://api.example/v1/', PUBLIC, [...PRIVATE, ...LOOPBACK, ...LINK_LOCAL]],
    ['https://gateway.corp/v1/', [...PUBLIC, ...PRIVATE], [...LOOPBACK, ...LINK_LOCAL]],
    ['https://split.corp/v1/', PUBLIC, [...PRIVATE, ...LOOPBACK, ...LINK_LOCAL]],
    ['http://localhost:11434/v1/', [...PUBLIC, ...PRIVATE, ...LOOPBACK], LINK_LOCAL],
    ['http://127.0.0.1:8080/', [...PUBLIC, ...PRIVATE, ...LOOPBACK], LINK_LOCAL],
    ['http://[::1]:8080/', [...PUBLIC, ...PRIVATE, ...LOOPBACK], LINK_LOCAL],
    ['https://unknown.example/', PUBLIC, [...PRIVATE, ...LOOPBACK, ...LINK_LOCAL]],
    ['http://169.254.10.10/', ['169.254.10.10'], ['169.254.169.254']],
  ] as const) {
    it(`may be as far inside as ${connection}, and no further`, async () => {
      const guard = guardFor(new URL(connection), resolve);
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
  beforeEach(() => (asked = 0));

  const client = new HttpClient({ useProxy: false, strictTls: true }, {});
  const outside = guardFor(new URL('https://93.184.216.34/'));
  const ask = (host: string, guard = outside): Promise<number> =>
    client.exchange(
      {
        method: 'GET',
        url: new URL(`http://${host}:${(server.address() as AddressInfo).port}/`),
        headers: {},
        signal: AbortSignal.timeout(3000),
        guard,
      },
      ({ status }) => Promise.resolve(status),
    );

  for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433']) {
    it(`reaches nothing at ${host}, by whatever name`, async () => {
      const error: unknown = await ask(host).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      assert.ok(isAddressRefused(error) instanceof AddressRefusedError, String(error));
      assert.equal(asked, 0);
    });
  }

  describe('to a name', () => {
    const original = dns.lookup;
    afterEach(() => Object.assign(dns, { lookup: original }));

    /** This machine's DNS, as it answers for one name. */
    function resolveTo(...addresses: readonly string[]): void {
      const lookup = (
        _host: string,
        { all }: { all?: boolean },
        callback: (error: null, ...found: unknown[]) => void,
      ): void => {
        const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
        if (all) callback(null, found);
        else callback(null, found[0]?.address, found[0]?.family);
      };
      Object.assign(dns, { lookup });
    }

    it('that leads to this machine is not made, although the name looks like any other', async () => {
      resolveTo('127.0.0.1');
      const error: unknown = await ask('images.example').then(
        () => undefined,
        (reason: unknown) => reason,
      );
      assert.ok(isAddressRefused(error) instanceof AddressRefusedError, String(error));
      assert.equal(asked, 0);
      assert.equal(await ask('images.example', () => Promise.resolve(true)), 200, 'the name does lead there');
    });

    it('is not made where one of several addresses is refused, or where there is none at all', async () => {
      for (const addresses of [['93.184.216.34', '127.0.0.1'], []]) {
        resolveTo(...addresses);
        for (const all of [true, false]) {
          const error = await new Promise((done) => guardedLookup(outside)('images.example', { all }, done));
          assert.ok(error instanceof AddressRefusedError, addresses.join());
        }
      }
    });

    it('is made where all addresses are allowed, in the form that was asked for', async () => {
      resolveTo('93.184.216.34', '8.8.8.8');
      const found = (all: boolean): Promise<unknown[]> =>
        new Promise((done) => guardedLookup(outside)('images.example', { all }, (...answer) => done(answer)));
      assert.deepEqual(await found(false), [null, '93.184.216.34', 4]);
      assert.deepEqual(await found(true), [
        null,
        [
          { address: '93.184.216.34', family: 4 },
          { address: '8.8.8.8', family: 4 },
        ],
      ]);
    });

    it('fails as DNS fails, and as the guard does', async () => {
      const failure = new Error('no such name');
      Object.assign(dns, {
        lookup: (_host: string, _options: object, callback: (error: Error) => void) => callback(failure),
      });
      assert.equal(await new Promise((done) => guardedLookup(outside)('images.example', {}, done)), failure);
      resolveTo('8.8.8.8');
      assert.equal(
        await new Promise((done) => guardedLookup(() => Promise.reject(failure))('images.example', {}, done)),
        failure,
      );
    });

    it('of the service itself is looked up too: what is in its network may be asked for', async () => {
      resolveTo('10.0.0.7');
      assert.equal(await guardFor(new URL('https://gateway.corp/'))('10.1.1.1'), true);
      resolveTo('93.184.216.34');
      assert.equal(await guardFor(new URL('https://gateway.corp/'))('10.1.1.1'), false);
    });
  });

  it('is refused however deep the refusal stands in the error', () => {
    const refused = new AddressRefusedError('x');
    assert.equal(
      isAddressRefused(new Error('outer', { cause: new AggregateError([new Error('other'), refused]) })),
      refused,
    );
    assert.equal(isAddressRefused(new Error('outer', { cause: new Error('inner') })), undefined);
    assert.equal(isAddressRefused('text'), undefined);
  });

  it('reaches what its guard allows', async () => {
    assert.equal(await ask('127.0.0.1', guardFor(new URL('http://127.0.0.1/'))), 200);
    assert.equal(await ask('localhost', guardFor(new URL('http://localhost/'))), 200);
  });
});
