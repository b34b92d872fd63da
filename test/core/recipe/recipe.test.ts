import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { StagingArea } from '../../../src/core/files/staging';
import { withEmbeddedRecipe } from '../../../src/core/recipe/keepRecipe';
import { embedRecipe, readEmbeddedRecipe } from '../../../src/core/recipe/pngRecipe';
import { recipeOf } from '../../../src/core/jobs/recipeOf';
import { parseRecipe, recipeText } from '../../../src/core/recipe/recipe';
import { record } from '../jobs/records';

const PROMPT = 'A kite <b> & "dunes" — 子猫 🪁\nsecond line';
const RECIPE = recipeOf(record(PROMPT, { style: 'Ink', prompt: 'A kite' }), {
  size: '64x64',
  revisedPrompt: 'A red kite',
});

async function png(): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 8, channels: 3, background: '#336699' } })
    .png()
    .toBuffer();
}

describe('a recipe', () => {
  it('holds what was asked for, and no key and no address', () => {
    assert.deepEqual(
      [RECIPE.prompt, RECIPE.sentPrompt, RECIPE.style, RECIPE.service, RECIPE.model, RECIPE.size],
      ['A kite', PROMPT, 'Ink', 'LemonData', 'flux-pro', '64x64'],
    );
    assert.ok(!recipeText(RECIPE).includes('https://'));
  });

  it('can be read by a person in its file', () => {
    assert.match(recipeText(RECIPE), /^\{\n {2}"pictor": 1,\n {2}"[^]*\}\n$/);
  });

  it('goes into a copy of a PNG, and not into what is none', async () => {
    const staging = new StagingArea(mkdtempSync(path.join(tmpdir(), 'pictor-recipe-')));
    const file = await staging.add(await png());
    const kept = await withEmbeddedRecipe(file, RECIPE, staging);
    assert.ok('file' in kept && kept.file.path !== file.path);
    assert.equal(readEmbeddedRecipe(readFileSync(kept.file.path))?.prompt, 'A kite');
    assert.equal(
      'reason' in (await withEmbeddedRecipe(await staging.add(Buffer.from('GIF89a')), RECIPE, staging)),
      true,
    );
  });

  it('is read again from its file, and from no other text', () => {
    assert.deepEqual(parseRecipe(recipeText(RECIPE)), JSON.parse(JSON.stringify(RECIPE)));
    for (const text of ['', '{}', '[]', '{"pictor":2}', 'null', '{"pictor":1,"prompt":3}'])
      assert.equal(parseRecipe(text), undefined);
  });

  it('is put into a PNG that other programs still read, with its XMP', async () => {
    const original = await png();
    const embedded = embedRecipe(original, RECIPE);
    assert.ok(Buffer.isBuffer(embedded));
    assert.deepEqual(readEmbeddedRecipe(embedded), JSON.parse(JSON.stringify(RECIPE)));
    const metadata = await sharp(embedded, { failOn: 'warning' }).metadata();
    assert.match(metadata.xmp?.toString('utf8') ?? '', /<dc:description>[\s\S]*A kite/);
    assert.deepEqual(
      await sharp(embedded, { failOn: 'warning' }).raw().toBuffer(),
      await sharp(original).raw().toBuffer(),
    );
  });

  it('breaks no signature, no XMP, and no other kind of image', async () => {
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

  it('is valid XML, whatever control characters stand in it', async () => {
    const embedded = embedRecipe(await png(), { ...RECIPE, prompt: 'A\u0001B\u0002C\u0003\tD\nE' });
    assert.ok(Buffer.isBuffer(embedded));
    const { xmp } = await sharp(embedded).metadata();
    assert.match(xmp?.toString('utf8') ?? '', /<rdf:li xml:lang="x-default">A B C \tD\nE<\/rdf:li>/);
    assert.doesNotMatch(xmp?.toString('utf8') ?? '\u0001', /(?![\t\n\r])\p{Cc}/u);
    assert.equal(readEmbeddedRecipe(embedded)?.prompt, 'A\u0001B\u0002C\u0003\tD\nE');
  });

  it('is not found where there is none, or in what is torn', async () => {
    const embedded = embedRecipe(await png(), RECIPE);
    assert.ok(Buffer.isBuffer(embedded));
    assert.equal(readEmbeddedRecipe(await png()), undefined);
    // The chunk stands behind the header, and says its own length.
    const end = 33 + 12 + embedded.readUInt32BE(33);
    for (let length = 0; length < end; length += 7)
      assert.equal(readEmbeddedRecipe(embedded.subarray(0, length)), undefined, `${length} of ${end} bytes`);
    assert.ok(readEmbeddedRecipe(embedded.subarray(0, end)), 'it is whole before the first pixel');
  });
});
