import * as vscode from 'vscode';
import { promptOf, type JobImage, type JobRecord, type SavedImage } from '../../core/jobs/jobRecord';
import type { Journal } from '../../core/jobs/journal';
import type { GalleryItem, GalleryState } from '../../protocol';
import { belongsHere } from '../jobs/belongsHere';
import type { JobRecords } from '../jobs/jobRecords';

/** What is looked for; absent parts do not matter. */
export interface GalleryFilter {
  readonly text?: string;
  readonly model?: string;
  /** The address of the document that asked. */
  readonly document?: string;
}

/** An image with the job that made it. */
export interface GalleryImage {
  readonly id: string;
  readonly record: JobRecord;
  readonly saved: SavedImage;
}

/** So much of a prompt names an image in a list. */
const MAX_PROMPT_CHARACTERS = 160;

/** Every image that was generated for this workspace, from the records of its jobs. */
export class Gallery {
  #amending: Promise<void> = Promise.resolve();
  #shown: { readonly of: readonly JobRecord[]; readonly records: readonly JobRecord[] } | undefined;
  readonly #folders: vscode.Disposable;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly records: JobRecords,
    private readonly journal: Pick<Journal, 'isOpen' | 'amend' | 'remove'>,
  ) {
    this.#folders = vscode.Disposable.from(
      records.onDidChange(() => this.#changed.fire()),
      // Other folders have other images.
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.#shown = undefined;
        this.#changed.fire();
      }),
    );
  }

  load(): Promise<void> {
    return this.records.load();
  }

  find(id: string): GalleryImage | undefined {
    const { jobId, index } = splitImageId(id);
    const record = this.shown(jobId);
    const saved = record?.images.find((image) => image.index === index)?.saved;
    return record && saved && { id, record, saved };
  }

  /** Every image, the newest request first. */
  *all(): Generator<GalleryImage> {
    for (const record of this.newestFirst()) for (const made of imagesOf(record)) yield made;
  }

  /** Images of one job. */
  ofJob(jobId: string): GalleryImage[] {
    const record = this.shown(jobId);
    return record ? imagesOf(record) : [];
  }

  /** Images whose file is at an address. */
  at(uri: vscode.Uri): GalleryImage[] {
    const address = uri.toString();
    return [...this.all()].filter(({ saved }) => saved.uri === address);
  }

  /** Different prompts, the newest first. */
  prompts(max: number): string[] {
    const found = new Set<string>();
    for (const record of this.newestFirst()) {
      found.add(promptOf(record));
      if (found.size >= max) break;
    }
    return [...found];
  }

  state(filter: GalleryFilter): GalleryState {
    const items: GalleryItem[] = [];
    const models = new Set<string>();
    const documents = new Map<string, string>();
    let total = 0;
    const words = filter.text?.trim().toLowerCase().split(/\s+/).filter(Boolean) ?? [];
    for (const record of this.newestFirst()) {
      models.add(record.request.model);
      const document = documentOf(record);
      if (document) documents.set(document, vscode.workspace.asRelativePath(vscode.Uri.parse(document)));
      const isWanted =
        (filter.model ?? record.request.model) === record.request.model &&
        (!filter.document || filter.document === document);
      const made = imagesOf(record);
      total += made.length;
      if (isWanted && hasWords(record, words)) items.push(...made.map(itemOf));
    }
    return {
      items,
      total,
      models: [...models].sort(),
      documents: [...documents]
        .map(([value, label]) => ({ value, label }))
        .sort((a, b) => a.label.localeCompare(b.label)),
    };
  }

  /** An image has another place, or none any more. The record is written anew; a job without images is forgotten. */
  amend({ id }: Pick<GalleryImage, 'id'>, saved: SavedImage | undefined): Promise<void> {
    // One after the other: each begins with what the one before it has left.
    const amended = this.#amending.then(() => this.write(id, saved));
    this.#amending = amended.catch(() => undefined);
    return amended;
  }

  /** Files of this workspace were moved, by whomever. */
  async follow(files: readonly { readonly oldUri: vscode.Uri; readonly newUri: vscode.Uri }[]): Promise<void> {
    await this.load();
    for (const { oldUri, newUri } of files) {
      const from = oldUri.toString();
      for (const made of [...this.all()]) {
        const { uri } = made.saved;
        if (uri !== from && !uri.startsWith(`${from}/`)) continue;
        await this.amend(made, { ...made.saved, uri: newUri.toString() + uri.slice(from.length) });
      }
    }
  }

  dispose(): void {
    this.#folders.dispose();
    this.#changed.dispose();
  }

  private async write(id: string, saved: SavedImage | undefined): Promise<void> {
    const { jobId, index } = splitImageId(id);
    const record = this.shown(jobId);
    if (!record) return;
    const images = record.images.flatMap((image): JobImage[] => {
      if (image.index !== index) return [image];
      return saved ? [{ ...image, saved }] : [];
    });
    const changed = { ...record, images };
    // One with something left to do is written by whoever does that.
    const isOpen = await this.journal.isOpen(jobId);
    if (!isOpen) await (images.length === 0 ? this.journal.remove(record) : this.journal.amend(changed));
    if (images.length === 0 && !isOpen) this.records.forget(jobId);
    else this.records.take(changed, isOpen);
  }

  private shown(jobId: string): JobRecord | undefined {
    const record = this.records.find(jobId);
    return record && isShown(record) ? record : undefined;
  }

  private newestFirst(): readonly JobRecord[] {
    const of = this.records.newestFirst;
    if (this.#shown?.of !== of) this.#shown = { of, records: of.filter(isShown) };
    return this.#shown.records;
  }
}

function isShown(record: JobRecord): boolean {
  return belongsHere(record) && record.target.recipe !== 'none' && record.images.some(({ saved }) => saved);
}

/** The name of an image, for the webview. */
function imageId(record: JobRecord, { index }: JobImage): string {
  return `${record.id}/${index}`;
}

function splitImageId(id: string): { jobId: string; index: number } {
  const [jobId = '', index] = id.split('/');
  return { jobId, index: Number(index) };
}

function imagesOf(record: JobRecord): GalleryImage[] {
  return record.images.flatMap((image) =>
    image.saved ? [{ id: imageId(record, image), record, saved: image.saved }] : [],
  );
}

function itemOf({ id, record }: GalleryImage): GalleryItem {
  return {
    id,
    prompt: promptOf(record).slice(0, MAX_PROMPT_CHARACTERS).replace(/\s+/g, ' '),
    model: record.request.model,
    createdMs: record.createdMs,
  };
}

function hasWords(record: JobRecord, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = [record.request.prompt, ...record.images.map(({ revisedPrompt }) => revisedPrompt)]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

function documentOf({ target }: JobRecord): string | undefined {
  return (
    target.anchor?.document ??
    (target.document && vscode.Uri.parse(target.root).with({ path: target.document.path }).toString())
  );
}
