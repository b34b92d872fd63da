import assert from 'node:assert/strict';
import { renamedPath } from '../../../src/core/markup/renamedPath';

describe('a path to an image that is renamed', () => {
  for (const [language, before, path, from, to, expected] of [
    ['markdown', '![a](', 'assets/boat.png', 'boat.png', 'my boat.png', 'assets/my%20boat.png'],
    ['markdown', '![a](<', 'assets/old boat.png', 'old boat.png', 'my boat.png', 'assets/my boat.png'],
    ['html', '<img src="', 'assets/boat.png', 'boat.png', 'my #1 boat.png', 'assets/my%20%231%20boat.png'],
    ['latex', '\\includegraphics{', 'assets/boat.png', 'boat.png', 'my 100% boat.png', 'assets/my 100\\% boat.png'],
    ['typst', '#image("', 'assets/boat.png', 'boat.png', 'my boat.png', 'assets/my boat.png'],
    ['typescriptreact', "import boat from '", './assets/boat.png', 'boat.png', 'my boat.png', './assets/my boat.png'],
    ['typescriptreact', '<img src="', 'assets/boat.png', 'boat.png', 'my boat.png', 'assets/my%20boat.png'],
    ['json', '"icon": "', 'assets/boat.png', 'boat.png', 'my boat.png', 'assets/my boat.png'],
    [
      'json',
      '"icon": "',
      'my%20assets/old%20boat.png',
      'old boat.png',
      'my #1 boat.png',
      'my%20assets/my%20%231%20boat.png',
    ],
    ['javascriptreact', 'const Boat = import("', './boat.png', 'boat.png', 'my boat.png', './my boat.png'],
    ['css', 'url(', 'assets/boat.png', 'boat.png', 'my boat.png', 'assets/my%20boat.png'],
    ['plaintext', '', 'boat.png', 'boat.png', 'my boat.png', 'my boat.png'],
  ] as const) {
    it(`is ${expected} in ${language} behind ${JSON.stringify(before)}`, () =>
      assert.equal(renamedPath(language, before, path, { from, to }), expected));
  }
});
