import type { GalleryItem } from '../../src/protocol';

/** The least width of a cell and the height of a day's heading, in CSS pixels. */
const MIN_CELL = 92;
const HEADING = 28;

/** A line of the gallery: the heading of a day, or some of its images. */
export type Line = { readonly top: number; readonly height: number } & (
  | { readonly day: string; readonly items?: undefined }
  | { readonly items: readonly GalleryItem[]; readonly first: number; readonly day?: undefined }
);

export interface Layout {
  readonly columns: number;
  readonly lines: readonly Line[];
  readonly height: number;
}

/** Where everything stands, so that only what is seen needs to be there. */
export function layOut(items: readonly GalleryItem[], width: number, nameOf: (dayMs: number) => string): Layout {
  const columns = Math.max(2, Math.floor(width / MIN_CELL));
  const cell = Math.floor(width / columns);
  const lines: Line[] = [];
  // Before there is any room, nothing stands anywhere.
  if (width === 0) return { columns, lines, height: 0 };
  let top = 0;
  let index = 0;
  while (index < items.length) {
    const day = dayOf(items[index]?.createdMs ?? 0);
    lines.push({ top, height: HEADING, day: nameOf(day) });
    top += HEADING;
    let end = index;
    while (end < items.length && dayOf(items[end]?.createdMs ?? 0) === day) end++;
    for (let first = index; first < end; first += columns) {
      lines.push({ top, height: cell, items: items.slice(first, Math.min(end, first + columns)), first });
      top += cell;
    }
    index = end;
  }
  return { columns, lines, height: top };
}

/** When the day of a moment began, here. To name thousands of days takes long. */
function dayOf(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

/** The lines between two heights. */
export function linesBetween({ lines }: Layout, from: number, to: number): readonly Line[] {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const line = lines[middle];
    if (line && line.top + line.height < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < lines.length && (lines[end]?.top ?? 0) <= to) end++;
  return lines.slice(low, end);
}

/** The line that holds the image of a number. */
export function lineOf({ lines }: Layout, index: number): Line | undefined {
  return lines.find((line) => line.items && index >= line.first && index < line.first + line.items.length);
}
