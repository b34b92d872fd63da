import assert from 'node:assert/strict';
import { shownOptions } from '../../../media/form/shownOptions';
import { changedGallery } from '../../../media/gallery/changedGallery';
import { told, type Told } from '../../../media/told';
import type { GalleryItem, GalleryState, ImageDetails } from '../../../src/protocol';

const item = (id: string, prompt = id): GalleryItem => ({ id, prompt, model: 'm', createdMs: 1 });
const gallery = (...items: GalleryItem[]): GalleryState => ({
  items,
  total: items.length,
  models: ['m'],
  documents: [],
});
const details = (id: string): ImageDetails => ({ id }) as ImageDetails;
const NOTHING: Told = { cards: [] };

describe('a gallery that changes', () => {
  it('has the newest request first, and the images of one in their order', () => {
    const before = gallery(item('c/0'), item('a/0'), item('a/10'));
    const { items, total } = changedGallery(before, {
      changed: [item('b/0'), item('a/2'), item('a/0', 'renamed')],
      gone: ['c/0', 'nowhere'],
      total: 4,
      models: ['m'],
      documents: [],
    });
    assert.deepEqual(
      [items.map(({ id }) => id), items[1]?.prompt, total],
      [['b/0', 'a/0', 'a/2', 'a/10'], 'renamed', 4],
    );
  });

  it('is the same list where no image has changed', () => {
    const before = gallery(item('a/0'));
    const after = changedGallery(before, { changed: [], gone: [], total: 1, models: ['n'], documents: [] });
    assert.equal(after.items, before.items);
    assert.deepEqual(after.models, ['n']);
  });
});

describe('what the page is told', () => {
  it('is an image only where it is still wanted', () => {
    const answer = { type: 'details', details: details('a') } as const;
    assert.equal(told(NOTHING, answer, 'a').details?.id, 'a');
    assert.equal(told(NOTHING, answer, 'b').details, undefined);
    assert.equal(told({ ...NOTHING, details: details('a') }, answer, undefined).details?.id, 'a', 'it is shown');
  });

  it('closes an image that is gone, and no other', () => {
    const shown = { ...NOTHING, details: details('a') };
    assert.equal(told(shown, { type: 'imageGone', id: 'a' }, undefined).details, undefined);
    assert.equal(told(shown, { type: 'imageGone', id: 'b' }, undefined).details?.id, 'a');
  });

  it('is no change of a gallery that was never told', () => {
    const changes = { changed: [item('a/0')], gone: [], total: 1, models: [], documents: [] };
    assert.equal(told(NOTHING, { type: 'galleryChanges', changes }, undefined), NOTHING);
    const shown = told(NOTHING, { type: 'gallery', state: gallery() }, undefined);
    assert.deepEqual(told(shown, { type: 'galleryChanges', changes }, undefined).gallery?.items, [item('a/0')]);
  });

  it('shows the form where the prompt or the model is spoken of', () => {
    const shown = { ...NOTHING, details: details('a') };
    for (const message of [{ type: 'prompt', text: '', focus: true }, { type: 'chooseModel' }] as const)
      assert.equal(told(shown, message, undefined).details, undefined);
  });
});

describe('the options of a list', () => {
  const all = ['flux-pro', 'gpt-image', 'gpt-image-mini'].map((value) => ({ value, label: value }));
  const shown = (typed: string | undefined, value = 'flux-pro'): string[] =>
    shownOptions(all, typed, value).options.map((option) => option.value);

  it('are all as long as nothing else is typed', () => {
    assert.deepEqual(shown(undefined), ['flux-pro', 'gpt-image', 'gpt-image-mini']);
    assert.deepEqual(shown('flux-pro'), ['flux-pro', 'gpt-image', 'gpt-image-mini']);
    assert.equal(shownOptions(all, 'flux-pro', 'flux-pro').isSearching, false);
  });

  it('begin with the very word, and with what begins with it; what is none of them is one too', () => {
    assert.deepEqual(shown('GPT-image'), ['gpt-image', 'gpt-image-mini', 'GPT-image']);
    assert.deepEqual(shown('mini'), ['gpt-image-mini', 'mini']);
  });

  it('are chosen by typing one to its end, or one that is not there', () => {
    const typedOut = (typed: string): string | undefined => shownOptions(all, typed, 'flux-pro').typedOut?.value;
    assert.deepEqual(['gpt-image', 'other-9', 'gpt', '', 'flux-pro'].map(typedOut), [
      'gpt-image',
      'other-9',
      undefined,
      undefined,
      undefined,
    ]);
  });
});
