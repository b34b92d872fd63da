import assert from 'node:assert/strict';
import manifest from '../../../package.json';
import { PictorError } from '../../../src/core/errors';
import { parseSettings } from '../../../src/core/settings/settings';

const GOOD: Record<string, unknown> = {
  provider: 'openai',
  baseUrl: '',
  model: '',
  n: 1,
  insert: 'after',
  assetsFolder: 'assets',
  fileName: '${promptSlug}',
  timeoutSeconds: 600,
  maxImageMegabytes: 64,
  altText: 'prompt',
  fillMissing: 'ask',
  aceTaskMode: 'auto',
  maxConcurrent: 4,
  confirmAbove: 10,
  historyDays: 90,
  recipe: 'history',
};

function parse(changes: Record<string, unknown>): ReturnType<typeof parseSettings> {
  const values = { ...GOOD, ...changes };
  return parseSettings((name) => values[name]);
}

describe('settings', () => {
  for (const [name, value] of Object.entries({
    provider: 'opanai',
    n: 0,
    size: '1024',
    quality: 7,
    outputCompression: 101,
    insert: 'before',
    fileName: ' ',
    timeoutSeconds: '600',
    maxImageMegabytes: 1.5,
    model: { id: 'x' },
    assetsFolder: null,
    partialImages: 4,
    callbackUrl: 'ftp://x',
    openaiProject: 'a b',
    fillMissing: 'maybe',
    maxConcurrent: 0,
    confirmAbove: 1001,
    historyDays: -1,
  })) {
    it(`name pictor.${name} when its value is ${JSON.stringify(value)}`, () => {
      assert.throws(
        () => parse({ [name]: value }),
        (error) =>
          error instanceof PictorError &&
          error.details.setting === `pictor.${name}` &&
          error.message.includes(`pictor.${name} cannot be ${JSON.stringify(value)}: `),
      );
    });
  }

  const LIMITS = Object.entries(
    manifest.contributes.configuration.properties as Readonly<
      Record<string, { readonly minimum?: number; readonly maximum?: number }>
    >,
  ).flatMap(([name, { minimum, maximum }]) =>
    // The page names what models take; a gateway of one's own may take more.
    minimum === undefined || maximum === undefined
      ? []
      : [[name, minimum, name === 'pictor.n' ? 100 : maximum] as const],
  );
  for (const [name, minimum, maximum] of LIMITS) {
    it(`take ${name} from ${minimum} to ${maximum}, as the page of settings says, and nothing beyond`, () => {
      const key = name.replace('pictor.', '');
      for (const value of [minimum, maximum]) assert.doesNotThrow(() => parse({ [key]: value }), String(value));
      for (const value of [minimum - 1, maximum + 1])
        assert.throws(
          () => parse({ [key]: value }),
          (error) =>
            error instanceof PictorError &&
            error.message.includes(`a whole number from ${minimum} to ${maximum} is expected`),
        );
    });
  }

  it('have such limits where they are numbers', () =>
    assert.deepEqual(
      LIMITS.map(([name]) => name).sort(),
      [
        'confirmAbove',
        'frameCount',
        'frameDurationMs',
        'historyDays',
        'maxConcurrent',
        'maxImageMegabytes',
        'n',
        'outputCompression',
        'partialImages',
        'timeoutSeconds',
      ].map((name) => `pictor.${name}`),
    ));

  it('leave out what is empty or null', () => {
    assert.deepEqual(parse({ size: '', quality: ' ', outputCompression: null, user: '' }).fields, { n: 1 });
    assert.equal(parse({ baseUrl: '  ' }).baseUrl, undefined);
  });

  it('come in milliseconds and bytes', () => {
    const { timeoutMs, maxImageBytes } = parse({ timeoutSeconds: 2, maxImageMegabytes: 3 });
    assert.deepEqual([timeoutMs, maxImageBytes], [2000, 3 * 1024 * 1024]);
  });
});
