import * as vscode from 'vscode';
import { promptOf, type JobPicture, type JobRecord, type SavedPicture } from '../../core/jobs/jobRecord';
import type { GalleryItem, GalleryState } from '../../protocol';
import { belongsHere } from '../jobs/belongsHere';
import type { JobStore } from '../jobs/jobStore';

/** What is looked for; absent parts do not matter. */
export interface GalleryFilter {
  readonly text?: string;
  readonly model?: string;
  /** The address of the document that asked. */
  readonly document?: string;
}

/** A picture with the job that made it. */
export interface MadePicture {
  readonly id: string;
  readonly record: JobRecord;
  readonly saved: SavedPicture;
}

/** So much of a prompt names a picture in a list. */
const MAX_PROMPT_CHARACTERS = 160;

/** Every picture that was made for this workspace, from the records of its jobs. */
export class Gallery {
  readonly #records = new Map<string, JobRecord>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #loading: Promise<void> | undefined;
  #amending: Promise<void> = Promise.resolve();
  #sorted: readonly JobRecord[] | undefined;

  constructor(private readonly jobs: Pick<JobStore, 'journal'>) {}

  /** Reads the records once. Later ones are told by `take`. */
  load(): Promise<void> {
    return (this.#loading ??= this.read().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    }));
  }

  /** Other folders have other pictures. */
  reload(): Promise<void> {
    this.#records.clear();
    this.#loading = undefined;
    return this.load();
  }

  /** The newest version of a record. */
  take(record: JobRecord): void {
    if (isShown(record)) this.#records.set(record.id, record);
    else if (!this.#records.delete(record.id)) return;
    this.changed();
  }

  find(id: string): MadePicture | undefined {
    const { jobId, index } = partsOf(id);
    const record = this.#records.get(jobId);
    const saved = record?.pictures.find((picture) => picture.index === index)?.saved;
    return record && saved && { id, record, saved };
  }

  /** Every picture, the newest request first. */
  *all(): Generator<MadePicture> {
    for (const record of this.newestFirst()) for (const made of picturesOf(record)) yield made;
  }

  /** Pictures of one job. */
  ofJob(jobId: string): MadePicture[] {
    const record = this.#records.get(jobId);
    return record ? picturesOf(record) : [];
  }

  /** Pictures whose file is at an address. */
  at(uri: vscode.Uri): MadePicture[] {
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
      const made = picturesOf(record);
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

  /** A picture has another place, or none any more. The record is written anew; a job without pictures is forgotten. */
  amend({ id }: Pick<MadePicture, 'id'>, saved: SavedPicture | undefined): Promise<void> {
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
    this.#changed.dispose();
  }

  private async write(id: string, saved: SavedPicture | undefined): Promise<void> {
    const { jobId, index } = partsOf(id);
    const record = this.#records.get(jobId);
    if (!record) return;
    const pictures = record.pictures.flatMap((picture): JobPicture[] => {
      if (picture.index !== index) return [picture];
      return saved ? [{ ...picture, saved }] : [];
    });
    const changed = { ...record, pictures };
    // One with something left to do is written by whoever does that.
    if (!(await this.jobs.journal.isOpen(jobId)))
      await (pictures.length === 0 ? this.jobs.journal.remove(record) : this.jobs.journal.amend(changed));
    this.take(changed);
  }

  private async read(): Promise<void> {
    const { records } = await this.jobs.journal.readDone();
    for (const record of records) if (isShown(record)) this.#records.set(record.id, record);
    this.changed();
  }

  /** Ids begin with their time. */
  private newestFirst(): readonly JobRecord[] {
    return (this.#sorted ??= [...this.#records.values()].sort((a, b) => (a.id < b.id ? 1 : -1)));
  }

  private changed(): void {
    this.#sorted = undefined;
    this.#changed.fire();
  }
}

function isShown(record: JobRecord): boolean {
  return belongsHere(record) && record.target.recipe !== 'none' && record.pictures.some(({ saved }) => saved);
}

/** The name of a picture, for the webview. */
function pictureId(record: JobRecord, { index }: JobPicture): string {
  return `${record.id}/${index}`;
}

function partsOf(id: string): { jobId: string; index: number } {
  const [jobId = '', index] = id.split('/');
  return { jobId, index: Number(index) };
}

function picturesOf(record: JobRecord): MadePicture[] {
  return record.pictures.flatMap((picture) =>
    picture.saved ? [{ id: pictureId(record, picture), record, saved: picture.saved }] : [],
  );
}

function itemOf({ id, record }: MadePicture): GalleryItem {
  return {
    id,
    prompt: promptOf(record).slice(0, MAX_PROMPT_CHARACTERS).replace(/\s+/g, ' '),
    model: record.request.model,
    createdMs: record.createdMs,
  };
}

function hasWords(record: JobRecord, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = [record.request.prompt, ...record.pictures.map(({ revisedPrompt }) => revisedPrompt)]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

function documentOf({ target }: JobRecord): string | undefined {
  return (
    target.place?.document ??
    (target.document && vscode.Uri.parse(target.root).with({ path: target.document.path }).toString())
  );
}
