import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localFileSystem } from '../../../src/core/files/localFileSystem';

describe('the files of this machine', () => {
  let folder: string;
  const at = (name: string): string => path.join(folder, name);
  const files = localFileSystem((name) => name);
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'pictor-files-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are copied whole, and told by their size', async () => {
    writeFileSync(at('staged'), 'a kite');
    await files.createDirectory(at('deep/assets'));
    await files.copyStaged({ path: at('staged'), bytes: 6 }, at('deep/assets/.tmp'));
    assert.deepEqual([await files.size(at('deep/assets/.tmp')), await files.size(at('nothing'))], [6, undefined]);
    assert.equal(await files.holdsSame({ path: at('staged'), bytes: 6 }, at('deep/assets/.tmp')), true);
    writeFileSync(at('staged'), 'a boat');
    assert.equal(await files.holdsSame({ path: at('staged'), bytes: 6 }, at('deep/assets/.tmp')), false);
  });

  it('never take the place of another one', async () => {
    writeFileSync(at('new'), 'new');
    writeFileSync(at('old'), 'old');
    await assert.rejects(files.rename(at('new'), at('old')), { code: 'EEXIST' });
    await assert.rejects(files.copyStaged({ path: at('new'), bytes: 3 }, at('old')), { code: 'EEXIST' });
    assert.deepEqual([readFileSync(at('old'), 'utf8'), readFileSync(at('new'), 'utf8')], ['old', 'new']);
    await files.rename(at('new'), at('free'));
    assert.deepEqual([existsSync(at('new')), readFileSync(at('free'), 'utf8')], [false, 'new']);
    await files.delete(at('free'));
    assert.deepEqual(readdirSync(folder), ['old']);
  });

  it('that cannot be looked at are no free names', async () => {
    writeFileSync(at('file'), '');
    await assert.rejects(files.size(at('file/below')), { code: 'ENOTDIR' });
  });
});
