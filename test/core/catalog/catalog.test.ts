import assert from 'node:assert/strict';
import manifest from '../../../package.json';
import { FIELD_NAMES } from '../../../src/core/catalog/fields';
import { PROVIDER_IDS, PROVIDERS } from '../../../src/core/catalog/providers';
import { describeRule, isAllowed, type Rule } from '../../../src/core/catalog/rules';
import { parseSettings } from '../../../src/core/settings/settings';

interface Property {
  default: unknown;
  enum?: string[];
  order: number;
  scope: string;
  markdownDescription: string;
  markdownEnumDescriptions?: string[];
}
const PROPERTIES = manifest.contributes.configuration.properties as unknown as Record<string, Property>;

describe('the catalog', () => {
  it('has the default model of every provider among its models', () => {
    for (const { id, defaultModel, models } of PROVIDERS.values()) {
      if (id !== 'custom')
        assert.ok(
          models.some((model) => model.id === defaultModel),
          id,
        );
    }
  });

  it('has rules that their own named values obey', () => {
    for (const { models } of PROVIDERS.values()) {
      for (const { fields } of models) {
        for (const rule of Object.values(fields)) {
          if ('values' in rule) assert.ok(rule.values.every((value) => isAllowed(rule, value)));
          assert.ok(describeRule(rule).length > 0);
        }
      }
    }
  });

  it('knows how long a prompt may be', () => {
    const longest = (id: string): number | undefined =>
      PROVIDERS.get('openai')?.models.find((model) => model.id === id)?.maxPromptCharacters;
    assert.deepEqual(['dall-e-2', 'dall-e-3', 'gpt-image-1'].map(longest), [1000, 4000, 32_000]);
  });

  it('draws placeholders up to a side of 8192 pixels', () => {
    const size = PROVIDERS.get('placeholder')?.models[0]?.fields.size as Rule;
    assert.deepEqual(
      ['8192x8192', '8193x1', '1x8193'].map((value) => isAllowed(size, value)),
      [true, false, false],
    );
  });

  it('knows the sizes of gpt-image-2', () => {
    const size = PROVIDERS.get('openai')?.models.find(({ id }) => id === 'gpt-image-2')?.fields.size as Rule;
    for (const good of ['auto', '1024x1024', '3840x2160', '2160x3840', '1024x640', '1392x480'])
      assert.ok(isAllowed(size, good), good);
    for (const bad of [
      '512x512',
      '768x768',
      '1024x624',
      '1000x1000',
      '3840x2176',
      '3856x1024',
      '1024x320',
      '0x16',
      '1024X1024',
      '16x',
      'large',
    ])
      assert.ok(!isAllowed(size, bad), bad);
  });
});

describe('the settings in package.json', () => {
  it('offer every provider and every value of every model, and nothing that no model takes', () => {
    assert.deepEqual(PROPERTIES['pictor.provider']?.enum, PROVIDER_IDS);
    for (const field of FIELD_NAMES) {
      const property = PROPERTIES[`pictor.${field}`];
      assert.ok(property, field);
      const values = [...PROVIDERS.values()]
        .flatMap(({ models }) => models)
        .flatMap(({ fields }) => {
          const rule = fields[field];
          return rule?.kind === 'choice' ? rule.values : [];
        });
      if (property.enum) assert.deepEqual(new Set(property.enum.filter(Boolean)), new Set(values), field);
    }
  });

  it('have defaults that are accepted', () => {
    const settings = parseSettings((name) => PROPERTIES[`pictor.${name}`]?.default);
    assert.deepEqual(settings, {
      provider: 'placeholder',
      baseUrl: undefined,
      model: undefined,
      fields: { n: 1 },
      insert: 'after',
      assetsFolder: 'assets',
      fileName: '${promptSlug}',
      timeoutMs: 600_000,
      maxImageBytes: 64 * 1024 * 1024,
      altText: 'prompt',
      fillMissing: 'ask',
      aceTaskMode: 'auto',
      maxConcurrent: 4,
      confirmAbove: 10,
      confirmAboveDollars: undefined,
      historyDays: 90,
      promptStyle: undefined,
      styles: {},
      recipe: 'history',
      callbackUrl: undefined,
      openaiOrganization: undefined,
      openaiProject: undefined,
      customProvider: undefined,
      customProviders: {},
    });
  });

  it('each have a description, an order, a scope, and a description of every value', () => {
    const orders = Object.values(PROPERTIES).map(({ order }) => order);
    assert.equal(new Set(orders).size, orders.length);
    for (const [name, property] of Object.entries(PROPERTIES)) {
      // What limits how much is paid for at once is the user's alone, whatever folder is open.
      const isUsers = [
        'pictor.maxConcurrent',
        'pictor.confirmAbove',
        'pictor.confirmAboveDollars',
        'pictor.historyDays',
        'pictor.fillMissing',
      ].includes(name);
      assert.ok(property.markdownDescription && property.scope === (isUsers ? 'application' : 'resource'), name);
      if (property.enum) assert.equal(property.markdownEnumDescriptions?.length, property.enum.length, name);
    }
  });

  it('that could redirect a key or a file, or cost money, are restricted in a workspace that is not trusted', () => {
    const restricted: readonly string[] = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    for (const name of [
      'provider',
      'baseUrl',
      'assetsFolder',
      'fileName',
      'callbackUrl',
      'customProvider',
      'customProviders',
      'openaiOrganization',
      'openaiProject',
      'n',
      'model',
      'size',
      'quality',
      'complexity',
      'outputFormat',
      'frameCount',
      'svgModel',
      'svgEffort',
      'timeoutSeconds',
    ])
      assert.ok(restricted.includes(`pictor.${name}`), name);
  });
});
