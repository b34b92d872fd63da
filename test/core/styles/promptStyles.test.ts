import assert from 'node:assert/strict';
import * as v from 'valibot';
import { PictorError } from '../../../src/core/errors';
import {
  BUILT_IN_STYLES,
  PROMPT_STYLES,
  styleBetween,
  styleOf,
  withStyle,
} from '../../../src/core/styles/promptStyles';

describe('prompt styles', () => {
  it('put words around a prompt, and end its sentence only behind them', () => {
    assert.equal(withStyle('A kite. ', { after: ', in ink' }), 'A kite, in ink');
    assert.equal(withStyle('A kite.', { before: 'Sprite: ' }), 'Sprite: A kite.');
    assert.equal(withStyle('A kite.', undefined), 'A kite.');
    assert.equal(withStyle('  ', { after: ', in ink' }), '');
  });

  it('are found again between a prompt and what was sent, whatever became of them since', () => {
    for (const prompt of ['A kite.', 'A kite', 'a, b; ', '…']) {
      for (const style of [...Object.values(BUILT_IN_STYLES), { before: 'Sprite: ' }, { before: 'a', after: 'b' }]) {
        const sent = withStyle(prompt, style);
        assert.equal(withStyle(prompt, styleBetween(prompt.trim(), sent)), sent);
      }
    }
    assert.equal(styleBetween('A kite', 'Something else'), undefined);
    assert.equal(styleBetween('A kite.', 'A kite., in ink'), undefined, 'no style leaves the full stop there');
  });

  it('are read from a text or an object, and nothing else', () => {
    assert.deepEqual(v.parse(PROMPT_STYLES, { Ink: ', in ink', Both: { before: 'a', after: 'b' } }), {
      Ink: { after: ', in ink' },
      Both: { before: 'a', after: 'b' },
    });
    for (const wrong of [{ Ink: 3 }, { Ink: { middle: 'x' } }, { ' ': 'x' }, 'x'])
      assert.equal(v.safeParse(PROMPT_STYLES, wrong).success, false);
  });

  it('of the user come before built-in ones of the same name', () => {
    assert.deepEqual(styleOf({ promptStyle: 'Photograph', styles: { Photograph: { after: ' mine' } } }), {
      after: ' mine',
    });
    assert.equal(styleOf({ promptStyle: 'Watercolor', styles: {} }), BUILT_IN_STYLES.Watercolor);
    assert.equal(styleOf({ styles: {} }), undefined);
  });

  it('that are not there are told with those that are', () => {
    for (const promptStyle of ['Nothing', 'toString', '__proto__']) {
      assert.throws(
        () => styleOf({ promptStyle, styles: {} }),
        (error) =>
          error instanceof PictorError && error.kind === 'invalidSetting' && error.message.includes('Photograph'),
      );
    }
  });
});
