import type { GalleryChanges, GalleryItem, GalleryState } from '../../src/protocol';

/** A gallery once its changes are made: the newest request first, its images in their order. */
export function changedGallery(before: GalleryState, { changed, gone, ...rest }: GalleryChanges): GalleryState {
  if (changed.length === 0 && gone.length === 0) return { ...rest, items: before.items };
  const items = new Map(before.items.map((item) => [item.id, item]));
  for (const id of gone) items.delete(id);
  for (const item of changed) items.set(item.id, item);
  return { ...rest, items: [...items.values()].sort(byNewest) };
}

/** Ids are that of the job, which begins with its time, and the number of the image. */
function byNewest(a: GalleryItem, b: GalleryItem): number {
  const [jobA = '', indexA] = a.id.split('/');
  const [jobB = '', indexB] = b.id.split('/');
  if (jobA !== jobB) return jobA < jobB ? 1 : -1;
  return Number(indexA) - Number(indexB);
}
