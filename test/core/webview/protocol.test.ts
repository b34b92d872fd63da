import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { parseFromWebview } from '../../../src/protocol';
import { ROOT } from '../../runner/paths';

describe('what the form says', () => {
  it('is understood where it is one of its messages', () => {
    assert.deepEqual(parseFromWebview({ type: 'ready' }), { type: 'ready' });
    assert.deepEqual(parseFromWebview({ type: 'set', name: 'size', value: '1024x1024' }), {
      type: 'set',
      name: 'size',
      value: '1024x1024',
    });
    assert.deepEqual(parseFromWebview({ type: 'act', id: 'a/0', action: 'insert', count: undefined }), {
      type: 'act',
      id: 'a/0',
      action: 'insert',
      count: undefined,
    });
  });

  it('is nothing otherwise', () => {
    for (const message of [
      undefined,
      null,
      'ready',
      {},
      { type: 'run', command: 'x' },
      { type: 'act', id: 'a', action: 'shred' },
      { type: 'set', name: 'size', value: {} },
      { type: 'notice', action: 'command:x', kind: 'key' },
      { type: 'generate', prompt: 'x'.repeat(100_001) },
      { type: 'storeThumbnail', id: 'x', bytes: 'text' },
      { type: 'act', id: 'a/0', action: 'generateAgain', count: 1000 },
    ]) {
      assert.equal(parseFromWebview(message), undefined, JSON.stringify(message ?? null).slice(0, 80));
    }
    const type = fc.constantFrom(
      'ready',
      'prompt',
      'set',
      'generate',
      'act',
      'search',
      'compare',
      'dropped',
      'reset',
      'thumbnails',
      'run',
    );
    const message = fc.oneof(
      fc.anything(),
      fc.record(
        {
          type,
          id: fc.anything(),
          name: fc.anything(),
          value: fc.anything(),
          text: fc.anything(),
          prompt: fc.anything(),
          ids: fc.anything(),
          action: fc.anything(),
        },
        { requiredKeys: ['type'] },
      ),
    );
    fc.assert(
      fc.property(message, (said) => {
        const known = parseFromWebview(said);
        if (known !== undefined) assert.equal(known.type, (said as { type: unknown }).type);
        // What is understood is understood again, as it is.
        if (known !== undefined) assert.deepEqual(parseFromWebview(known), known);
      }),
    );
  });
});

describe('the looks of the form', () => {
  it('has no colour of its own, and names no address', () => {
    const css = readFileSync(path.join(ROOT, 'media', 'style.css'), 'utf8');
    assert.doesNotMatch(css, /#[0-9a-f]{3,8}\b(?![^;{]*\{)|rgba?\(|hsla?\(|\burl\(|https?:/i);
    for (const name of ['placeholder', 'provider', 'selection', 'gallery']) {
      const svg = readFileSync(path.join(ROOT, 'media', 'walkthrough', `${name}.svg`), 'utf8');
      assert.doesNotMatch(svg, /(?:fill|stroke)="(?!none|var\(--vscode-)/, name);
    }
  });
});
