import assert from 'node:assert/strict';
import type { ImageGenerateParams } from 'openai/resources/images';
import { WIRE_NAMES, type FieldName, type FieldValue } from '../../../src/core/catalog/fields';
import type { Model } from '../../../src/core/catalog/models';
import { providerOf } from '../../../src/core/catalog/providers';
import type { Rule } from '../../../src/core/catalog/rules';
import { PictorError } from '../../../src/core/errors';
import { requestBody } from '../../../src/core/request/requestBody';
import { composeRequest } from '../../../src/core/request/composeRequest';
import { loadOpenApi, NO_DESCRIPTION } from '../../emulator/openapi';
import { itUnless } from '../../runner/itUnless';
import { ROOT } from '../../runner/paths';

/** The compiler's own check: every name that goes over the wire is one of the official client's. */
const OFFICIAL_NAMES: Readonly<Record<FieldName, keyof ImageGenerateParams>> = {
  n: 'n',
  size: 'size',
  quality: 'quality',
  style: 'style',
  background: 'background',
  moderation: 'moderation',
  outputFormat: 'output_format',
  outputCompression: 'output_compression',
  responseFormat: 'response_format',
  partialImages: 'partial_images',
  user: 'user',
};

/** And so are the values of every field with a closed list: a value that the client does not know does not compile. */
const OFFICIAL_VALUES: {
  readonly [
    Name in 'quality' | 'style' | 'background' | 'moderation' | 'output_format' | 'response_format'
  ]: readonly Exclude<ImageGenerateParams[Name], null | undefined>[];
} = {
  quality: ['standard', 'hd', 'low', 'medium', 'high', 'auto'],
  style: ['vivid', 'natural'],
  background: ['transparent', 'opaque', 'auto'],
  moderation: ['low', 'auto'],
  output_format: ['png', 'jpeg', 'webp'],
  response_format: ['url', 'b64_json'],
};

/** Fields whose value is a number there; `stream` is a flag. */
type NumberName = {
  [Name in keyof ImageGenerateParams]-?: Exclude<ImageGenerateParams[Name], null | undefined> extends number
    ? Name
    : never;
}[keyof ImageGenerateParams];
const OFFICIAL_NUMBERS: readonly NumberName[] = ['n', 'output_compression', 'partial_images'];
const OFFICIAL_STREAM: ImageGenerateParams['stream'] = true;

const openai = providerOf('openai');

/** What to try in a field: every value of a list, the ends of a range, and nothing. */
function candidates(rule: Rule): (FieldValue | undefined)[] {
  switch (rule.kind) {
    case 'choice':
      return [undefined, ...rule.values];
    case 'integer':
      return [undefined, rule.min, rule.max];
    case 'size':
      return [undefined, ...rule.values, ...(rule.free ? ['1536x864', '3840x2160'] : [])];
    case 'text':
      return [undefined, 'user-1'];
  }
}

/** The request for every combination of options that the model takes. */
function* requests(model: Model): Generator<Record<string, unknown>> {
  const fields = Object.entries(model.fields) as [FieldName, Rule][];
  const choices = fields.map(([, rule]) => candidates(rule));
  const total = choices.reduce((product, { length }) => product * length, 1);
  for (let number = 0; number < total; number++) {
    let rest = number;
    const values = fields.map(([name], index) => {
      const choice = choices[index] ?? [];
      const value = choice[rest % choice.length];
      rest = Math.floor(rest / choice.length);
      return [name, value] as const;
    });
    const body = compose(model.id, Object.fromEntries(values));
    if (body) yield body;
  }
}

/** Undefined for a combination that is refused before it is sent. */
function compose(model: string, fields: Partial<Record<FieldName, FieldValue>>): Record<string, unknown> | undefined {
  try {
    return requestBody(composeRequest(openai, { prompt: 'A fox', model, fields }));
  } catch (error) {
    if (error instanceof PictorError && error.kind === 'invalidRequest') return undefined;
    throw error;
  }
}

describe('the requests to OpenAI', () => {
  it('have the names and values of its official client', () => {
    assert.deepEqual(OFFICIAL_NAMES, WIRE_NAMES);
    for (const { fields } of openai.models) {
      for (const [name, rule] of Object.entries(fields) as [FieldName, Rule][]) {
        assert.equal(rule.kind === 'integer', (OFFICIAL_NUMBERS as readonly string[]).includes(WIRE_NAMES[name]), name);
        if (rule.kind !== 'choice') continue;
        const official: readonly string[] = OFFICIAL_VALUES[WIRE_NAMES[name] as keyof typeof OFFICIAL_VALUES];
        for (const value of rule.values) assert.ok(official.includes(value), `${name} ${value}`);
      }
    }
  });

  it('ask for a stream as the client does', () =>
    assert.equal(compose('gpt-image-1', { partialImages: 0 })?.stream, OFFICIAL_STREAM));

  const openApi = loadOpenApi(ROOT);
  const reason = openApi ? undefined : NO_DESCRIPTION;
  const faults = (body: Readonly<Record<string, unknown>>): string[] =>
    openApi?.faults('CreateImageRequest', body) ?? assert.fail(NO_DESCRIPTION);

  for (const model of openai.models) {
    itUnless(reason, `for ${model.id} follow OpenAI’s own description, with every combination of options`, () => {
      let checked = 0;
      for (const body of requests(model)) {
        checked++;
        const found = faults(body);
        if (found.length > 0) assert.fail(`${JSON.stringify(body)}: ${found.join('; ')}`);
      }
      assert.ok(checked >= 20, `${checked} requests`);
    });
  }

  itUnless(reason, 'with every number of pictures and previews follow it too', () => {
    for (let n = 1; n <= 10; n++) assert.deepEqual(faults(compose('gpt-image-2', { n }) ?? {}), []);
    for (let partialImages = 0; partialImages <= 3; partialImages++)
      assert.deepEqual(faults(compose('gpt-image-1', { partialImages }) ?? {}), []);
  });

  itUnless(reason, 'that are wrong are seen to be', () => {
    const good = { prompt: 'x', model: 'gpt-image-1' };
    assert.deepEqual(faults(good), []);
    for (const wrong of [
      { n: 11 },
      { n: 0 },
      { quality: 'best' },
      { partial_images: 4 },
      { stream: 'yes' },
      { prompt: undefined },
      { seed: 1 },
      { size: 7 },
    ]) {
      assert.notDeepEqual(faults({ ...good, ...wrong }), [], JSON.stringify(wrong));
    }
  });
});
