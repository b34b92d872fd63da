import assert from 'node:assert/strict';
import type { ErrorKind } from '../../../src/core/errors';
import { NETWORK_ERROR_ROWS, networkError } from '../../../src/core/http/networkErrors';
import type { JobAction } from '../../../src/core/jobs/action';
import { jobView } from '../../../src/core/jobs/jobView';
import { record } from '../jobs/records';

const GATE = { label: 'Gate' };

const connecting = (code: string, syscall = 'connect'): Error => Object.assign(new Error(code), { code, syscall });
/** As undici throws it. */
const proxied = (status: number): Error =>
  Object.assign(new Error(`Proxy response (${status}) !== 200 when HTTP Tunneling`), { code: 'UND_ERR_ABORTED' });
const tls = (code: string): Error => Object.assign(new Error(code), { code });

/** One for each row of the table, in its order. */
const CASES: readonly [failure: Error, kind: ErrorKind, says: RegExp, buttons: readonly JobAction[]][] = [
  [
    connecting('ENOTFOUND', 'getaddrinfo'),
    'unreachable',
    /^The name of Gate’s server is not known \(ENOTFOUND\)\. Nothing was sent\./,
    ['retry', 'openSetting'],
  ],
  [connecting('EAI_AGAIN', 'getaddrinfo'), 'unreachable', /cannot be looked up now/, ['retry']],
  [
    connecting('ECONNREFUSED'),
    'unreachable',
    /^Nothing answers at Gate’s address \(ECONNREFUSED\)\. Nothing was sent\. Is the server running\?/,
    ['retry', 'openSetting'],
  ],
  [
    connecting('ENETUNREACH'),
    'unreachable',
    /^Gate cannot be reached \(ENETUNREACH\)\. Nothing was sent\./,
    ['retry', 'openSetting'],
  ],
  [tls('CERT_HAS_EXPIRED'), 'untrusted', /has expired \(CERT_HAS_EXPIRED\)\. Nothing was sent\. .* clock/, ['retry']],
  [tls('ERR_TLS_CERT_ALTNAME_INVALID'), 'untrusted', /is for another name/, ['openSetting', 'retry']],
  [tls('ERR_SSL_WRONG_VERSION_NUMBER'), 'untrusted', /does not speak https: at this address/, ['openSetting', 'retry']],
  [tls('DEPTH_ZERO_SELF_SIGNED_CERT'), 'untrusted', /is not trusted .* Nothing was sent\./, ['openSetting', 'retry']],
  [
    proxied(407),
    'proxyRefused',
    /^The proxy asks for a password \(status 407\)\. Nothing was sent\./,
    ['openSetting', 'retry'],
  ],
  [proxied(403), 'proxyRefused', /does not let the request to Gate through/, ['openSetting', 'retry']],
  [
    connecting('ECONNRESET', 'read'),
    'interrupted',
    /^The connection to Gate broke \(ECONNRESET\)\. The picture may have been made and billed/,
    ['retryBilled'],
  ],
];

describe('the table of network errors', () => {
  CASES.forEach(([failure, kind, says, buttons], index) => {
    it(`${failure.message.slice(0, 30)} is ${kind}`, () => {
      const error = networkError(GATE, failure, 1000);
      assert.equal(error.kind, kind);
      assert.match(error.message, says);
      assert.ok(error.message.length <= 300);
      assert.equal(error.cause, failure);
      const failed = record('A kite', { state: 'failed' });
      assert.deepEqual(jobView(failed, { isOpen: false, error }).remedies, [...buttons, 'showLog']);
      const row = NETWORK_ERROR_ROWS[index];
      assert.ok(
        row && error.message.startsWith(row.sentence.replace('LABEL', 'Gate').split(' (CODE)')[0] ?? '-'),
        'it is the row at the same place',
      );
    });
  });

  it('has no row without a test', () => assert.equal(CASES.length, NETWORK_ERROR_ROWS.length));

  it('does not speak of money where the question was free, and names the setting that holds the address', () => {
    const asked = { label: 'gw.example.com', addressSetting: 'pictor.customProviders', isFree: true };
    assert.equal(
      networkError(asked, connecting('ECONNRESET', 'read'), 1000).message,
      'The connection to gw.example.com broke (ECONNRESET).',
    );
    const unknown = networkError(asked, connecting('ENOTFOUND', 'getaddrinfo'), 1000);
    assert.equal(
      unknown.message,
      'The name of gw.example.com’s server is not known (ENOTFOUND). Nothing was sent. Check pictor.customProviders and your connection.',
    );
    assert.equal(unknown.details.setting, 'pictor.customProviders');
    assert.equal(
      networkError(asked, new DOMException('', 'TimeoutError'), 1000).message,
      'gw.example.com did not answer within 1 s.',
    );
  });

  it('tells a time-out, whose request may have been billed', async () => {
    const signal = AbortSignal.timeout(1);
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    const error = networkError(GATE, signal.reason, 1500);
    assert.equal(error.kind, 'timeout');
    assert.match(error.message, /^Gate did not answer within 1\.5 s\. The picture may have been made and billed/);
  });
});
