import assert from 'node:assert/strict';
import { addUsage, parseUsage } from '../../../src/core/answers/usage';

describe('the usage of an answer', () => {
  it('is read with its details, and with what an SVG took besides', () => {
    assert.deepEqual(
      parseUsage({
        usage: {
          total_tokens: 1403,
          input_tokens: 50,
          output_tokens: 1353,
          input_tokens_details: { text_tokens: 40, image_tokens: 10, cached_tokens: 5 },
          output_tokens_details: { text_tokens: 3, image_tokens: 1350 },
        },
        svg_usage: { model: 'x', total_tokens: 2100 },
      }),
      {
        total: 1403,
        input: 50,
        output: 1353,
        textInput: 40,
        imageInput: 10,
        cachedInput: 5,
        textOutput: 3,
        imageOutput: 1350,
        svgTokens: 2100,
      },
    );
  });

  it('has the price where the service says it', () => {
    assert.deepEqual(parseUsage({ usage: { cost: 0.04 } }), { dollars: 0.04 });
    assert.deepEqual(parseUsage({ usage: { cost_usd: 0.05 } }), { dollars: 0.05 });
  });

  it('is read as relays and streams have it', () => {
    assert.deepEqual(
      parseUsage({
        usage: {
          prompt_tokens: 10,
          completion_tokens: 1345,
          total_tokens: 1355,
          completion_tokens_details: { text_tokens: 0, image_tokens: 1120, reasoning_tokens: 225 },
        },
      }),
      { total: 1355, input: 10, output: 1345, textOutput: 0, imageOutput: 1120 },
    );
    // CometAPI mixes both; a stream's details are empty.
    assert.deepEqual(
      parseUsage({ usage: { prompt_tokens: 0, input_tokens: 9, output_tokens: 372, output_tokens_details: {} } }),
      { input: 9, output: 372 },
    );
  });

  it('is nothing where nothing is told, or where it is odd', () => {
    for (const body of [{}, { usage: null }, { usage: {} }, { usage: { total_tokens: 'many' } }, 'x', null])
      assert.equal(parseUsage(body), undefined, JSON.stringify(body));
    assert.deepEqual(parseUsage({ usage: { total_tokens: 7, output_tokens: -1, input_tokens_details: 3 } }), {
      total: 7,
    });
  });

  it('of several answers is added up', () => {
    assert.deepEqual(addUsage({ total: 3, input: 1 }, { total: 4, output: 2 }), { total: 7, input: 1, output: 2 });
    assert.deepEqual(
      [addUsage(undefined, { total: 1 }), addUsage({ total: 1 }, undefined)],
      [{ total: 1 }, { total: 1 }],
    );
    assert.equal(addUsage(undefined, undefined), undefined);
  });
});
