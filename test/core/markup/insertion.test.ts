import assert from 'node:assert/strict';
import { planInsertion, type InsertionRequest } from '../../../src/core/markup/insertion';
import { paragraphAt, trimSpan } from '../../../src/core/markup/paragraph';

const LINK = '![a cat](assets/a-cat.png)';

/** Inserts for the text between the two bars. */
function insert(marked: string, options: Partial<InsertionRequest> = {}): string {
  const start = marked.indexOf('|');
  const end = marked.indexOf('|', start + 1) - 1;
  const document = marked.replaceAll('|', '');
  const askedText = document.slice(start, end);
  const plan = planInsertion({
    document,
    range: { start, end },
    askedText,
    mode: 'after',
    links: [LINK],
    eol: '\n',
    blockLink: false,
    ...options,
  });
  return document.slice(0, plan.start) + plan.text + document.slice(plan.end);
}

describe('the insertion of a link', () => {
  it('comes after the text, with a space', () => {
    assert.equal(insert('See |a cat| here.'), `See a cat ${LINK} here.`);
  });

  it('needs no space at the start of a document or a line', () => {
    assert.equal(insert('||'), LINK);
    assert.equal(insert('Text\n||\nmore'), `Text\n${LINK}\nmore`);
  });

  it('at a cursor keeps its distance from words, and from nothing else', () => {
    assert.equal(insert('A word||'), `A word ${LINK}`);
    assert.equal(insert('![1](1.png)||More'), `![1](1.png) ${LINK} More`);
    assert.equal(insert('<td>||</td>'), `<td>${LINK}</td>`);
  });

  it('puts several images of one request side by side', () => {
    assert.equal(insert('|cats|', { links: ['![1](1.png)', '![2](2.png)'] }), 'cats ![1](1.png) ![2](2.png)');
  });

  it('replaces the text, but never words that were typed since', () => {
    assert.equal(insert('See |a cat| here.', { mode: 'replace' }), `See ${LINK} here.`);
    assert.equal(
      insert('See |a big cat| here.', { mode: 'replace', askedText: 'a cat' }),
      `See a big cat ${LINK} here.`,
    );
  });

  it('of a further image goes behind the first one, in every mode', () => {
    for (const mode of ['after', 'replace'] as const)
      assert.equal(insert('See ![1](1.png)|| here.', { mode, isFollowUp: true }), `See ![1](1.png) ${LINK} here.`);
    assert.equal(
      insert('cat\n\n![1](1.png)||\n\nNext.', { mode: 'below', isFollowUp: true }),
      `cat\n\n![1](1.png)\n\n${LINK}\n\nNext.`,
    );
  });

  it('makes a paragraph below the paragraph', () => {
    assert.equal(
      insert('One |cat| sat\non a mat.\n\nNext.', { mode: 'below' }),
      `One cat sat\non a mat.\n\n${LINK}\n\nNext.`,
    );
    assert.equal(insert('|cat|', { mode: 'below' }), `cat\n\n${LINK}`);
  });

  it('keeps CRLF whole', () => {
    assert.equal(insert('A |cat|.\r\n\r\nNext.', { mode: 'below', eol: '\r\n' }), `A cat.\r\n\r\n${LINK}\r\n\r\nNext.`);
  });

  it('stays within a list item or a quotation', () => {
    assert.equal(insert('- A |cat|\n\nNext', { mode: 'below' }), `- A cat\n\n  ${LINK}\n\nNext`);
    assert.equal(insert('12. A |cat|', { mode: 'below' }), `12. A cat\n\n    ${LINK}`);
    assert.equal(insert('> A |cat|\n\nNext', { mode: 'below' }), `> A cat\n>\n> ${LINK}\n\nNext`);
  });

  it('comes below its own item in a list without blank lines', () => {
    assert.equal(insert('- |one|\n  more\n- two', { mode: 'below' }), `- one\n  more\n\n  ${LINK}\n- two`);
    assert.equal(insert('- one\n  |more|\n- two', { mode: 'below' }), `- one\n  more\n\n  ${LINK}\n- two`);
    assert.equal(insert('\n||', { mode: 'below' }), `\n\n\n${LINK}`);
    assert.equal(insert('- |one|\n  - deep\n- two', { mode: 'below' }), `- one\n  - deep\n\n  ${LINK}\n- two`);
  });

  it('keeps directives apart from each other and from the text in every mode', () => {
    const links = ['.. image:: a.png\n   :alt: a', '.. image:: b.png\n   :alt: b'];
    const both = '.. image:: a.png\n   :alt: a\n\n.. image:: b.png\n   :alt: b';
    assert.equal(
      insert('See |a cat| here.', { blockLink: true, links, mode: 'replace' }),
      `See a cat here.\n\n${both}`,
    );
    assert.equal(
      insert('Text\n\n|A cat|\n\nmore', { blockLink: true, links, mode: 'replace' }),
      `Text\n\n${both}\n\nmore`,
    );
    assert.equal(insert('Text\n\n||\n\nmore', { blockLink: true, links }), `Text\n\n${both}\n\nmore`);
  });

  it('gives a directive a block of its own', () => {
    assert.equal(
      insert('A |cat| sat.', { blockLink: true, links: ['.. image:: a.png\n   :alt: a cat'] }),
      'A cat sat.\n\n.. image:: a.png\n   :alt: a cat',
    );
  });
});

describe('the paragraph at the cursor', () => {
  const text = '# Title\n\nFirst line\nsecond line\n\n   \nLast';
  it('goes from blank line to blank line', () => {
    for (const word of ['First', 'second']) {
      const { start, end } = paragraphAt(text, text.indexOf(word) + 1);
      assert.equal(text.slice(start, end), 'First line\nsecond line');
    }
    const last = paragraphAt(text, text.length);
    assert.equal(text.slice(last.start, last.end), 'Last');
  });

  it('is found in a text that begins with a blank line', () => {
    assert.deepEqual(paragraphAt('\nHello world\n', 4), { start: 1, end: 12 });
    assert.deepEqual(paragraphAt('\nHello', 0), { start: 0, end: 0 });
  });

  it('is empty on a blank line', () => {
    assert.deepEqual(paragraphAt(text, 8), { start: 8, end: 8 });
    assert.deepEqual(paragraphAt('', 0), { start: 0, end: 0 });
  });

  it('loses white space, line breaks included, at its ends', () => {
    assert.deepEqual(trimSpan('a  cat \r\n b', { start: 1, end: 9 }), { start: 3, end: 6 });
    assert.deepEqual(trimSpan('a   b', { start: 1, end: 4 }), { start: 1, end: 1 });
  });
});
