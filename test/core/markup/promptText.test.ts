import assert from 'node:assert/strict';
import { promptText } from '../../../src/core/markup/promptText';

describe('the prompt of a selected text', () => {
  const markdown: [string, string][] = [
    ['A **paper _boat_** on `calm` water', 'A paper boat on calm water'],
    ['## A heading', 'A heading'],
    ['- A fox\n- A hen', 'A fox\nA hen'],
    ['> An *old* keeper', 'An old keeper'],
    [
      'A map with a [dotted path](https://example.com "x") to ![treasure](t.png)',
      'A map with a dotted path to treasure',
    ],
    ['~~No~~ yes', 'No yes'],
    ['| A | B |\n|---|---|\n| one | two |', 'A B\none two'],
    ['A <b>bold</b> cat <!-- secret -->', 'A bold cat'],
    ['<div>A cat</div>', 'A cat'],
    ['First line\nsecond line', 'First line\nsecond line'],
    ['1984 was a year. 5 * 3 = 15', '1984 was a year. 5 * 3 = 15'],
    ['雨中的**灯塔**', '雨中的灯塔'],
    ['    indented sentence', 'indented sentence'],
    ['Line[^1]\n\n[ref]: https://example.com', 'Line[^1]'],
  ];
  for (const [source, prompt] of markdown) {
    it(`of Markdown ${JSON.stringify(source)}`, () => assert.equal(promptText(source, 'markdown'), prompt));
  }

  it('loses the tags of HTML and reads its entities', () => {
    assert.equal(promptText('<p class="x">A cat &amp; a\n  dog</p>', 'html'), 'A cat & a\ndog');
    assert.equal(
      promptText('&lt;A &amp; B&gt; &quot;C&quot; &apos;D&apos; &unknown; E&nbsp;F', 'html'),
      '<A & B> "C" \'D\' &unknown; E F',
    );
    assert.equal(promptText('One <!-- two --> three <!-- four --> five <!-- open', 'html'), 'One three five');
  });

  it('of other languages is the text itself', () => {
    assert.equal(promptText('  x = a * b  # **bold**', 'python'), 'x = a * b # **bold**');
  });
});
