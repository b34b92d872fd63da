import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { JobRecord, SavedImage } from '../../src/core/jobs/jobRecord';
import { JobRecords } from '../../src/host/jobs/jobRecords';
import { Gallery } from '../../src/host/gallery/gallery';
import { record } from '../core/jobs/records';
import { findLinkedDocuments } from '../../src/host/document/linkedDocuments';
import { replaceInDocument } from '../../src/host/gallery/replaceInDocument';
import { linkFor } from '../../src/host/document/linkFor';
import { folder, openDocument } from './support';

/** A journal of finished jobs in memory. */
class Finished {
  readonly records = new Map<string, JobRecord>();
  readonly journal = {
    readDone: () => Promise.resolve({ records: [...this.records.values()], setAside: [] }),
    readOpen: () => Promise.resolve({ records: [], setAside: [] }),
    read: (id: string) => Promise.resolve(this.records.get(id)),
    isOpen: () => Promise.resolve(false),
    remove: ({ id }: Pick<JobRecord, 'id'>) => Promise.resolve(void this.records.delete(id)),
    amend: (changed: JobRecord) => Promise.resolve(void this.records.set(changed.id, changed)),
  };
}

function saved(name: string): SavedImage {
  return {
    uri: vscode.Uri.joinPath(folder('alpha'), 'assets', name).toString(),
    alt: name,
    mediaType: 'image/png',
    bytes: 1,
    used: {},
    asked: {},
    differences: [],
  };
}

function job(names: readonly string[], changes: Partial<JobRecord> = {}): JobRecord {
  const base = record('A prompt of words', {
    state: 'saved',
    images: names.map((name, index) => ({ index, source: { kind: 'gone' }, used: {}, saved: saved(name) })),
    ...changes,
  });
  return { ...base, target: { ...base.target, workspaceFolder: folder('alpha').toString() } };
}

async function galleryOf(...jobs: readonly JobRecord[]): Promise<{ gallery: Gallery; disk: Finished }> {
  const disk = new Finished();
  for (const one of jobs) disk.records.set(one.id, one);
  const records = new JobRecords(disk.journal, () => assert.fail('nothing is broken'));
  const gallery = new Gallery(records, disk.journal);
  await gallery.load();
  return { gallery, disk };
}

describe('the records of a window', () => {
  it('are not set back by a look that began before they were written', async () => {
    const old = { ...job(['a.png']), state: 'delivered' as const };
    const disk = new Finished();
    const records = new JobRecords(
      {
        ...disk.journal,
        readOpen: () => {
          records.take({ ...old, state: 'saved' }, false);
          return Promise.resolve({ records: [old], setAside: [] });
        },
      },
      () => assert.fail('nothing is broken'),
    );
    await records.refresh();
    assert.deepEqual([records.find(old.id)?.state, records.isOpen(old.id)], ['saved', false]);
  });
});

describe('the gallery of a workspace', () => {
  it('forgets several images of one job, each once, and the job with the last one', async () => {
    const { gallery, disk } = await galleryOf(job(['a.png', 'b.png', 'c.png', 'd.png']));
    const all = [...gallery.all()];
    await Promise.all(all.slice(1).map((made) => gallery.amend(made, undefined)));
    assert.deepEqual(
      [...gallery.all()].map(({ saved: { alt } }) => alt),
      ['a.png'],
    );
    assert.deepEqual(
      [...disk.records.values()].map(({ images }) => images.length),
      [1],
    );
    for (const made of all) await gallery.amend(made, undefined);
    assert.equal(disk.records.size, 0);
  });

  it('follows every image of a folder that is renamed', async () => {
    const { gallery, disk } = await galleryOf(job(['a.png', 'b.png']));
    const to = vscode.Uri.joinPath(folder('alpha'), 'images');
    await gallery.follow([{ oldUri: vscode.Uri.joinPath(folder('alpha'), 'assets'), newUri: to }]);
    const uris = [...disk.records.values()].flatMap(({ images }) => images.map((image) => image.saved?.uri));
    assert.deepEqual(
      uris,
      ['a.png', 'b.png'].map((name) => vscode.Uri.joinPath(to, name).toString()),
    );
  });

  it('puts the chosen image wherever another one of its request is, and leaves one where they stand beside each other', async () => {
    const { gallery } = await galleryOf(job(['r1.png', 'r2.png', 'r3.png']));
    const all = [...gallery.all()];
    const [one, two, three] = all;
    assert.ok(one && two && three);
    const { document } = await openDocument('');
    const link = (made: typeof one): string => linkFor(made.saved, document);
    const write = async (text: string): Promise<void> => {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
      await vscode.workspace.applyEdit(edit);
    };
    await write(`${link(one)} ${link(two)} ${link(three)}\n\nSome words.\n\n${link(one)}\n`);
    assert.equal(await replaceInDocument(three, all), true);
    assert.equal(document.getText(), `${link(three)}\n\nSome words.\n\n${link(three)}\n`);
    await write(`![my words](${/\((.*)\)/.exec(link(one))?.[1]}) ${link(two)}\n`);
    assert.equal(await replaceInDocument(three, all), true);
    assert.equal(document.getText(), `![my words](${/\((.*)\)/.exec(link(three))?.[1]})\n`);
    await write('Nothing.\n');
    assert.equal(await replaceInDocument(three, all), false);
  });

  it('finds links in the cells of a notebook, open or not', async () => {
    const image = vscode.Uri.joinPath(folder('alpha'), 'assets', 'in-a-notebook.png');
    const uri = vscode.Uri.joinPath(folder('alpha'), 'linked.ipynb');
    const cell = { cell_type: 'markdown', metadata: {}, source: ['![a](assets/in-a-notebook.png)'] };
    await vscode.workspace.fs.writeFile(
      uri,
      Buffer.from(JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 })),
    );
    assert.deepEqual((await findLinkedDocuments(image)).map(String), [uri.toString()]);
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    await vscode.window.showNotebookDocument(notebook);
    assert.deepEqual((await findLinkedDocuments(image)).map(String), [notebook.cellAt(0).document.uri.toString()]);
    await vscode.workspace.fs.delete(uri);
  });

  it('shows what belongs here, and nothing that was not to be kept', async () => {
    const elsewhere = job(['e.png'], { id: '018bcfe5-6800-7000-8000-000000000001' });
    const unkept = job(['u.png'], { id: '018bcfe5-6800-7000-8000-000000000002' });
    const { gallery } = await galleryOf(
      job(['a.png']),
      { ...elsewhere, target: { ...elsewhere.target, workspaceFolder: `${folder('alpha').toString()}-two` } },
      { ...unkept, target: { ...unkept.target, recipe: 'none' } },
    );
    assert.equal(gallery.state({}).total, 1);
    assert.equal(gallery.state({ text: 'PROMPT words' }).items.length, 1);
    assert.equal(gallery.state({ text: 'prompt sentences' }).items.length, 0);
    assert.equal(gallery.state({ model: 'flux-pro' }).items.length, 1);
    assert.equal(gallery.state({ model: 'other' }).items.length, 0);
  });
});
