import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { JobRecord } from '../../../src/core/jobs/jobRecord';
import { parseJobRecord } from '../../../src/core/jobs/parseJobRecord';
import { record } from './records';

/** One of each state, and one that a selection asked for. */
const FILES = [
  'planned',
  'submitting',
  'waiting',
  'delivered',
  'saved',
  'linked',
  'failed',
  'cancelled',
  'unknown',
  'selection',
] as const;

/** A file that a Pictor of then has written. */
function ofVersion1(state: string): string {
  return readFileSync(path.join('test', 'core', 'jobs', 'recordsV1', `${state}.json`), 'utf8');
}

function parsed(content: string): JobRecord {
  const read = parseJobRecord(content);
  assert.ok(read.state === 'record', read.state);
  return read.record;
}

describe('a record of version 1', () => {
  for (const file of FILES) {
    it(`(${file}) is read with all that it says`, () => {
      const old = JSON.parse(ofVersion1(file)) as Record<string, never>;
      const { service, instead, pictures, target, request, ...same } = old as Record<string, object>;
      const { place, ...targetSame } = target as Record<string, unknown>;
      const { withheld, ...requestSame } = request as Record<string, unknown>;
      const asked = place === undefined ? 'prompt' : 'selection';
      assert.deepEqual(JSON.parse(JSON.stringify(parsed(ofVersion1(file)))), {
        ...same,
        version: 2,
        origin: instead === undefined ? asked : 'form',
        connection: service,
        request: { ...requestSame, unsupported: withheld },
        ...(instead && { overrides: instead }),
        inputs: [],
        target: { ...targetSame, ...(place !== undefined && { anchor: place }) },
        images: pictures,
      });
    });
  }

  it('knows the form by its values, a selection by its place, and the rest by neither', () => {
    assert.deepEqual(
      (['linked', 'selection', 'waiting'] as const).map((state) => parsed(ofVersion1(state)).origin),
      ['form', 'selection', 'prompt'],
    );
  });

  it('is broken where a part of it is', () => {
    const old = JSON.parse(ofVersion1('saved')) as Record<string, unknown>;
    assert.equal(parseJobRecord(JSON.stringify({ ...old, pictures: 'none' })).state, 'broken');
  });
});

describe('a record', () => {
  it('is read as it was written', () => {
    const written = record('A heron', { origin: 'form', overrides: { n: 2, size: null } });
    assert.deepEqual(parsed(JSON.stringify(written)), written);
  });

  it('of a newer version is left alone', () => {
    assert.equal(parseJobRecord('{"version":3}').state, 'newer');
  });

  it('of a provider that only a newer Pictor knows is left alone', () => {
    const { connection, request, ...rest } = record('A heron');
    const future = {
      ...rest,
      connection: { ...connection, provider: 'tomorrow' },
      request: { ...request, provider: 'tomorrow' },
    };
    assert.equal(parseJobRecord(JSON.stringify(future)).state, 'newer');
    assert.equal(parseJobRecord(JSON.stringify({ ...future, images: 3 })).state, 'broken');
    assert.equal(parseJobRecord(JSON.stringify({ ...rest, request, connection: { provider: 3 } })).state, 'broken');
  });

  it('that is no JSON, or anything else, is broken', () => {
    for (const content of ['', '{', 'null', '[]', '{"version":2}', '{"version":"1"}'])
      assert.equal(parseJobRecord(content).state, 'broken', content);
  });
});
