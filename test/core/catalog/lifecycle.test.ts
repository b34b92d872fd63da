import assert from 'node:assert/strict';
import { lifecycleOf, type Lifecycle } from '../../../src/core/catalog/lifecycle';
import type { ListedModel } from '../../../src/core/catalog/listedModel';
import { modelOf } from '../../../src/core/catalog/modelOf';
import { modelRows } from '../../../src/core/catalog/modelRows';
import { providerOf, type ProviderId } from '../../../src/core/catalog/providers';

const FLARE = 'gpt-image-2.6-flare';

function life(id: string, day: string, list?: readonly ListedModel[], provider: ProviderId = 'openai'): Lifecycle {
  return lifecycleOf({
    model: modelOf(providerOf(provider), id),
    listed: list?.find((one) => one.id === id),
    hasList: list !== undefined,
    nowMs: Date.parse(`${day}T12:00:00Z`),
  });
}

describe('the life of a model', () => {
  it('is told by the clock: it ends, and has ended', () => {
    const ends = { on: '2026-12-01', replacement: FLARE };
    assert.deepEqual(life('gpt-image-1.5', '2026-11-30'), { state: 'ending', ...ends });
    assert.deepEqual(life('gpt-image-1.5', '2026-12-01'), { state: 'ended', ...ends });
    assert.deepEqual(life('dall-e-3', '2026-11-25'), { state: 'ended', on: '2026-05-12', replacement: FLARE });
    assert.deepEqual(life(FLARE, '2030-01-01'), { state: 'current' });
    assert.deepEqual(life('gpt-image-1.5-2025-12-16', '2026-11-25'), { state: 'ending', ...ends });
  });

  it('is what the provider’s list says, whatever the catalog thinks', () => {
    const day = '2026-11-25';
    assert.deepEqual(life(FLARE, day, [{ id: FLARE, endsOn: '2027-06-01' }]), {
      state: 'ending',
      on: '2027-06-01',
      replacement: undefined,
    });
    assert.deepEqual(life('gpt-image-1.5', day, [{ id: 'gpt-image-1.5', endsOn: null }]), { state: 'current' });
    assert.equal(life('gpt-image-1.5', day, [{ id: 'gpt-image-1.5' }]).state, 'ending');
    assert.deepEqual(life('dall-e-3', day, [{ id: 'dall-e-3' }]), { state: 'current' });
    assert.deepEqual(life('x', day, [{ id: 'x', isEnded: true, replacement: 'y' }]), {
      state: 'ended',
      on: undefined,
      replacement: 'y',
    });
    assert.deepEqual(life(FLARE, day, [{ id: 'other' }]), { state: 'unknown' });
    assert.equal(life('dall-e-3', day, [{ id: 'other' }]).state, 'ended');
  });

  it('is doubtful where nobody has tried it lately, and unknown where nobody knows it', () => {
    assert.equal(life('dall-e-3', '2026-11-25', undefined, 'lemondata').state, 'doubtful');
    assert.equal(life('dall-e-3', '2026-11-25', [{ id: 'dall-e-3' }], 'lemondata').state, 'current');
    assert.equal(life('gpt-image-2.7-flare', '2026-11-25').state, 'unknown');
    assert.equal(life('house-model', '2026-11-25', undefined, 'custom').state, 'unknown');
  });

  it('orders a list: what lasts before what ends, and what has ended last', () => {
    const rows = modelRows(providerOf('openai'), undefined, Date.parse('2026-11-25'));
    assert.deepEqual(
      rows.map(({ id, lifecycle }) => [id, lifecycle.state]),
      [
        ['gpt-image-2.6-flare', 'current'],
        ['gpt-image-2.6-sunburst', 'current'],
        ['gpt-image-2.5-flare', 'current'],
        ['gpt-image-2.5-sunburst', 'current'],
        ['gpt-image-2', 'current'],
        ['gpt-image-1.5', 'ending'],
        ['gpt-image-1-mini', 'ending'],
        ['chatgpt-image-latest', 'ending'],
        ['gpt-image-1', 'ended'],
        ['dall-e-3', 'ended'],
        ['dall-e-2', 'ended'],
      ],
    );
    const listed = [{ id: 'gpt-image-3', draws: true }, { id: 'gpt-5.5', draws: false }, { id: 'lucid' }];
    const others = modelRows(providerOf('openai'), listed, Date.parse('2026-11-25')).slice(11);
    assert.deepEqual(
      others.map(({ id, group, model }) => [id, group, model?.assumedFrom]),
      [
        ['gpt-image-3', 'listed', FLARE],
        ['lucid', 'perhaps', undefined],
      ],
    );
  });
});

describe('a model by its id', () => {
  const known = (provider: ProviderId, id: string): unknown => {
    const model = modelOf(providerOf(provider), id);
    return model && [model.id, model.assumedFrom];
  };

  it('is itself, or a dated version', () => {
    assert.deepEqual(known('openai', FLARE), [FLARE, undefined]);
    assert.deepEqual(known('openai', 'gpt-image-2.5-flare-2026-09-08'), ['gpt-image-2.5-flare-2026-09-08', undefined]);
  });

  it('that is not known yet is like the one that it is a version of, else like the newest of its family', () => {
    for (const [id, like] of [
      ['gpt-image-2.5-flare-2027-01-01', 'gpt-image-2.5-flare'],
      ['gpt-image-2.7-flare', FLARE],
      ['gpt-image-2.7-sunburst', 'gpt-image-2.6-sunburst'],
      ['gpt-image-3', FLARE],
      ['gpt-image-2-2027-01-01', 'gpt-image-2'],
      ['chatgpt-image-2', FLARE],
    ] as const)
      assert.deepEqual(known('openai', id), [id, like]);
    assert.deepEqual(known('acedata', 'gpt-image-2.6-flare'), ['gpt-image-2.6-flare', 'gpt-image-2.6-flare']);
    assert.deepEqual(known('cometapi', 'gpt-image-2.5-flare'), ['gpt-image-2.5-flare', 'gpt-image-2.5-flare']);
  });

  it('is nobody’s relative where nothing is known of its provider, or of its family', () => {
    for (const [provider, id] of [
      ['custom', FLARE],
      ['lemondata', FLARE],
      ['openai', 'dall-e-4'],
      ['openai', 'my-gpt-image-2'],
      ['cometapi', 'flux-9'],
    ] as const)
      assert.equal(known(provider, id), undefined, `${provider} ${id}`);
  });
});
