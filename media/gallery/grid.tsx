import { t } from '@vscode/l10n';
import type { JSX, RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { GalleryItem } from '../../src/protocol';
import { language } from '../language';
import { GridLine } from './gridLine';
import { layOut, lineOf, linesBetween, type Layout } from './layout';
import { useScroll } from './useScroll';

/** As much beyond what is seen is there already, in px. */
const AHEAD = 300;

interface GridProps {
  readonly items: readonly GalleryItem[];
  readonly onShow: (id: string) => void;
  readonly onCompare: (id: string) => void;
  readonly chosen: string | undefined;
  readonly isHidden: boolean;
}

/** Only what is seen is in the document; arrow keys walk through all. */
export function Grid({ items, onShow, onCompare, chosen, isHidden }: GridProps): JSX.Element {
  const grid = useRef<HTMLDivElement>(null);
  const scroll = useScroll(grid, isHidden);
  const layout: Layout = useMemo(() => layOut(items, scroll.width, dayName), [items, scroll.width]);
  /** The image that Tab leads to. The newest one, where it is gone. */
  const [activeId, setActive] = useState<string | undefined>(undefined);
  const found = items.findIndex(({ id }) => id === activeId);
  const current = Math.max(0, found);
  const focusSoon = useFocus(grid, items[current]?.id);

  const move = (by: number): void => {
    const next = Math.max(0, Math.min(items.length - 1, current + by));
    scrollTo(grid.current, lineOf(layout, next));
    focusSoon();
    setActive(items[next]?.id);
    scroll.measure();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = stepsOf(layout.columns, items.length)[event.key];
    if (by === undefined) return;
    event.preventDefault();
    move(by);
  };
  const seen = linesBetween(layout, scroll.top - AHEAD, scroll.top + scroll.height + AHEAD);
  // The focus must not be lost with the line that holds it.
  const activeLine = lineOf(layout, current);
  const lines = activeLine && !seen.includes(activeLine) ? [...seen, activeLine] : seen;
  return (
    <div
      ref={grid}
      class="grid"
      role="grid"
      aria-label={t('Pictures, the newest first')}
      aria-rowcount={layout.lines.length}
      style={{ height: `${layout.height}px` }}
      onKeyDown={onKeyDown}
    >
      {lines.map((line) => (
        <GridLine
          key={line.items?.[0]?.id ?? line.day}
          line={line}
          number={layout.lines.indexOf(line) + 1}
          columns={layout.columns}
          current={current}
          chosen={chosen}
          onFocus={setActive}
          onShow={onShow}
          onCompare={onCompare}
        />
      ))}
    </div>
  );
}

/**
 * Keeps the focus on the active image: an image that arrives moves all others, and the focus would go with its line.
 * @returns what to call where the focus is to follow the active image after the next rendering
 */
function useFocus(grid: RefObject<HTMLDivElement | null>, id: string | undefined): () => void {
  const mustFocus = useRef(false);
  // As it is before this rendering.
  const hadFocus = grid.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    const isLost = hadFocus && !grid.current?.contains(document.activeElement);
    if (!mustFocus.current && !isLost) return;
    mustFocus.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-picture="${id}"]`)?.focus({ preventScroll: isLost });
  });
  return () => (mustFocus.current = true);
}

/** Images that a key moves by, in a grid of so many columns and images. */
function stepsOf(columns: number, count: number): Readonly<Record<string, number>> {
  const forward = document.dir === 'rtl' ? -1 : 1;
  return {
    ArrowRight: forward,
    ArrowLeft: -forward,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: columns * 5,
    PageUp: -columns * 5,
    Home: -count,
    End: count,
  };
}

/** Scrolls as far as a line needs to be seen whole. */
function scrollTo(grid: HTMLElement | null, line: { readonly top: number; readonly height: number } | undefined): void {
  if (!grid || !line) return;
  const top = grid.getBoundingClientRect().top + line.top;
  const bottom = top + line.height;
  if (top < 0) window.scrollBy(0, top);
  else if (bottom > window.innerHeight) window.scrollBy(0, bottom - window.innerHeight);
}

const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });

/** @param dayMs when the day began */
function dayName(dayMs: number): string {
  const today = new Date();
  if (dayMs === today.setHours(0, 0, 0, 0)) return t('Today');
  return dayMs === today.setDate(today.getDate() - 1) ? t('Yesterday') : days.format(dayMs);
}
