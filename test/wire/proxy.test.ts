import assert from 'node:assert/strict';
import { PictorError } from '../../src/core/errors';
import { HttpClient, type NetworkSettings } from '../../src/core/http/httpClient';

describe('an address of a proxy that is none', () => {
  const ask = async (
    network: Partial<NetworkSettings>,
    env: Readonly<Record<string, string>>,
  ): Promise<PictorError> => {
    const http = new HttpClient({ useProxy: true, strictTls: true, ...network }, env);
    const request = {
      method: 'GET',
      url: new URL('https://api.example/'),
      headers: {},
      signal: AbortSignal.timeout(5000),
    } as const;
    const error: unknown = await http
      .exchange(request, () => Promise.resolve())
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    assert.ok(error instanceof PictorError, String(error));
    return error;
  };

  it('is blamed on the setting where it stands there, whatever the environment says', async () => {
    const error = await ask({ proxyUrl: 'http://[' }, { HTTPS_PROXY: 'http://127.0.0.1:1' });
    assert.deepEqual([error.kind, error.details.setting], ['invalidSetting', 'http.proxy']);
    assert.match(error.message, /^The setting http\.proxy is not the address of a proxy.* Nothing was sent\.$/);
  });

  it('is blamed on the environment where that has it', async () => {
    for (const name of ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']) {
      assert.match(
        (await ask({}, { [name]: 'http://[' })).message,
        /^HTTP_PROXY or HTTPS_PROXY of the environment is not the address of a proxy/,
        name,
      );
    }
  });
});
