import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findLinks } from '../../../src/core/markup/findLinks';
import { imageLink } from '../../../src/core/markup/imageLink';
import { relativePath } from '../../../src/core/markup/relativePath';

const FILE = '/w/docs/assets/a-cat.png';
const LANGUAGES = [
  'markdown',
  'mdx',
  'html',
  'javascriptreact',
  'svelte',
  'restructuredtext',
  'asciidoc',
  'latex',
  'typst',
  'plaintext',
];

function found(text: string, folder = '/w/docs', file = FILE, root?: string): string[] {
  return findLinks(text, { folder, file, root }).map(({ start, end }) => text.slice(start, end));
}

describe('links to a file', () => {
  it('are found in every language that Pictor writes', () => {
    for (const language of LANGUAGES) {
      for (const name of ['a-cat.png', 'été 2026 & more.png', '子猫.png']) {
        const file = `/w/docs/assets/${name}`;
        const link = imageLink(language, { path: relativePath('/w/docs', file) ?? '', alt: 'a cat' });
        assert.equal(findLinks(`Before ${link} after`, { folder: '/w/docs', file }).length, 1, `${language}: ${link}`);
      }
    }
  });

  it('are found from another folder, with a dot, encoded, and several times', () => {
    assert.deepEqual(found('![a](../docs/assets/a-cat.png) ![b](./assets/a-cat.png) <img src=assets/a-cat.png>'), [
      '../docs/assets/a-cat.png',
      './assets/a-cat.png',
      'assets/a-cat.png',
    ]);
    assert.deepEqual(found('![](assets/a%2Dcat.png "t")'), []);
    assert.deepEqual(found('![](docs/assets/a-cat.png)', '/w'), ['docs/assets/a-cat.png']);
  });

  it('are found in folders with spaces, and from the top of the workspace', () => {
    const file = '/w/docs/my images/a cat.png';
    assert.deepEqual(found('\\includegraphics{my images/a cat.png}, see my images/a cat.png', '/w/docs', file), [
      'my images/a cat.png',
      'my images/a cat.png',
    ]);
    assert.deepEqual(found('#image("../my images/a cat.png")', '/w/docs/chapters', file), ['../my images/a cat.png']);
    assert.deepEqual(found('![](/docs/assets/a-cat.png) ![](/assets/a-cat.png)', '/w/docs', FILE, '/w'), [
      '/docs/assets/a-cat.png',
    ]);
    assert.deepEqual(found('![](</docs/my images/a cat.png>)', '/w/docs', file, '/w'), ['/docs/my images/a cat.png']);
    assert.deepEqual(found('{our my images/a cat.png} {x/my images/a cat.png}', '/w/docs', file), [
      'my images/a cat.png',
    ]);
    assert.deepEqual(found('![](<./my images/a cat.png>) ![](./my%20images/a%20cat.png)', '/w/docs', file), [
      './my images/a cat.png',
      './my%20images/a%20cat.png',
    ]);
  });

  it('are found however their path is encoded, and not where it cannot be decoded', () => {
    const file = '/w/docs/été/a cat.png';
    assert.deepEqual(found('![](%C3%A9t%C3%A9/a%20cat.png) ![](../docs/%C3%A9t%C3%A9/a%20cat.png)', '/w/docs', file), [
      '%C3%A9t%C3%A9/a%20cat.png',
      '../docs/%C3%A9t%C3%A9/a%20cat.png',
    ]);
    assert.deepEqual(found('![](%E9t%E9/a%20cat.png)', '/w/docs', file), []);
  });

  it('are not the ends of links to other files, in any script', () => {
    for (const [name, other] of [
      ['子猫.png', '白子猫.png'],
      ['té.png', 'été.png'],
      ['cat.png', 'c+cat.png'],
      ['cat.png', '@cat.png'],
      ['cat.png', '~cat.png'],
    ] as const) {
      assert.deepEqual(found(`![](${other}) ![](${name})`, '/w', `/w/${name}`, '/w'), [name]);
    }
    assert.deepEqual(found('\\includegraphics{assets/my 100\\% boat.png}', '/w', '/w/assets/my 100% boat.png'), [
      'assets/my 100\\% boat.png',
    ]);
  });

  it('to other files are not taken for it', () => {
    for (const text of [
      '![](other/a-cat.png)',
      '![](assets/a-cat.png.json)',
      '![](assets/big-a-cat.png)',
      '![](https://example.com/assets/a-cat.png)',
      '![](assets/a-cat.pngx)',
    ])
      assert.deepEqual(found(text), [], text);
  });

  it('are whole paths, whatever stands around them', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (before, after) => {
        const text = `${before}\n(assets/a-cat.png)\n${after}`;
        assert.ok(found(text).includes('assets/a-cat.png'));
        for (const span of findLinks(text, { folder: '/w/docs', file: FILE }))
          assert.ok(span.start < span.end && span.end <= text.length);
      }),
    );
  });
});
