import assert from 'node:assert/strict';
import sharp from 'sharp';
import { embedRecipe, readEmbeddedRecipe } from '../../../src/core/recipe/pngRecipe';
import { parseRecipe, recipeOf, recipeText } from '../../../src/core/recipe/recipe';
import { record } from '../jobs/records';

const PROMPT = 'A kite <b> & "dunes" — 子猫 🪁\nsecond line';
const RECIPE = recipeOf(record(PROMPT, { style: 'Ink', prompt: 'A kite' }), { size: '64x64', revisedPrompt: 'A red kite' });

async function png(): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 8, channels: 3, background: '#336699' } }).png().toBuffer();
}

describe('a recipe', () => {
  it('holds what was asked for, and no key and no address', () => {
    assert.deepEqual([RECIPE.prompt, RECIPE.sentPrompt, RECIPE.style, RECIPE.service, RECIPE.model, RECIPE.size], ['A kite', PROMPT, 'Ink', 'LemonData', 'flux-pro', '64x64']);
    assert.ok(!recipeText(RECIPE).includes('https://'));
  });

  it('is read again from its file, and from no other text', () => {
    assert.deepEqual(parseRecipe(recipeText(RECIPE)), JSON.parse(JSON.stringify(RECIPE)));
    for (const text of ['', '{}', '[]', '{"pictor":2}', 'null', '{"pictor":1,"prompt":3}']) assert.equal(parseRecipe(text), undefined);
  });

  it('is put into a PNG that other programs still read, with its XMP', async () => {
    const original = await png();
    const embedded = embedRecipe(original, RECIPE);
    assert.ok(Buffer.isBuffer(embedded));
    assert.deepEqual(readEmbeddedRecipe(embedded), JSON.parse(JSON.stringify(RECIPE)));
    const metadata = await sharp(embedded, { failOn: 'warning' }).metadata();
    assert.match(metadata.xmp?.toString('utf8') ?? '', /<dc:description>[\s\S]*A kite/);
    assert.deepEqual(await sharp(embedded, { failOn: 'warning' }).raw().toBuffer(), await sharp(original).raw().toBuffer());
  });

  it('breaks no signature, no XMP, and no other kind of picture', async () => {
    const original = await png();
    const withChunk = (type: string, data: string): Buffer => {
      const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(type + data, 'latin1'), Buffer.alloc(4)]);
      chunk.writeUInt32BE(data.length);
      return Buffer.concat([original.subarray(0, 33), chunk, original.subarray(33)]);
    };
    assert.equal(embedRecipe(withChunk('caBX', 'jumb'), RECIPE), 'signed');
    assert.equal(embedRecipe(withChunk('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0<x/>'), RECIPE), 'hasXmp');
    assert.equal(embedRecipe(await sharp(original).webp().toBuffer(), RECIPE), 'notPng');
  });

  it('is not found where there is none, or in what is torn', async () => {
    const embedded = embedRecipe(await png(), RECIPE);
    assert.ok(Buffer.isBuffer(embedded));
    assert.equal(readEmbeddedRecipe(await png()), undefined);
    for (let length = 0; length < embedded.length; length += 7) assert.doesNotThrow(() => readEmbeddedRecipe(embedded.subarray(0, length)));
  });
});
