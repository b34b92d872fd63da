import assert from 'node:assert/strict';
import manifest from '../../../package.json';
import { PictorError } from '../../../src/core/errors';
import { requestBody } from '../../../src/core/request/requestBody';
import { providerHeaders } from '../../../src/core/providers/providerAccess';
import { composeRequest } from '../../../src/core/request/composeRequest';
import { providerFor } from '../../../src/core/settings/providerFor';
import { parseSettings, type Settings } from '../../../src/core/settings/settings';

const DEFAULTS = manifest.contributes.configuration.properties as Readonly<Record<string, { default?: unknown }>>;

function settings(changes: Readonly<Record<string, unknown>>): Settings {
  return parseSettings((name) => (name in changes ? changes[name] : DEFAULTS[`pictor.${name}`]?.default));
}

const GATEWAY = {
  baseUrl: 'https://gate.example/api',
  model: 'draw-1',
  headers: { 'X-Team': 'docs' },
  keyHeader: 'api-key',
  path: 'draw?version=2',
  send: { seed: 7 },
  drop: ['quality'],
  images: '/output/pictures',
  task: { id: '/job', poll: 'jobs/{id}', state: '/state', done: ['ready'], failed: ['broken'] },
};

describe('a custom provider', () => {
  it('is a gateway with its own address, model, headers, fields and name', () => {
    const provider = providerFor(
      settings({ provider: 'custom', customProvider: 'Gate', customProviders: { Gate: GATEWAY } }),
    );
    assert.deepEqual([provider.label, provider.baseUrl, provider.defaultModel], ['Gate', GATEWAY.baseUrl, 'draw-1']);
    const request = composeRequest(provider, { prompt: 'A fox', fields: { quality: 'high', size: '64x64' } });
    assert.deepEqual(requestBody(request, undefined, provider.profile?.drop), {
      model: 'draw-1',
      prompt: 'A fox',
      size: '64x64',
      seed: 7,
    });
    const headers = providerHeaders(provider, 'the-key');
    assert.deepEqual([headers['X-Team'], headers['api-key'], headers.authorization], ['docs', 'the-key', undefined]);
  });

  it('must be there', () => {
    for (const customProviders of [{}, { Other: { baseUrl: 'https://x.example' } }, null]) {
      assert.throws(
        () => providerFor(settings({ provider: 'custom', customProvider: 'Gate', customProviders })),
        (error) => error instanceof PictorError && error.details.setting === 'pictor.customProvider',
      );
    }
    assert.equal(providerFor(settings({ provider: 'custom' })).label, 'Custom');
  });

  for (const [change, words] of [
    [{ headers: { Authorization: 'Bearer x' } }, 'this header is set by Pictor itself'],
    [{ headers: { 'X-Api-Key': 'secret' } }, 'name the header in keyHeader and use Set API Key'],
    [{ headers: { 'X-A': 'line\nbreak' } }, 'plain letters are expected'],
    [{ path: 'https://evil.example/steal' }, 'a path relative to the base URL is expected'],
    [{ path: '//evil.example' }, 'a path relative to the base URL is expected'],
    [{ path: ' https://evil.example/x' }, 'a path relative to the base URL is expected'],
    [{ path: 'ht\ttps://evil.example/x' }, 'a path relative to the base URL is expected'],
    [{ path: '/\t/evil.example' }, 'a path relative to the base URL is expected'],
    [{ task: { ...GATEWAY.task, poll: 'jobs' } }, '{id} is expected in it'],
    [{ task: { ...GATEWAY.task, poll: 'https://evil.example/{id}' } }, 'a path relative to the base URL is expected'],
    [{ images: 'output' }, 'a JSON pointer such as /data/0/id is expected'],
    [{ baseUrl: '' }, 'an address is expected'],
    [{ keyHeader: 'host' }, 'this header is set by Pictor itself'],
  ] as const) {
    it(`with ${JSON.stringify(change)} is refused with the reason and its place`, () => {
      assert.throws(
        () => settings({ provider: 'custom', customProviders: { Gate: { ...GATEWAY, ...change } } }),
        (error) =>
          error instanceof PictorError &&
          error.details.setting === 'pictor.customProviders' &&
          error.message.includes(words) &&
          error.message.includes('Gate.'),
      );
    });
  }
});

describe('another provider', () => {
  it('is not stopped by a slip in the entry of a gateway', () =>
    assert.deepEqual(settings({ provider: 'openai', customProviders: { Gate: 7 } }).customProviders, {}));
});

describe('OpenAI', () => {
  it('is told which organization and project pay', () => {
    const headers = providerHeaders(
      providerFor(settings({ provider: 'openai', openaiOrganization: 'org-1', openaiProject: 'proj-2' })),
      'k',
    );
    assert.deepEqual(
      [headers['OpenAI-Organization'], headers['OpenAI-Project'], headers.authorization],
      ['org-1', 'proj-2', 'Bearer k'],
    );
    assert.deepEqual(Object.keys(providerHeaders(providerFor(settings({ provider: 'openai' })), undefined)), [
      'accept',
    ]);
    assert.equal(
      providerHeaders(providerFor(settings({ provider: 'cometapi', openaiOrganization: 'org-1' })), 'k')[
        'OpenAI-Organization'
      ],
      undefined,
    );
  });
});
