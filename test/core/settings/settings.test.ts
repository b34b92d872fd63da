import assert from 'node:assert/strict';
import { PictorError } from '../../../src/core/errors';
import { parseSettings } from '../../../src/core/settings/settings';

const GOOD: Record<string, unknown> = {
  provider: 'openai', baseUrl: '', model: '', n: 1, insert: 'after', assetsFolder: 'assets', fileName: '${promptSlug}', timeoutSeconds: 600, maxImageMegabytes: 64,
  altText: 'prompt', fillMissing: 'ask', aceTaskMode: 'auto', maxConcurrent: 4, confirmAbove: 10, historyDays: 90, recipe: 'history',
};

function parse(changes: Record<string, unknown>): ReturnType<typeof parseSettings> {
  const values = { ...GOOD, ...changes };
  return parseSettings((name) => values[name]);
}

describe('settings', () => {
  for (const [name, value] of Object.entries({
    provider: 'opanai', n: 0, size: '1024', quality: 7, outputCompression: 101, insert: 'before', fileName: ' ', timeoutSeconds: '600', maxImageMegabytes: 1.5, model: { id: 'x' }, assetsFolder: null, partialImages: 4, callbackUrl: 'ftp://x', openaiProject: 'a b', fillMissing: 'maybe',
    maxConcurrent: 0, confirmAbove: 1001, historyDays: -1,
  })) {
    it(`name pictor.${name} when its value is ${JSON.stringify(value)}`, () => {
      assert.throws(
        () => parse({ [name]: value }),
        (error) => error instanceof PictorError && error.details.setting === `pictor.${name}` && error.message.includes(`pictor.${name} cannot be ${JSON.stringify(value)}: `),
      );
    });
  }

  it('leave out what is empty or null', () => {
    assert.deepEqual(parse({ size: '', quality: ' ', outputCompression: null, user: '' }).fields, { n: 1 });
    assert.equal(parse({ baseUrl: '  ' }).baseUrl, undefined);
  });

  it('come in milliseconds and bytes', () => {
    const { timeoutMs, maxImageBytes } = parse({ timeoutSeconds: 2, maxImageMegabytes: 3 });
    assert.deepEqual([timeoutMs, maxImageBytes], [2000, 3 * 1024 * 1024]);
  });
});
