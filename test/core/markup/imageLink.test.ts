import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Image } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { altText } from '../../../src/core/markup/altText';
import { imageLink } from '../../../src/core/markup/imageLink';
import { markupLanguage } from '../../../src/core/markup/language';
import { relativePath } from '../../../src/core/markup/relativePath';

/** The image that a Markdown parser finds, alone in its paragraph. */
function parseImage(markdown: string): Image {
  const [paragraph, ...others] = fromMarkdown(markdown).children;
  assert.equal(others.length, 0, markdown);
  assert.ok(paragraph?.type === 'paragraph' && paragraph.children.length === 1, markdown);
  const [image] = paragraph.children;
  assert.equal(image?.type, 'image', markdown);
  return image;
}

const SPECIAL = fc.constantFrom(
  ...'\\[]()<>`*_{}|&#%?!"\'~^$: ',
  'a',
  'B',
  '7',
  'é',
  '猫',
  '🐱',
  '&amp;',
  '](',
  '`x`',
  '<b>',
);

describe('a link in Markdown', () => {
  it('says exactly the path and the alt text, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: SPECIAL, minLength: 1, maxLength: 20 }),
        fc.string({ unit: SPECIAL, maxLength: 40 }),
        (name, words) => {
          const alt = altText(words);
          const image = parseImage(imageLink('markdown', { path: `assets/${name}.png`, alt }));
          assert.equal(decodeURIComponent(image.url), `assets/${name}.png`);
          assert.equal(image.alt, alt);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('leaves letters of any script readable', () => {
    assert.equal(
      imageLink('markdown', { path: '../assets/雨中的灯塔.png', alt: '雨中的灯塔' }),
      '![雨中的灯塔](../assets/雨中的灯塔.png)',
    );
  });

  it('does not take a colon for a scheme', () => {
    assert.equal(imageLink('markdown', { path: 'a:b.png', alt: 'x' }), '![x](./a:b.png)');
  });

  it('escapes brackets', () => {
    assert.equal(imageLink('markdown', { path: 'a.png', alt: 'a [b] c' }), '![a \\[b\\] c](a.png)');
  });

  it('escapes braces in MDX', () => {
    assert.equal(imageLink('mdx', { path: 'a.png', alt: 'a {b}' }), '![a \\{b\\}](a.png)');
  });
});

describe('a link in other languages', () => {
  const target = { path: 'assets/a cat.png', alt: 'A "cat" & <friends> {x}' };
  const expected: Record<string, string> = {
    html: '<img src="assets/a%20cat.png" alt="A &quot;cat&quot; &amp; &lt;friends&gt; {x}">',
    vue: '<img src="assets/a%20cat.png" alt="A &quot;cat&quot; &amp; &lt;friends&gt; {x}">',
    typescriptreact: '<img src="assets/a%20cat.png" alt="A &quot;cat&quot; &amp; &lt;friends&gt; {x}" />',
    svelte: '<img src="assets/a%20cat.png" alt="A &quot;cat&quot; &amp; &lt;friends&gt; &#123;x&#125;" />',
    restructuredtext: '.. image:: assets/a%20cat.png\n   :alt: A "cat" & <friends> {x}',
    asciidoc: 'image:assets/a%20cat.png["A \\"cat\\" & <friends> {x}"]',
    latex: '\\includegraphics[width=\\linewidth,alt={A "cat" \\& <friends> \\{x\\}}]{assets/a cat.png}',
    typst: '#image("assets/a cat.png", alt: "A \\"cat\\" & <friends> {x}")',
    python: 'assets/a cat.png',
  };
  for (const [language, link] of Object.entries(expected)) {
    it(`follows the syntax of ${language}`, () => assert.equal(imageLink(language, target), link));
  }
});

describe('the language of a document', () => {
  it('is told by its file where VS Code sees plain text', () => {
    assert.equal(markupLanguage('plaintext', '/ws/page.MDX'), 'mdx');
    assert.equal(markupLanguage('plaintext', '/ws/notes.txt'), 'plaintext');
    assert.equal(markupLanguage('markdown', '/ws/page.mdx'), 'markdown');
  });
});

describe('alt texts', () => {
  it('are one line of whole words, at most 125 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (prompt) => {
        const alt = altText(prompt);
        assert.ok(alt.length <= 125 && !/[\r\n]/.test(alt));
      }),
    );
    const alt = altText('word '.repeat(500));
    assert.match(alt, /^(word )*word…$/);
  });

  it('keep a short prompt as it is', () => {
    assert.equal(altText('A cat\n  on a mat.'), 'A cat on a mat.');
  });

  it('cut Chinese between words', () => {
    const alt = altText('水彩画风格的灯塔'.repeat(30));
    assert.ok(alt.length > 100 && alt.length <= 125 && alt.endsWith('…'));
  });
});

describe('relative paths', () => {
  it('use slashes and climb where they must', () => {
    assert.equal(relativePath('/ws/docs/guide', '/ws/assets/a.png'), '../../assets/a.png');
    assert.equal(relativePath('/ws', '/ws/assets/a.png'), 'assets/a.png');
    assert.equal(relativePath('/c:/ws', '/C:/ws/assets/a.png'), 'assets/a.png');
    assert.equal(relativePath('/c:/ws', '/d:/assets/a.png'), undefined);
  });
});
