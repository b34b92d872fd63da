import assert from 'node:assert/strict';
import type { FieldValues } from '../../../src/core/catalog/fields';
import { providerOf, type ProviderId } from '../../../src/core/catalog/providers';
import { PictorError } from '../../../src/core/errors';
import { composeRequest } from '../../../src/core/request/composeRequest';
import { bodyOf } from './bodyOf';

function body(provider: ProviderId, model: string | undefined, fields: FieldValues, prompt = 'A cat'): object {
  return bodyOf(providerOf(provider), { prompt, model, fields });
}

function refusal(provider: ProviderId, model: string | undefined, fields: FieldValues, prompt = 'A cat'): string {
  try {
    body(provider, model, fields, prompt);
  } catch (error) {
    assert.ok(error instanceof PictorError);
    return error.message;
  }
  return assert.fail('nothing was refused');
}

describe('a request', () => {
  it('has the names of the services', () => {
    assert.deepEqual(
      body('openai', 'gpt-image-1', {
        n: 2,
        size: '1536x1024',
        quality: 'high',
        background: 'transparent',
        moderation: 'low',
        outputFormat: 'webp',
        outputCompression: 80,
        user: 'u1',
      }),
      {
        model: 'gpt-image-1',
        prompt: 'A cat',
        n: 2,
        size: '1536x1024',
        quality: 'high',
        background: 'transparent',
        moderation: 'low',
        output_format: 'webp',
        output_compression: 80,
        // SHA-256 of u1.
        safety_identifier: 'bb82030dbc2bcaba32a90bf2e207a84a856fc5f033b77c480836ab6f77f40f19',
      },
    );
  });

  it('leaves out what the model does not take', () => {
    const fields = { style: 'vivid', responseFormat: 'url', background: 'opaque', size: '1024x1024' };
    assert.deepEqual(body('openai', 'gpt-image-1', fields), {
      model: 'gpt-image-1',
      prompt: 'A cat',
      size: '1024x1024',
      quality: 'medium',
      background: 'opaque',
    });
    assert.deepEqual(body('openai', 'dall-e-3', fields), {
      model: 'dall-e-3',
      prompt: 'A cat',
      size: '1024x1024',
      style: 'vivid',
      response_format: 'url',
    });
    assert.deepEqual(body('acedata', 'nano-banana', { ...fields, user: 'u' }), {
      model: 'nano-banana',
      prompt: 'A cat',
      size: '1024x1024',
    });
    assert.deepEqual(composeRequest(providerOf('openai'), { prompt: 'x', model: 'gpt-image-1', fields }).unsupported, [
      'style',
      'responseFormat',
    ]);
  });

  it('to an unknown model has exactly what the user set', () => {
    assert.deepEqual(body('custom', 'my-model', { n: 1 }), { model: 'my-model', prompt: 'A cat' });
    assert.deepEqual(body('custom', 'gpt-image-9', { quality: 'ultra', style: 'x', n: 3 }), {
      model: 'gpt-image-9',
      prompt: 'A cat',
      quality: 'ultra',
      style: 'x',
      n: 3,
    });
  });

  it('to a model that is not known yet has the fields of its family, and whatever values the user set', () => {
    assert.deepEqual(body('openai', 'gpt-image-2.7-flare', { quality: 'ultra', style: 'x', n: 30, size: '7x7' }), {
      model: 'gpt-image-2.7-flare',
      prompt: 'A cat',
      quality: 'ultra',
      n: 30,
      size: '7x7',
    });
    const long = 'a'.repeat(40_000);
    assert.deepEqual(body('openai', 'gpt-image-2.7-flare', {}, long), {
      model: 'gpt-image-2.7-flare',
      prompt: long,
      quality: 'high',
    });
  });

  it('says the quality that is good for the model, unless the user does', () => {
    const qualityOf = (model: string, fields: FieldValues = {}): unknown =>
      (body('openai', model, fields) as { quality?: string }).quality;
    assert.deepEqual(
      ['gpt-image-2.6-flare', 'gpt-image-2.5-sunburst', 'gpt-image-2', 'gpt-image-1.5', 'dall-e-3'].map((model) =>
        qualityOf(model),
      ),
      ['high', 'high', 'medium', 'medium', undefined],
    );
    assert.equal(qualityOf('gpt-image-2.6-flare', { quality: 'auto' }), 'auto');
  });

  it('leaves out what the user wants left out since it was refused', () => {
    const draft = {
      prompt: 'x',
      model: 'gpt-image-2',
      fields: { moderation: 'low' },
      leftOut: ['moderation'],
    } as const;
    assert.deepEqual(bodyOf(providerOf('openai'), draft), { model: 'gpt-image-2', prompt: 'x', quality: 'medium' });
    assert.deepEqual(composeRequest(providerOf('openai'), draft).unsupported, ['moderation']);
  });

  it('puts what belongs to an SVG into one object', () => {
    const fields = { outputFormat: 'svg', svgModel: 'gpt-5.4', svgEffort: 'low' };
    assert.deepEqual(body('openai', 'gpt-image-2.6-flare', fields), {
      model: 'gpt-image-2.6-flare',
      prompt: 'A cat',
      quality: 'high',
      output_format: 'svg',
      svg: { model: 'gpt-5.4', reasoning: { effort: 'low' } },
    });
  });

  it('takes the default model of the provider', () => {
    assert.deepEqual(body('lemondata', undefined, {}), { model: 'dall-e-3', prompt: 'A cat' });
  });

  for (const [title, said, sentence] of [
    [
      'n of dall-e-3',
      () => refusal('openai', 'dall-e-3', { n: 2 }),
      'dall-e-3 does not take 2 as pictor.n. Allowed: only 1.',
    ],
    [
      'n of LemonData',
      () => refusal('lemondata', 'flux-schnell', { n: 5 }),
      'flux-schnell does not take 5 as pictor.n. Allowed: 1 to 4.',
    ],
    [
      'n of qwen-image',
      () => refusal('cometapi', 'qwen-image', { n: 2 }),
      'qwen-image does not take 2 as pictor.n. Allowed: only 1.',
    ],
    [
      'size',
      () => refusal('openai', 'gpt-image-1', { size: '1792x1024' }),
      'gpt-image-1 does not take 1792x1024 as pictor.size. Allowed: 1024x1024, 1536x1024, 1024x1536, auto.',
    ],
    [
      'a free size',
      () => refusal('openai', 'gpt-image-2', { size: '1000x1000' }),
      'gpt-image-2 does not take 1000x1000 as pictor.size. Allowed: auto, or any WIDTHxHEIGHT (both multiples of 16, ratio 1:3 to 3:1, long side at most 3840, at least 655,360 pixels, at most 8,294,400 pixels).',
    ],
    [
      'quality',
      () => refusal('openai', 'dall-e-3', { quality: 'high' }),
      'dall-e-3 does not take high as pictor.quality. Allowed: standard or hd.',
    ],
    [
      'style',
      () => refusal('openai', 'dall-e-3', { style: 'loud' }),
      'dall-e-3 does not take loud as pictor.style. Allowed: vivid or natural.',
    ],
    [
      'background',
      () => refusal('openai', 'gpt-image-1', { background: 'clear' }),
      'gpt-image-1 does not take clear as pictor.background. Allowed: auto, transparent or opaque.',
    ],
    [
      'format',
      () => refusal('openai', 'gpt-image-1', { outputFormat: 'gif' }),
      'gpt-image-1 does not take gif as pictor.outputFormat. Allowed: png, jpeg or webp.',
    ],
    [
      'compression',
      () => refusal('openai', 'gpt-image-1', { outputFormat: 'webp', outputCompression: 101 }),
      'gpt-image-1 does not take 101 as pictor.outputCompression. Allowed: 0 to 100.',
    ],
    [
      'compression of png',
      () => refusal('openai', 'gpt-image-1', { outputCompression: 80 }),
      'gpt-image-1: pictor.outputCompression 80 works only with pictor.outputFormat jpeg or webp.',
    ],
    [
      'a transparent jpeg',
      () => refusal('openai', 'gpt-image-1', { background: 'transparent', outputFormat: 'jpeg' }),
      'gpt-image-1: pictor.background transparent works only with pictor.outputFormat png or webp.',
    ],
    [
      'a transparent gpt-image-2',
      () => refusal('openai', 'gpt-image-2', { background: 'transparent' }),
      'gpt-image-2 does not take transparent as pictor.background. Allowed: auto or opaque.',
    ],
    [
      'frames without an animation',
      () => refusal('openai', 'gpt-image-2.6-flare', { frameCount: 4 }),
      'gpt-image-2.6-flare: pictor.frameCount 4 works only with pictor.outputFormat gif.',
    ],
    [
      'several as SVG',
      () => refusal('openai', 'gpt-image-2.6-flare', { outputFormat: 'svg', n: 2 }),
      'gpt-image-2.6-flare: pictor.outputFormat svg works only with pictor.n 1.',
    ],
    [
      'several as base64 at Ace',
      () => refusal('acedata', 'other', { responseFormat: 'b64_json', n: 2 }),
      'other: pictor.responseFormat b64_json works only with pictor.n 1.',
    ],
    [
      'a long prompt',
      () => refusal('openai', 'dall-e-2', {}, '🐱'.repeat(1001)),
      'The prompt has 1001 characters; dall-e-2 takes at most 1000. Select a shorter text.',
    ],
    [
      'an empty prompt',
      () => refusal('openai', 'dall-e-2', {}, ' \n'),
      'The prompt is empty. Select or type what should be drawn.',
    ],
    ['no model', () => refusal('custom', undefined, {}), 'Custom needs the name of a model. Set pictor.model.'],
  ] as [string, () => string, string][]) {
    it(`is refused for ${title}, with what is allowed`, () => assert.equal(said(), sentence));
  }

  it('counts characters, not code units', () => {
    assert.doesNotThrow(() => body('openai', 'dall-e-2', {}, '🐱'.repeat(1000)));
  });

  it('may be transparent when the format is left to the model', () => {
    assert.doesNotThrow(() => body('openai', 'gpt-image-1', { background: 'transparent' }));
  });
});
