import assert from 'node:assert/strict';
import { PictorError } from '../../../src/core/errors';
import { FileSaver, type FileSystem } from '../../../src/core/files/saveFile';
import type { StagedFile } from '../../../src/core/files/staging';

/** Files in memory. Every operation takes a turn of the event loop, so that races are real. */
class MemoryFileSystem implements FileSystem {
  readonly files = new Map<string, Uint8Array>();

  async createDirectory(): Promise<void> {
    await this.turn();
  }

  async copyStaged(file: StagedFile, path: string): Promise<void> {
    await this.turn();
    // In these tests, a staged file's path is its content.
    this.files.set(path, bytesOf(file.path));
  }

  async size(path: string): Promise<number | undefined> {
    await this.turn();
    return this.files.get(path)?.length;
  }

  /** As rename(2) does, it would replace the target: the saver must not let it come to that. */
  async rename(from: string, to: string): Promise<void> {
    await this.turn();
    const bytes = this.files.get(from);
    if (!bytes) throw new Error(`no ${from}`);
    this.files.delete(from);
    this.files.set(to, bytes);
  }

  async delete(path: string): Promise<void> {
    await this.turn();
    this.files.delete(path);
  }

  async holdsSame(file: StagedFile, path: string): Promise<boolean> {
    await this.turn();
    return Buffer.from(this.files.get(path) ?? []).equals(bytesOf(file.path));
  }

  private turn(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }
}

const PLACE = { directory: '/ws/assets', baseName: 'cat' };
const staged = (text: string): StagedFile => ({ path: text, bytes: text.length });
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('saving a file', () => {
  it('lets ten images of one prompt land at once, each under its own name and whole', async () => {
    const fileSystem = new MemoryFileSystem();
    fileSystem.files.set('/ws/assets/cat.png', bytesOf('old'));
    const saver = new FileSaver(fileSystem);
    const paths = await Promise.all(
      Array.from({ length: 10 }, (_, index) => saver.save(staged(`picture ${index}`), PLACE, 'png')),
    );
    assert.equal(new Set(paths).size, 10);
    paths.forEach((path, index) => assert.deepEqual(fileSystem.files.get(path), bytesOf(`picture ${index}`)));
    assert.deepEqual(fileSystem.files.get('/ws/assets/cat.png'), bytesOf('old'));
    assert.deepEqual([...fileSystem.files.keys()].sort(), ['/ws/assets/cat.png', ...paths].sort());
    assert.ok(paths.includes('/ws/assets/cat-1.png') && paths.includes('/ws/assets/cat-10.png'));
  });

  it('does not let names race that differ only in case', async () => {
    const saver = new FileSaver(new MemoryFileSystem());
    const paths = await Promise.all([
      saver.save(staged('1'), PLACE, 'png'),
      saver.save(staged('2'), { ...PLACE, baseName: 'CAT' }, 'png'),
    ]);
    assert.notEqual(paths[0].toLowerCase(), paths[1].toLowerCase());
  });

  it('takes the next name when another program was quicker', async () => {
    const fileSystem = new MemoryFileSystem();
    const rename = fileSystem.rename.bind(fileSystem);
    let first = true;
    fileSystem.rename = async (from, to) => {
      if (first) {
        first = false;
        fileSystem.files.set(to, bytesOf('theirs'));
        throw new Error('exists');
      }
      await rename(from, to);
    };
    assert.equal(await new FileSaver(fileSystem).save(staged('ours'), PLACE, 'png'), '/ws/assets/cat-1.png');
    assert.deepEqual(fileSystem.files.get('/ws/assets/cat.png'), bytesOf('theirs'));
  });

  it('refuses a file that was not written whole, and leaves nothing behind', async () => {
    const fileSystem = new MemoryFileSystem();
    const copy = fileSystem.copyStaged.bind(fileSystem);
    fileSystem.copyStaged = (file, path) => copy(staged(file.path.slice(1)), path);
    await assert.rejects(new FileSaver(fileSystem).save(staged('12345'), PLACE, 'png'), (error) => {
      return error instanceof PictorError && error.kind === 'notSaved' && error.message.includes('only 4 of 5 bytes');
    });
    assert.equal(fileSystem.files.size, 0);
  });

  it('says that nothing was written where there is no file', async () => {
    const fileSystem = new MemoryFileSystem();
    fileSystem.copyStaged = () => Promise.resolve();
    await assert.rejects(new FileSaver(fileSystem).save(staged('12345'), PLACE, 'png'), /only 0 of 5 bytes/);
  });

  it('finds what an earlier process has saved, among files of the same size and others', async () => {
    const fileSystem = new MemoryFileSystem();
    const saver = new FileSaver(fileSystem);
    for (const [name, text] of [
      ['cat', 'them'],
      ['cat-1', 'longer'],
      ['cat-2', 'ours'],
    ] as const)
      fileSystem.files.set(`/ws/assets/${name}.png`, bytesOf(text));
    assert.equal(await saver.save(staged('ours'), PLACE, 'png', true), '/ws/assets/cat-2.png');
    assert.equal(fileSystem.files.size, 3);
    assert.equal(await saver.save(staged('mine'), PLACE, 'png', true), '/ws/assets/cat-3.png');
    assert.equal(
      await saver.save(staged('ours'), PLACE, 'png'),
      '/ws/assets/cat-4.png',
      'who asks for the first time gets a file of its own',
    );
  });

  it('does not search a folder full of one name for ever', async () => {
    const fileSystem = new MemoryFileSystem();
    const looked: string[] = [];
    fileSystem.size = (path) => {
      if (path.endsWith('.tmp')) return Promise.resolve(4);
      looked.push(path);
      return Promise.resolve(1);
    };
    await assert.rejects(new FileSaver(fileSystem).save(staged('ours'), PLACE, 'png'), /every name is taken/);
    assert.equal(looked.length, 100_000);
  });

  it('says which folder refuses, and why', async () => {
    const fileSystem = new MemoryFileSystem();
    fileSystem.createDirectory = () => Promise.reject(new Error('read-only file system'));
    await assert.rejects(
      new FileSaver(fileSystem).save(staged('x'), PLACE, 'png'),
      /could not be saved in \/ws\/assets: read-only file system/,
    );
  });

  it('keeps the order of the images of one request, whichever comes first', async () => {
    const fileSystem = new MemoryFileSystem();
    for (const name of ['cat.png', 'cat-2.png']) fileSystem.files.set(`/ws/assets/${name}`, bytesOf('old'));
    const saver = new FileSaver(fileSystem);
    const first = await saver.freeRow(PLACE, 'png', 3);
    assert.equal(first, 3, 'there is no room for three before it');
    assert.equal(await saver.freeRow(PLACE, 'png', 1), 1);
    const paths = await Promise.all(
      [2, 0, 1].map((index) => saver.save(staged(`${index}`), PLACE, 'png', false, first + index)),
    );
    assert.deepEqual(paths, ['/ws/assets/cat-5.png', '/ws/assets/cat-3.png', '/ws/assets/cat-4.png']);
  });
});
