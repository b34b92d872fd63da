import assert from 'node:assert/strict';
import { chosenLinks, foundLinks } from '../../../src/core/markup/chosenLinks';

const CHOSEN = { link: '![A](a-2.png)', path: 'a-2.png' };

/** A document after the choice among images with these links and paths. */
function after(text: string, links: readonly (readonly [whole: string, path: string])[]): string {
  const found = links.flatMap(([whole, path]) => {
    const paths = [];
    for (let at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + 1))
      paths.push({ start: at, end: at + path.length });
    return foundLinks(text, paths, whole);
  });
  return chosenLinks(text, found, CHOSEN)
    .reverse()
    .reduce((now, { start, end, text: put }) => now.slice(0, start) + put + now.slice(end), text);
}

const LINKS = [
  ['![A](a.png)', 'a.png'],
  ['![A](a-1.png)', 'a-1.png'],
] as const;

describe('the links of a chosen image', () => {
  it('take the place of those of the others, wherever they stand', () => {
    assert.equal(after('One ![A](a.png).\n\nTwo ![A](a-1.png).', LINKS), 'One ![A](a-2.png).\n\nTwo ![A](a-2.png).');
  });

  it('are one where several stood side by side, as they were inserted', () => {
    assert.equal(after('One ![A](a.png) ![A](a-1.png) more', LINKS), 'One ![A](a-2.png) more');
  });

  it('leave the words that a user has given them', () => {
    assert.equal(after('One ![My words](a.png) and', LINKS), 'One ![My words](a-2.png) and');
    assert.equal(after('![A](a.png) ![Mine](a-1.png)', LINKS), '![A](a-2.png) ![Mine](a-1.png)');
  });

  it('are none where there was none', () => assert.equal(after('Nothing', LINKS), 'Nothing'));
});
