import type { GalleryItem, ToWebview } from '../../protocol';
import type { Gallery, GalleryFilter } from './gallery';

/** Tells a page what the gallery shows: all of it at first, and for a new search; then only what has changed. */
export class GalleryFeed {
  /** What the page has; undefined where it has nothing. */
  #told: { readonly filter: GalleryFilter; readonly items: ReadonlyMap<string, GalleryItem> } | undefined;

  constructor(
    private readonly gallery: Gallery,
    private readonly post: (message: ToWebview) => void,
  ) {}

  /** The page is a new one. */
  reset(): void {
    this.#told = undefined;
  }

  send(filter: GalleryFilter): void {
    const state = this.gallery.state(filter);
    const { total, models, documents } = state;
    const items = new Map(state.items.map((item) => [item.id, item]));
    const before = this.#told;
    this.#told = { filter, items };
    if (before?.filter !== filter) return this.post({ type: 'gallery', state });
    const changed = state.items.filter((item) => !isSame(before.items.get(item.id), item));
    const gone = [...before.items.keys()].filter((id) => !items.has(id));
    this.post({ type: 'galleryChanges', changes: { total, models, documents, changed, gone } });
  }
}

function isSame(one: GalleryItem | undefined, other: GalleryItem): boolean {
  return one?.prompt === other.prompt && one.model === other.model && one.createdMs === other.createdMs;
}
