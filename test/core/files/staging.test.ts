import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PictorError } from '../../../src/core/errors';
import { StagingArea, StagingFile } from '../../../src/core/files/staging';
import { itUnless } from '../../runner/itUnless';

const OPEN_FILES = '/proc/self/fd';
const FULL_DISK = '/dev/full';
const missing = (file: string): string | undefined => (existsSync(file) ? undefined : `this system has no ${file}`);

describe('the storage of what has arrived', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'pictor-staging-'));
  const staging = new StagingArea(directory);
  after(() => rmSync(directory, { recursive: true }));

  it('takes pieces of any size, in their order', async () => {
    const pieces = [1, 300_000, 262_143, 262_144, 0, 7].map((length, index) => Buffer.alloc(length, index + 1));
    const file = await staging.create();
    for (const piece of pieces) await file.write(piece);
    const { path: whole, bytes } = await file.finish();
    assert.ok(readFileSync(whole).equals(Buffer.concat(pieces)));
    assert.equal(bytes, 824_295);
  });

  itUnless(missing(OPEN_FILES), 'closes what it has written, and what it has thrown away', async () => {
    const openFiles = (): string[] => readdirSync(OPEN_FILES);
    await staging.add(Buffer.from('warm'));
    const before = openFiles().length;
    for (let times = 0; times < 5; times++) {
      await staging.add(Buffer.from('picture'));
      await (await staging.create()).discard();
    }
    assert.equal(openFiles().length, before);
  });

  itUnless(missing(FULL_DISK), 'says where room is needed when the disk is full', async () => {
    const file = new StagingFile(FULL_DISK, await open(FULL_DISK, 'w'));
    await file.write(Buffer.from('picture'));
    await assert.rejects(
      file.finish(),
      (error) =>
        error instanceof PictorError &&
        error.kind === 'notSaved' &&
        error.message.includes('ENOSPC') &&
        error.message.includes(FULL_DISK),
    );
  });
});
