import assert from 'node:assert/strict';
import type { ImageGenerateParams } from 'openai/resources/images';
import {
  FIELD_NAMES,
  WIRE_NAMES,
  type FieldName,
  type FieldValue,
  type FieldValues,
} from '../../../src/core/catalog/fields';
import type { Model } from '../../../src/core/catalog/model';
import { providerOf, type Provider } from '../../../src/core/catalog/providers';
import type { Constraint, Rule } from '../../../src/core/catalog/rules';
import { PictorError } from '../../../src/core/errors';
import { constraintsOf, isSatisfied } from '../../../src/core/request/fitFields';
import { loadOpenApi, noDescription, type DescribedService } from '../../emulator/openapi';
import { itUnless } from '../../runner/itUnless';
import { ROOT } from '../../runner/paths';
import { bodyOf } from './bodyOf';

/** The compiler's own check: every name that goes over the wire is one of the official client's. */
const OFFICIAL_NAMES: Readonly<Record<FieldName, keyof ImageGenerateParams>> = {
  n: 'n',
  size: 'size',
  quality: 'quality',
  style: 'style',
  background: 'background',
  moderation: 'moderation',
  complexity: 'complexity',
  outputFormat: 'output_format',
  outputCompression: 'output_compression',
  frameCount: 'frame_count',
  frameDurationMs: 'frame_duration_ms',
  svgModel: 'svg',
  svgEffort: 'svg',
  responseFormat: 'response_format',
  partialImages: 'partial_images',
  user: 'user',
};

type Values<T> = readonly Exclude<T, null | undefined>[];
type SvgEffort = NonNullable<NonNullable<ImageGenerateParams.Svg['reasoning']>['effort']>;

/** And so are the values of every field with a closed list: a value that the client does not know does not compile. */
const OFFICIAL_VALUES: Readonly<Partial<Record<FieldName, readonly string[]>>> = {
  quality: ['standard', 'hd', 'low', 'medium', 'high', 'auto', 'xhigh', 'max'] satisfies Values<
    ImageGenerateParams['quality']
  >,
  style: ['vivid', 'natural'] satisfies Values<ImageGenerateParams['style']>,
  background: ['transparent', 'opaque', 'auto'] satisfies Values<ImageGenerateParams['background']>,
  moderation: ['low', 'auto'] satisfies Values<ImageGenerateParams['moderation']>,
  complexity: ['low', 'medium', 'high'] satisfies Values<ImageGenerateParams['complexity']>,
  outputFormat: ['png', 'jpeg', 'webp', 'gif', 'svg'] satisfies Values<ImageGenerateParams['output_format']>,
  responseFormat: ['url', 'b64_json'] satisfies Values<ImageGenerateParams['response_format']>,
  svgEffort: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] satisfies Values<SvgEffort>,
};

const OFFICIAL_STREAM: ImageGenerateParams['stream'] = true;
/** What takes the place of `user`, hashed. */
const OFFICIAL_IDENTIFIER: keyof ImageGenerateParams = 'safety_identifier';

const openai = providerOf('openai');

/** What to try in a field: every value of a list, the ends of a range, and nothing. */
function candidates(rule: Rule): (FieldValue | undefined)[] {
  switch (rule.kind) {
    case 'choice':
      return [undefined, ...rule.values];
    case 'integer':
      return [undefined, rule.min, rule.max];
    case 'size':
      return [undefined, ...rule.values, ...(rule.free ? ['1024x640', '3840x2160', '720x720'] : [])];
    case 'text':
      return [undefined, 'user-1'];
  }
}

/**
 * The request for every combination of values that rules bind to each other. Those that no rule binds, and no
 * description either, take turns.
 */
function* requests(provider: Provider, model: Model): Generator<Record<string, unknown>> {
  const bound = new Set<string>(constraintsOf(provider, model).flatMap(({ field, needs }) => [field, needs]));
  if (model.frameLimits) bound.add('size');
  const fields = Object.entries(model.fields) as [FieldName, Rule][];
  let turn = 0;
  const constraints = constraintsOf(provider, model);
  function* combine(rest: readonly [FieldName, Rule][], values: FieldValues): Generator<FieldValues> {
    const [[name, rule] = [], ...others] = rest;
    // What breaks a rule already is refused, whatever else is chosen.
    const isDecided = ({ field, needs }: Constraint): boolean => field in values && needs in values;
    if (constraints.some((one) => isDecided(one) && !isSatisfied(one, values))) return;
    if (!name || !rule) yield values;
    else for (const value of candidates(rule)) yield* combine(others, { ...values, [name]: value });
  }
  const free = fields.filter(([name]) => !bound.has(name));
  const most = Math.max(1, ...free.map(([, rule]) => candidates(rule).length));
  for (const values of combine(
    fields.filter(([name]) => bound.has(name)),
    {},
  )) {
    const rounds = turn === 0 ? most : 1;
    for (let round = 0; round < rounds; round++, turn++) {
      const others = free.map(([name, rule], index) => {
        const choice = candidates(rule);
        return [name, choice[(turn + index) % choice.length]] as const;
      });
      const body = compose(provider, model.id, { ...values, ...Object.fromEntries(others) });
      if (body) yield body;
    }
  }
}

/** Undefined for a combination that is refused before it is sent. */
function compose(provider: Provider, model: string, fields: FieldValues): Record<string, unknown> | undefined {
  try {
    return bodyOf(provider, { prompt: 'A fox', model, fields });
  } catch (error) {
    if (error instanceof PictorError && error.kind === 'invalidRequest') return undefined;
    throw error;
  }
}

describe('the requests to OpenAI', () => {
  it('have the names and values of its official client', () => {
    for (const name of FIELD_NAMES) assert.equal(WIRE_NAMES[name].split('.')[0], OFFICIAL_NAMES[name]);
    for (const { fields } of openai.models) {
      for (const [name, rule] of Object.entries(fields) as [FieldName, Rule][]) {
        if (rule.kind !== 'choice') continue;
        for (const value of rule.values) assert.ok(OFFICIAL_VALUES[name]?.includes(value), `${name} ${value}`);
      }
    }
  });

  it('ask for a stream as the client does, and name the user by a hash', () => {
    const body = compose(openai, 'gpt-image-2.6-flare', { partialImages: 0, user: 'me' }) ?? {};
    assert.equal(body.stream, OFFICIAL_STREAM);
    assert.match(String(body[OFFICIAL_IDENTIFIER]), /^[0-9a-f]{64}$/);
    assert.equal(body.user, undefined);
  });

  for (const [model, fields] of [
    ['gpt-image-2', { size: '1008x640' }],
    ['gpt-image-2', { size: '3856x1024' }],
    ['gpt-image-2', { size: '3856x2160' }],
    ['gpt-image-2', { size: '3840x2176' }],
    ['gpt-image-2', { size: '3088x1024' }],
    ['gpt-image-2', { size: '1032x1024' }],
    ['gpt-image-2', { background: 'transparent' }],
    ['gpt-image-2', { quality: 'xhigh' }],
    ['gpt-image-2.5-flare', { outputFormat: 'gif' }],
    ['gpt-image-2.6-flare', { n: 11 }],
    ['gpt-image-2.6-flare', { n: 0 }],
    ['gpt-image-2.6-flare', { frameCount: 1, outputFormat: 'gif' }],
    ['gpt-image-2.6-flare', { frameCount: 17, outputFormat: 'gif' }],
    ['gpt-image-2.6-flare', { frameDurationMs: 655_351, outputFormat: 'gif' }],
    ['gpt-image-2.6-flare', { outputFormat: 'gif', partialImages: 0 }],
    ['gpt-image-2.6-flare', { outputFormat: 'gif', outputCompression: 50 }],
    ['gpt-image-2.6-flare', { outputFormat: 'gif', size: '976x960' }],
    ['gpt-image-2.6-flare', { outputFormat: 'gif', frameCount: 10, size: '832x832' }],
    ['gpt-image-2.6-flare', { outputFormat: 'gif', frameCount: 13, size: '736x736' }],
    ['gpt-image-2.6-flare', { outputFormat: 'svg', n: 2 }],
    ['gpt-image-2.6-flare', { outputFormat: 'svg', background: 'transparent' }],
    ['gpt-image-2.6-flare', { svgEffort: 'low' }],
    ['gpt-image-2.6-flare', { partialImages: 4 }],
    ['gpt-image-2.6-flare', { outputFormat: 'jpeg', background: 'transparent' }],
    ['gpt-image-1.5', { size: '1536x864' }],
    ['gpt-image-1.5', { quality: 'max' }],
  ] as const)
    it(`are refused before they are sent, one step too far: ${model} ${JSON.stringify(fields)}`, () => {
      assert.equal(compose(openai, model, fields), undefined);
    });

  it('are sent at the very limit', () => {
    for (const [model, fields] of [
      ['gpt-image-2', { size: '1024x640' }],
      ['gpt-image-2', { size: '3840x2160' }],
      ['gpt-image-2', { size: '3072x1024' }],
      ['gpt-image-2.6-flare', { outputFormat: 'gif', frameCount: 2, size: '960x960', background: 'transparent' }],
      ['gpt-image-2.6-flare', { outputFormat: 'gif', frameCount: 12, size: '816x816', frameDurationMs: 655_350 }],
      ['gpt-image-2.6-flare', { outputFormat: 'gif', frameCount: 16, size: '720x720' }],
      ['gpt-image-2.6-flare', { outputFormat: 'svg', n: 1, svgModel: 'x', svgEffort: 'max' }],
    ] as const)
      assert.ok(compose(openai, model, fields), `${model} ${JSON.stringify(fields)}`);
  });
});

for (const [service, schema] of [
  ['openai', 'CreateImageRequest'],
  ['tokenlab', 'ImageGenerationRequest'],
] as const satisfies readonly (readonly [DescribedService, string])[]) {
  describe(`the requests to ${service}, beside its own description`, () => {
    const provider = providerOf(service);
    const openApi = loadOpenApi(ROOT, service);
    const reason = openApi ? undefined : noDescription(service);
    const faults = (body: Readonly<Record<string, unknown>>): string[] =>
      openApi?.faults(schema, body) ?? assert.fail(noDescription(service));

    for (const model of provider.models) {
      itUnless(reason, `for ${model.id} follow it, with every combination of options`, () => {
        const seen = new Set<string>();
        for (const body of requests(provider, model)) {
          const text = JSON.stringify(body);
          if (seen.has(text)) continue;
          seen.add(text);
          const found = faults(body);
          if (found.length > 0) assert.fail(`${text}: ${found.join('; ')}`);
        }
        assert.ok(seen.size >= 3, `${seen.size} requests`);
      });
    }

    itUnless(reason, 'are seen to be wrong where they are', () => {
      const good = { prompt: 'x', model: 'gpt-image-2' };
      assert.deepEqual(faults(good), []);
      for (const wrong of [{ n: 11 }, { n: 0 }, { prompt: undefined }, { seeds: 1 }, { size: 7 }, { stream: 'yes' }])
        assert.notDeepEqual(faults({ ...good, ...wrong }), [], JSON.stringify(wrong));
    });
  });
}
