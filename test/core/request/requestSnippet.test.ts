import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { providerOf } from '../../../src/core/catalog/providers';
import { composeRequest } from '../../../src/core/request/composeRequest';
import { requestSnippet, SNIPPET_LANGUAGES, type SnippetLanguage } from '../../../src/core/request/requestSnippet';
import { itUnless } from '../../runner/itUnless';

const PROMPT = 'It\'s a "kite" — $HOME `x` \\n %s {x} ${y}\nover 🏜️ dunes';
const PROGRAMS: Readonly<Record<SnippetLanguage, readonly [string, string]>> = {
  curl: ['sh', 'request.sh'],
  javascript: ['node', 'request.mjs'],
  python: ['python3', 'request.py'],
};

describe('a request as a program', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'pictor-snippet-'));
  let server: Server;
  let seen: { url?: string; key?: string; body: unknown } | undefined;
  before((done) => {
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        seen = { url: request.url, key: request.headers.authorization, body: JSON.parse(text) };
        response.end('{}');
      });
    }).listen(0, '127.0.0.1', done);
  });
  after(() => {
    server.close();
    rmSync(directory, { recursive: true });
  });

  for (const language of SNIPPET_LANGUAGES) {
    const [needed] = PROGRAMS[language];
    const isThere = spawnSync(language === 'curl' ? 'curl' : needed, ['--version']).error === undefined;
    itUnless(
      isThere ? undefined : `${language === 'curl' ? 'curl' : needed} is not installed`,
      `in ${language} sends exactly what Pictor sends, with the key of the environment`,
      async () => {
        const provider = providerOf('openai');
        const request = composeRequest(provider, {
          prompt: PROMPT,
          model: 'gpt-image-1',
          fields: { size: '1024x1024', n: 2, quality: 'low' },
        });
        const { port } = server.address() as AddressInfo;
        const snippet = requestSnippet(language, provider, new URL(`http://127.0.0.1:${port}/v1/`), request, true);
        const [program, name] = PROGRAMS[language];
        const file = path.join(directory, name);
        writeFileSync(file, snippet);
        const child = spawn(program, [file], {
          env: { ...process.env, OPENAI_API_KEY: 'sk-of-the-environment', no_proxy: '*' },
          stdio: 'ignore',
        });
        const code = await new Promise<number | null>((resolve) =>
          child.once('exit', resolve).once('error', () => resolve(127)),
        );
        assert.equal(code, 0);
        assert.deepEqual(seen, {
          url: '/v1/images/generations',
          key: 'Bearer sk-of-the-environment',
          body: { model: 'gpt-image-1', prompt: PROMPT.trim(), size: '1024x1024', n: 2, quality: 'low' },
        });
        seen = undefined;
      },
    );
  }
});
