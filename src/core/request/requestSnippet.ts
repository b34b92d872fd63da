import type { Provider } from '../catalog/providers';
import { encodeRequest, keyHeader } from './encodeRequest';
import type { ImageRequest } from './composeRequest';

/** In which a request can be repeated without Pictor. */
export const SNIPPET_LANGUAGES = ['curl', 'javascript', 'python'] as const;

export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number];

interface Parts {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The header of the key, and what stands before the key in it. */
  readonly keyHeader: string;
  readonly keyPrefix: string;
  /** The environment variable of the key; absent where there is none. */
  readonly variable?: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * The exact request as a program; the key is an environment variable in it.
 * @param hasKey whether a key is sent
 */
export function requestSnippet(
  language: SnippetLanguage,
  provider: Provider,
  baseUrl: URL,
  request: ImageRequest,
  hasKey: boolean,
): string {
  const { id } = provider;
  const { path, headers, body } = encodeRequest(request, provider);
  const { name, prefix } = keyHeader(provider);
  return WRITERS[language]({
    url: new URL(path, baseUrl).href,
    headers,
    keyHeader: name,
    keyPrefix: prefix,
    variable: !hasKey ? undefined : `${id === 'custom' ? 'IMAGES' : id.toUpperCase()}_API_KEY`,
    body: JSON.parse(body()) as Readonly<Record<string, unknown>>,
  });
}

const WRITERS: Readonly<Record<SnippetLanguage, (parts: Parts) => string>> = {
  curl: ({ url, headers, keyHeader, keyPrefix, variable, body }) =>
    [
      `curl ${shellQuote(url)}`,
      ...Object.entries(headers).map(([name, value]) => `-H ${shellQuote(`${name}: ${value}`)}`),
      ...(variable ? [`-H ${shellQuote(`${keyHeader}: ${keyPrefix}`)}"$${variable}"`] : []),
      `-d ${shellQuote(JSON.stringify(body, undefined, 2))}`,
    ].join(' \\\n  ') + '\n',
  javascript: ({ url, headers, keyHeader, keyPrefix, variable, body }) => {
    const key = variable
      ? [
          `    ${JSON.stringify(keyHeader)}: ${keyPrefix ? `\`${keyPrefix}\${process.env.${variable}}\`` : `process.env.${variable}`},`,
        ]
      : [];
    return [
      `const response = await fetch(${JSON.stringify(url)}, {`,
      '  method: "POST",',
      '  headers: {',
      ...Object.entries(headers).map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},`),
      ...key,
      '  },',
      `  body: JSON.stringify(${indent(JSON.stringify(body, undefined, 2))}),`,
      '});',
      'console.log(await response.text());',
      '',
    ].join('\n');
  },
  python: ({ url, headers, keyHeader, keyPrefix, variable, body }) => {
    const key = variable
      ? [
          `        ${JSON.stringify(keyHeader)}: ${keyPrefix ? `f"${keyPrefix}{os.environ['${variable}']}"` : `os.environ["${variable}"]`},`,
        ]
      : [];
    return [
      'import json',
      'import os',
      'import urllib.request',
      '',
      `body = json.loads(${pythonString(JSON.stringify(body))})`,
      'request = urllib.request.Request(',
      `    ${JSON.stringify(url)},`,
      '    data=json.dumps(body).encode(),',
      '    headers={',
      ...Object.entries(headers).map(([name, value]) => `        ${JSON.stringify(name)}: ${JSON.stringify(value)},`),
      ...key,
      '    },',
      ')',
      'with urllib.request.urlopen(request) as response:',
      '    print(response.read().decode())',
      '',
    ].join('\n');
  },
};

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** JSON's escapes are Python's too, but for halves of characters, which JSON text of a prompt does not have. */
function pythonString(text: string): string {
  return JSON.stringify(text);
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n  ');
}
