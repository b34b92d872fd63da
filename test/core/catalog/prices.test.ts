import assert from 'node:assert/strict';
import { costOf } from '../../../src/core/catalog/costOf';
import { estimateCost, type Estimate } from '../../../src/core/catalog/estimateCost';
import type { FieldValues } from '../../../src/core/catalog/fields';
import { lifecycleOf } from '../../../src/core/catalog/lifecycle';
import { modelOf } from '../../../src/core/catalog/modelOf';
import { IMAGE_PRICES, SOURCES, TOKEN_RATES, WITHOUT_PRICES } from '../../../src/core/catalog/prices';
import { PROVIDERS, providerOf } from '../../../src/core/catalog/providers';

function estimate(model: string, fields: FieldValues = {}): Estimate | undefined {
  return estimateCost({ provider: 'openai', model: modelOf(providerOf('openai'), model), fields });
}
const dollars = (model: string, fields: FieldValues = {}): number | undefined => estimate(model, fields)?.dollars;

describe('the estimated cost', () => {
  it('is that of the price list, for each image, with its date', () => {
    assert.deepEqual(estimate('gpt-image-2', { size: '1024x1024', quality: 'high', n: 4 }), {
      dollars: 0.844,
      basis: { kind: 'list', asOf: SOURCES.guide.date },
    });
  });

  it('is that of the quality that is sent unless the user says another', () => {
    assert.deepEqual(
      ['gpt-image-2.6-flare', 'gpt-image-2.5-sunburst', 'gpt-image-2', 'gpt-image-1.5', 'gpt-image-1-mini'].map(
        (model) => dollars(model, { size: '1024x1024' }),
      ),
      [0.053, 0.053, 0.053, 0.034, 0.011],
    );
    assert.equal(dollars('gpt-image-2.5-flare', { size: '1024x1024', quality: 'low' }), 0.006);
  });

  it('is that of the dearest size where the model chooses', () => {
    for (const size of [undefined, 'auto'])
      assert.deepEqual(
        ['gpt-image-2.6-flare', 'gpt-image-1.5'].map((model) => {
          const { dollars: sum, isUpTo } = estimate(model, size === undefined ? {} : { size }) ?? {};
          return [sum, isUpTo];
        }),
        [
          [0.053, true],
          [0.05, true],
        ],
      );
    assert.equal(estimate('gpt-image-2', { size: '1024x1024' })?.isUpTo, undefined);
  });

  it('holds for a dated version too, and adds a hundred tokens for each preview', () => {
    assert.equal(dollars('gpt-image-2-2026-04-21', { size: '1024x1024' }), 0.053);
    assert.equal(dollars('gpt-image-2.6-flare', { size: '1024x1024', partialImages: 3, n: 2 }), 0.124);
    assert.equal(dollars('gpt-image-2.6-flare', { size: '1024x1024', partialImages: 0 }), 0.053);
  });

  it('is never guessed', () => {
    for (const [model, fields] of [
      ['gpt-image-2.6-flare', { size: '1024x1536' }],
      ['gpt-image-2.6-flare', { size: '2048x1152' }],
      ['gpt-image-2.6-flare', { quality: 'auto' }],
      ['gpt-image-2.6-flare', { outputFormat: 'gif' }],
      ['gpt-image-2.6-flare', { outputFormat: 'svg', size: '1024x1024' }],
      ['gpt-image-2.7-flare', { size: '1024x1024' }],
      ['chatgpt-image-latest', { size: '1024x1024' }],
      ['dall-e-3', { size: '1024x1024', quality: 'hd' }],
    ] as const)
      assert.equal(estimate(model, fields), undefined, `${model} ${JSON.stringify(fields)}`);
    const model = modelOf(providerOf('cometapi'), 'gpt-image-2');
    assert.equal(estimateCost({ provider: 'cometapi', model, fields: { size: '1024x1024' } }), undefined);
  });

  it('is what the provider’s own list says, for one image, and else the middle of what equal requests cost', () => {
    const plan = { provider: 'tokenlab', model: undefined, fields: {} } as const;
    const listed = { id: 'x', dollarsPerRequest: 0.04 };
    assert.deepEqual(estimateCost({ ...plan, listed }), { dollars: 0.04, basis: { kind: 'provider' } });
    assert.equal(estimateCost({ ...plan, fields: { n: 2 }, listed }), undefined);
    assert.deepEqual(estimateCost({ ...plan, fields: { n: 2 }, ownCosts: [0.9, 0.02, 0.04] }), {
      dollars: 0.08,
      basis: { kind: 'own', count: 3 },
    });
  });
});

describe('what a request has cost', () => {
  it('is what was used, times the rates of the model', () => {
    const usage = { input: 50, output: 1353, textInput: 50, imageInput: 0 };
    assert.deepEqual(costOf('openai', 'gpt-image-2.6-flare', usage), { dollars: 0.04084, asOf: '2026-11-25' });
    assert.equal(costOf('openai', 'gpt-image-1-mini', usage)?.dollars, 0.010924);
    assert.equal(costOf('openai', 'gpt-image-2-2026-04-21', usage)?.dollars, 0.04084);
  });

  it('tells images from words, and what was cached from what was new', () => {
    const usage = { input: 1100, textInput: 100, imageInput: 1000, cachedInput: 300, output: 1000 };
    // 100 cached words, 800 new and 200 cached tokens of images.
    assert.equal(costOf('openai', 'gpt-image-2', usage)?.dollars, (100 * 1.25 + 800 * 8 + 200 * 2 + 1000 * 30) / 1e6);
    assert.equal(
      costOf('openai', 'gpt-image-2', { input: 10, output: 110, textOutput: 10 })?.dollars,
      (10 * 5 + 100 * 30 + 10 * 10) / 1e6,
    );
  });

  it('is what the service says, where it says it', () => {
    assert.deepEqual(costOf('custom', 'x', { dollars: 0.039 }), { dollars: 0.039 });
    assert.deepEqual(costOf('openai', 'gpt-image-2', { output: 1756, dollars: 0.06 }), { dollars: 0.06 });
  });

  it('is not all of it where an SVG was written, and not known where nothing is told', () => {
    assert.equal(costOf('openai', 'gpt-image-2.6-flare', { output: 10, svgTokens: 2100 })?.isPartial, true);
    assert.equal(costOf('openai', 'gpt-image-2.6-flare', undefined), undefined);
    assert.equal(costOf('openai', 'gpt-image-2.6-flare', { input: 10 }), undefined);
    assert.equal(costOf('cometapi', 'gpt-image-2', { input: 10, output: 10 }), undefined);
    assert.equal(costOf('openai', 'house-model', { input: 10, output: 10 }), undefined);
  });
});

describe('the prices', () => {
  it('each have a source with a date', () => {
    for (const { source, models } of [...IMAGE_PRICES, ...TOKEN_RATES]) {
      assert.match(SOURCES[source].date, /^\d{4}-\d{2}-\d{2}$/, models.join());
      assert.ok(SOURCES[source].what.length > 0);
    }
  });

  it('are there for every current model, or a reason is', () => {
    const nowMs = Date.parse('2026-11-25');
    for (const { id, models } of PROVIDERS.values()) {
      for (const model of models) {
        const { state } = lifecycleOf({ model, listed: undefined, hasList: false, nowMs });
        if (state !== 'current' || WITHOUT_PRICES[id]) continue;
        const isPriced = [IMAGE_PRICES, TOKEN_RATES].every((rows) =>
          rows.some((row) => row.provider === id && row.models.includes(model.id)),
        );
        assert.ok(isPriced, `${id} ${model.id}`);
      }
    }
    for (const { models, provider } of [...IMAGE_PRICES, ...TOKEN_RATES])
      for (const id of models)
        assert.ok(
          providerOf(provider).models.some((model) => model.id === id),
          id,
        );
  });
});
