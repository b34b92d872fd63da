import assert from 'node:assert/strict';
import { providerOf, type ProviderId } from '../../../src/core/catalog/providers';
import type { FieldValues } from '../../../src/core/catalog/fields';
import { modelOf } from '../../../src/core/catalog/modelOf';
import { formFields, type FormField } from '../../../src/core/form/formFields';
import { composeRequest } from '../../../src/core/request/composeRequest';
import { fitFields } from '../../../src/core/request/fitFields';

function fields(providerId: ProviderId, id: string, values: FieldValues = {}): FormField[] {
  const provider = providerOf(providerId);
  const model = modelOf(provider, id);
  return formFields(provider, model, values, fitFields(provider, model, values).taken);
}

const names = (list: readonly FormField[]): string[] => list.map(({ name }) => name);

function options(list: readonly FormField[], name: string): readonly string[] {
  const field = list.find((one) => one.name === name);
  return field?.kind === 'choice' || field?.kind === 'size'
    ? field.options.filter(({ reason }) => !reason).map(({ value }) => value)
    : [];
}

describe('the fields of the form', () => {
  it('are those that the model takes, with the values that it takes', () => {
    assert.deepEqual(names(fields('openai', 'dall-e-3')), ['size', 'quality', 'style']);
    assert.deepEqual(options(fields('openai', 'dall-e-3'), 'size'), ['1024x1024', '1792x1024', '1024x1792']);
    assert.deepEqual(names(fields('openai', 'gpt-image-1')), [
      'size',
      'quality',
      'background',
      'outputFormat',
      'outputCompression',
      'n',
      'partialImages',
      'moderation',
    ]);
    assert.deepEqual(names(fields('acedata', 'nano-banana')), ['size']);
    assert.deepEqual(names(fields('cometapi', 'qwen-image')), ['size']);
  });

  it('are a few common ones for a model that nobody knows', () => {
    assert.deepEqual(names(fields('custom', 'house-1')), [
      'size',
      'quality',
      'style',
      'background',
      'outputFormat',
      'n',
    ]);
    const unknown = fields('custom', 'house-1', { outputCompression: 50, partialImages: 1, moderation: 'low' });
    const limits = unknown.flatMap((field) => (field.kind === 'integer' ? [[field.name, field.min, field.max]] : []));
    assert.deepEqual(limits, [
      ['outputCompression', 0, 100],
      ['n', 1, 10],
      ['partialImages', 0, 3],
    ]);
    const count = (values: FieldValues): unknown => {
      const field = fields('openai', 'gpt-image-1', values).find(({ name }) => name === 'n');
      return field?.kind === 'integer' ? field.value : 'none';
    };
    assert.deepEqual([count({ n: 4 }), count({})], [4, undefined]);
  });

  it('tell which size is set and not taken', () => {
    const refused = (size?: string): unknown => {
      const field = fields('openai', 'dall-e-3', size === undefined ? {} : { size }).find(
        ({ name }) => name === 'size',
      );
      return field?.kind === 'size' ? field.refused : 'none';
    };
    assert.deepEqual([undefined, '1024x1024', '7x7'].map(refused), [undefined, undefined, '7x7']);
  });

  it('name sizes by their shape, and say the rule of free ones', () => {
    const size = fields('openai', 'gpt-image-2').find(({ name }) => name === 'size');
    assert.ok(size?.kind === 'size');
    assert.deepEqual(
      size.options.map(({ shape }) => shape),
      [undefined, 'square', 'landscape', 'portrait'],
    );
    assert.match(size.rule ?? '', /multiples of 16.*1:3.*3840/);
  });

  it('offer an animation only the sizes of its frames, and say where an image is experimental', () => {
    const size = (values: FieldValues): Extract<FormField, { kind: 'size' }> => {
      const field = fields('openai', 'gpt-image-2.6-flare', values).find(({ name }) => name === 'size');
      assert.ok(field?.kind === 'size');
      return field;
    };
    const named = (values: FieldValues): readonly string[] => size(values).options.map(({ value }) => value);
    assert.deepEqual(named({}), ['auto', '1024x1024', '1536x1024', '1024x1536']);
    assert.deepEqual(named({ outputFormat: 'gif' }), ['auto', '960x960']);
    assert.deepEqual(named({ outputFormat: 'gif', frameCount: 12 }), ['auto', '816x816']);
    assert.deepEqual(named({ outputFormat: 'gif', frameCount: 16 }), ['auto', '720x720']);
    assert.equal(size({ outputFormat: 'gif', size: '1024x1024' }).refused, '1024x1024');
    assert.deepEqual(
      ['2560x1440', '2576x1440', 'auto'].map((value) => size({ size: value }).isExperimental ?? false),
      [false, true, false],
    );
  });

  it('of a model that is not known yet are those of its family, with whatever value is set', () => {
    const quality = fields('openai', 'gpt-image-2.7-flare', { quality: 'ultra' }).find(
      ({ name }) => name === 'quality',
    );
    assert.ok(quality?.kind === 'choice');
    assert.equal(quality.value, 'ultra');
    assert.ok(
      quality.options.some(({ value }) => value === 'ultra') && quality.options.some(({ value }) => value === 'max'),
    );
  });

  it('do not let what cannot work together be chosen, whichever was chosen first, and say why', () => {
    const jpeg = fields('openai', 'gpt-image-1', { outputFormat: 'jpeg' });
    assert.deepEqual(options(jpeg, 'background'), ['auto', 'opaque']);
    const background = jpeg.find(({ name }) => name === 'background');
    assert.deepEqual(background?.kind === 'choice' && background.options[1]?.reason, {
      needs: 'outputFormat',
      values: 'png or webp',
    });
    assert.deepEqual(options(fields('openai', 'gpt-image-1', { background: 'transparent' }), 'outputFormat'), [
      'png',
      'webp',
    ]);
    const compression = (values: FieldValues): unknown =>
      fields('openai', 'gpt-image-1', values).find(({ name }) => name === 'outputCompression')?.reason;
    assert.deepEqual(compression({}), { needs: 'outputFormat', values: 'jpeg or webp' });
    assert.equal(compression({ outputFormat: 'webp' }), undefined);
    assert.deepEqual(
      fields('openai', 'gpt-image-1')
        .filter(({ reason }) => reason)
        .map(({ name }) => name),
      ['outputCompression'],
      'a reason is that of its own field',
    );
  });
});

describe('values that a model does not take', () => {
  const wishes: FieldValues = {
    size: '1792x1024',
    quality: 'hd',
    style: 'vivid',
    background: 'transparent',
    outputFormat: 'jpeg',
    outputCompression: 50,
    n: 4,
  };
  const fit = (providerId: ProviderId, id: string, values = wishes): ReturnType<typeof fitFields> => {
    const provider = providerOf(providerId);
    return fitFields(
      provider,
      provider.models.find((one) => one.id === id),
      values,
    );
  };

  it('are kept aside, and come back with a model that takes them', () => {
    assert.deepEqual(fit('openai', 'dall-e-3').taken, { size: '1792x1024', quality: 'hd', style: 'vivid' });
    assert.deepEqual(fit('openai', 'gpt-image-1').taken, { outputFormat: 'jpeg', outputCompression: 50, n: 4 });
    assert.deepEqual(fit('openai', 'gpt-image-1').unsupported, ['size', 'quality', 'style', 'background']);
  });

  it('never make a request that is refused', () => {
    for (const id of ['openai', 'lemondata', 'cometapi', 'acedata'] as const) {
      const provider = providerOf(id);
      for (const model of provider.models) {
        for (const values of [
          wishes,
          { responseFormat: 'b64_json', n: 3 },
          { outputCompression: 3 },
          { size: '17x33', n: 99 },
        ]) {
          const request = composeRequest(provider, {
            prompt: 'x',
            model: model.id,
            fields: fitFields(provider, model, values).taken,
          });
          assert.deepEqual(request.unsupported, []);
        }
      }
    }
  });
});
