import type { ToWebview } from '../src/protocol';
import { post } from './host';
import { makeThumbnail } from './gallery/makeThumbnail';

type Listener = (url: string | undefined) => void;

/** So many small images stay in memory; what is scrolled back to is asked for again. */
const MAX_KEPT = 600;

/** Addresses of images by their ids, for those who show them. */
class ImageUrls {
  readonly #urls = new Map<string, string>();
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(private readonly max: number) {}

  get(id: string): string | undefined {
    return this.#urls.get(id);
  }

  /** Without a blob, the image is gone, for now: it is asked for again when it is shown again. */
  set(id: string, blob: Blob | undefined): void {
    const old = this.#urls.get(id);
    const url = blob && URL.createObjectURL(blob);
    this.#urls.delete(id);
    if (url) this.#urls.set(id, url);
    for (const listener of this.#listeners.get(id) ?? []) listener(url);
    if (old) URL.revokeObjectURL(old);
    for (const [first, firstUrl] of this.#urls) {
      if (this.#urls.size <= this.max) break;
      if (this.#listeners.has(first)) continue;
      this.#urls.delete(first);
      URL.revokeObjectURL(firstUrl);
    }
  }

  /** @returns what ends it */
  listen(id: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(id);
    };
  }
}

export const thumbnails = new ImageUrls(MAX_KEPT);
/** Whole images: those that are looked at, and the ones before them. */
export const images = new ImageUrls(4);
export const previews = new ImageUrls(20);

let wanted: string[] = [];

/** Asks for a thumbnail, with all others that come to be seen at the same time. */
export function askForThumbnail(id: string): void {
  if (wanted.length === 0)
    requestAnimationFrame(() => {
      post({ type: 'thumbnails', ids: wanted });
      wanted = [];
    });
  wanted.push(id);
}

/** One after the other: each takes a moment of a processor that also scrolls. */
let making: Promise<void> = Promise.resolve();

export function receiveThumbnail({ id, bytes, mediaType, isWhole }: Extract<ToWebview, { type: 'thumbnail' }>): void {
  if (!bytes) return thumbnails.set(id, undefined);
  const blob = new Blob([bytes], { type: mediaType });
  if (!isWhole) return thumbnails.set(id, blob);
  making = making.then(async () => {
    const small = await makeThumbnail(blob).catch(() => undefined);
    thumbnails.set(id, small ?? blob);
    if (small) post({ type: 'storeThumbnail', id, bytes: new Uint8Array(await small.arrayBuffer()) });
  });
}

export function receiveImage({ id, bytes, mediaType }: Extract<ToWebview, { type: 'image' }>): void {
  images.set(id, bytes && new Blob([bytes], { type: mediaType }));
}

export function receivePreview(id: string, bytes: Uint8Array<ArrayBuffer>): void {
  previews.set(id, new Blob([bytes]));
}
