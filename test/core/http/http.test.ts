import assert from 'node:assert/strict';
import { PictorError } from '../../../src/core/errors';
import { parseBaseUrl } from '../../../src/core/http/baseUrl';
import { classifyFailure } from '../../../src/core/http/failure';
import { retryAfterMs } from '../../../src/core/http/retryAfter';
import { redact } from '../../../src/core/redact';

const systemError = (code: string, syscall?: string): Error => Object.assign(new Error(code), { code, syscall });

describe('a base URL', () => {
  for (const [text, href] of [
    ['https://api.openai.com/v1', 'https://api.openai.com/v1/'],
    ['https://host.example', 'https://host.example/'],
    ['http://localhost:8080/v1/', 'http://localhost:8080/v1/'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
    ['http://[::1]:8080', 'http://[::1]:8080/'],
  ] as const) {
    it(`may be ${text}`, () => assert.equal(parseBaseUrl(text).href, href));
  }
  for (const text of [
    'http://api.openai.com/v1',
    'http://192.168.0.7/v1',
    'http://localhost.evil.example',
    'http://127.0.0.1.nip.example/',
    'ftp://host/x',
    'api.openai.com/v1',
    'https://user:secret@host/v1',
    'https://host/v1?key=x',
    'javascript:alert(1)',
  ]) {
    it(`may not be ${text}`, () => {
      assert.throws(
        () => parseBaseUrl(text),
        (error) =>
          error instanceof PictorError && error.kind === 'invalidSetting' && error.details.setting === 'pictor.baseUrl',
      );
    });
  }
});

describe('a network failure', () => {
  for (const [title, error, meaning] of [
    ['a name that is not found', systemError('ENOTFOUND', 'getaddrinfo'), 'neverConnected'],
    [
      'a refused connection to several addresses',
      new AggregateError([systemError('ECONNREFUSED', 'connect')]),
      'neverConnected',
    ],
    ['a connect time-out', systemError('UND_ERR_CONNECT_TIMEOUT'), 'neverConnected'],
    ['a reset while connecting', systemError('ETIMEDOUT', 'connect'), 'neverConnected'],
    ['a route that is lost while waiting', systemError('EHOSTUNREACH', 'read'), 'broken'],
    ['TLS that breaks while reading', systemError('ERR_SSL_BAD_RECORD_TYPE'), 'broken'],
    ['a reset while reading', systemError('ECONNRESET', 'read'), 'broken'],
    ['a socket that the other side closed', systemError('UND_ERR_SOCKET'), 'broken'],
    ['a certificate of its own', systemError('DEPTH_ZERO_SELF_SIGNED_CERT'), 'untrusted'],
    ['a wrapped cause', new Error('failed', { cause: systemError('ENOTFOUND', 'getaddrinfo') }), 'neverConnected'],
    ['a proxy that says no', new Error('Proxy response (407) !== 200 when HTTP Tunneling'), 'proxyRefused'],
    ['anything else', new Error('?'), 'broken'],
  ] as const) {
    it(`${title} is ${meaning}`, () => assert.equal(classifyFailure(error), meaning));
  }
});

describe('the wait that a service asks for', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  const wait = (header: string | undefined, body: unknown): number | undefined =>
    retryAfterMs({ header: () => header }, body, now);
  it('is read from the header, in seconds or as a date, or from the body', () => {
    assert.equal(wait('7', {}), 7000);
    assert.equal(wait('Sat, 21 Nov 2026 12:00:09 GMT', {}), 9000);
    assert.equal(wait('Sat, 21 Nov 2026 11:00:00 GMT', {}), 0);
    assert.equal(wait(undefined, { retry_after: 3 }), 3000);
    assert.equal(wait(undefined, { error: { retry_after: 1.5 } }), 1500);
    assert.equal(wait('soon', {}), undefined);
    assert.equal(wait(undefined, 'text'), undefined);
    assert.equal(wait(' 2.5 ', {}), 2500);
    assert.equal(wait('soon', { retry_after: 4 }), 4000, 'the body where the header tells nothing');
    assert.equal(wait(undefined, { retry_after: 0 }), 0);
    for (const odd of [{ retry_after: -1 }, { retry_after: null }, { error: { retry_after: null } }, { error: null }])
      assert.equal(wait(undefined, odd), undefined, JSON.stringify(odd));
  });
});

describe('redaction', () => {
  it('cuts out known keys and whatever has the shape of one', () => {
    assert.equal(
      redact('key abc123 and sk-proj-abcdefgh1234 and Bearer qwertyuiop', ['abc123']),
      'key [key] and [key] and Bearer [key]',
    );
    assert.equal(redact('a task-based risk-free desk'), 'a task-based risk-free desk');
    for (const key of ['sk-0123456789', 'pk-0123456789', 'rk-0123456789', 'SK-0123456789'])
      assert.equal(redact(`key ${key}.`), 'key [key].');
    for (const word of ['Bearer', 'bearer', 'BEARER']) assert.equal(redact(`${word} abcdefgh12`), `${word} [key]`);
    assert.equal(redact('key1, key1 and k$y+2', ['key1', '', 'k$y+2']), '[key], [key] and [key]');
    // Of a short key, only the whole of it is one; a very short one could be any word.
    assert.equal(redact('monkey1 and key1s, key1-b', ['key1']), 'monkey1 and key1s, key1-b');
    assert.equal(redact('It may have been made.', ['be']), 'It may have been made.');
    assert.equal(redact('xabcdefgh1y', ['abcdefgh1']), 'x[key]y');
  });
});
