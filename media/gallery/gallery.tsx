import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { GalleryItem, GalleryState } from '../../src/protocol';
import { keep, kept, post } from '../host';
import { IconButton } from '../iconButton';
import { language } from '../language';
import { layOut, lineOf, linesBetween, type Layout } from './layout';
import { Thumbnail } from './thumbnail';

/** As much beyond what is seen is there already. */
const AHEAD = 300;
const TYPING_MS = 150;

interface GalleryProps {
  /** Absent until the host has told it. */
  readonly state?: GalleryState;
  readonly onShow: (id: string) => void;
  /** The first one of two images to compare. */
  readonly chosen: string | undefined;
  readonly onChoose: (id: string | undefined) => void;
  readonly isHidden: boolean;
}

/** Every image of the workspace, searched and filtered by the host. */
export function Gallery({ state, onShow, chosen, onChoose, isHidden }: GalleryProps): JSX.Element | null {
  const [filter, setFilter] = useState({ text: kept().search, model: '', document: '' });
  const timer = useRef(0);
  const isFirst = useRef(true);
  useEffect(() => {
    // The host shows everything unasked.
    const isUnasked = isFirst.current && !filter.text;
    isFirst.current = false;
    if (isUnasked) return undefined;
    clearTimeout(timer.current);
    keep({ search: filter.text });
    timer.current = setTimeout(
      () =>
        post({
          type: 'search',
          text: filter.text,
          model: filter.model || undefined,
          document: filter.document || undefined,
        }),
      TYPING_MS,
    );
    return () => clearTimeout(timer.current);
  }, [filter]);
  useEffect(() => {
    if (!state) return;
    // With the last image of a model or document, there is nothing to filter by.
    const model = state.models.includes(filter.model) ? filter.model : '';
    const document = state.documents.some(({ value }) => value === filter.document) ? filter.document : '';
    if (model !== filter.model || document !== filter.document) setFilter({ ...filter, model, document });
  }, [state]);
  if (!state) return null;
  if (state.total === 0) {
    return (
      <section aria-label={t('Gallery')} class="gallery empty">
        <p>
          {t(
            'Pictures that you make in this workspace are kept here: find them again, reuse their prompts, drag them into a document.',
          )}
        </p>
      </section>
    );
  }
  const choice = (
    name: 'model' | 'document',
    label: string,
    all: string,
    values: readonly { value: string; label: string }[],
  ): JSX.Element | false =>
    (values.length > 1 || filter[name] !== '') && (
      <select
        class="select"
        aria-label={label}
        value={filter[name]}
        onChange={({ currentTarget }) => setFilter({ ...filter, [name]: currentTarget.value })}
      >
        <option value="">{all}</option>
        {values.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    );
  const compare = (id: string): void => {
    if (chosen === undefined || chosen === id) return onChoose(chosen === id ? undefined : id);
    post({ type: 'compare', ids: [chosen, id] });
    onChoose(undefined);
  };
  return (
    <section aria-label={t('Gallery')} class="gallery">
      <h2>{t('Gallery')}</h2>
      <div class="filters">
        <input
          class="vscode-textfield"
          type="search"
          aria-label={t('Search in prompts')}
          placeholder={t('Search in prompts')}
          value={filter.text}
          onInput={({ currentTarget }) => setFilter({ ...filter, text: currentTarget.value })}
        />
        {choice(
          'model',
          t('Model'),
          t('All models'),
          state.models.map((model) => ({ value: model, label: model })),
        )}
        {choice('document', t('Document'), t('All documents'), state.documents)}
      </div>
      {chosen !== undefined && (
        <div class="notice" role="status">
          <span class="notice-text">{t('Choose the picture to compare with.')}</span>
          <IconButton icon="close" label={t('Do not compare')} onClick={() => onChoose(undefined)} />
        </div>
      )}
      {state.items.length === 0 ? (
        <p class="detail" role="status">
          {t('No picture is found.')}
        </p>
      ) : (
        <Grid items={state.items} onShow={onShow} onCompare={compare} chosen={chosen} isHidden={isHidden} />
      )}
    </section>
  );
}

interface GridProps {
  readonly items: readonly GalleryItem[];
  readonly onShow: (id: string) => void;
  readonly onCompare: (id: string) => void;
  readonly chosen: string | undefined;
  readonly isHidden: boolean;
}

/** Only what is seen is in the document; arrow keys walk through all. */
function Grid({ items, onShow, onCompare, chosen, isHidden }: GridProps): JSX.Element {
  const grid = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [scroll, setScroll] = useState({ top: 0, height: 0 });
  /** The image that Tab leads to. The newest one, where it is gone. */
  const [activeId, setActive] = useState<string | undefined>(undefined);
  const mustFocus = useRef(false);
  const current = Math.max(
    0,
    items.findIndex(({ id }) => id === activeId),
  );
  const layout: Layout = useMemo(() => layOut(items, width, dayName), [items, width]);

  useLayoutEffect(() => {
    const measure = (): void => {
      const box = grid.current?.getBoundingClientRect();
      if (!box || box.width === 0) return;
      setWidth(Math.floor(box.width));
      // Steps of some size: each pixel would be a new list.
      setScroll({ top: Math.floor(Math.max(0, -box.top) / 50) * 50, height: window.innerHeight });
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (grid.current) observer.observe(grid.current);
    observer.observe(document.body);
    window.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      window.removeEventListener('scroll', measure);
    };
  }, [isHidden]);

  // As it is before this rendering: an image that arrives moves all others, and the focus would go with the old line.
  const hadFocus = grid.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    const isLost = hadFocus && !grid.current?.contains(document.activeElement);
    if (!mustFocus.current && !isLost) return;
    mustFocus.current = false;
    grid.current
      ?.querySelector<HTMLElement>(`[data-picture="${items[current]?.id}"]`)
      ?.focus({ preventScroll: isLost });
  });

  const move = (to: number): void => {
    const next = Math.max(0, Math.min(items.length - 1, to));
    const line = lineOf(layout, next);
    const box = grid.current?.getBoundingClientRect();
    if (line && box) {
      const [top, bottom] = [box.top + line.top, box.top + line.top + line.height];
      if (top < 0) window.scrollBy(0, top);
      else if (bottom > window.innerHeight) window.scrollBy(0, bottom - window.innerHeight);
    }
    mustFocus.current = true;
    setActive(items[next]?.id);
    setScroll((before) => ({ ...before, top: Math.max(0, -(grid.current?.getBoundingClientRect().top ?? 0)) }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { columns } = layout;
    const forward = document.dir === 'rtl' ? -1 : 1;
    const steps: Record<string, number> = {
      ArrowRight: forward,
      ArrowLeft: -forward,
      ArrowDown: columns,
      ArrowUp: -columns,
      PageDown: columns * 5,
      PageUp: -columns * 5,
      Home: -items.length,
      End: items.length,
    };
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    move(current + by);
  };
  const drag = (event: DragEvent, item: GalleryItem): void => {
    // Nothing else: VS Code would rather insert a plain text than the link.
    event.dataTransfer?.setData('application/vnd.pictor.pictures', JSON.stringify([item.id]));
  };
  const seen = linesBetween(layout, scroll.top - AHEAD, scroll.top + scroll.height + AHEAD);
  // The focus must not be lost with the line that holds it.
  const activeLine = lineOf(layout, current);
  const lines = activeLine && !seen.includes(activeLine) ? [...seen, activeLine] : seen;
  const cell = `${100 / layout.columns}%`;
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
        <div
          key={line.items?.[0]?.id ?? line.day}
          role="row"
          aria-rowindex={layout.lines.indexOf(line) + 1}
          class="line"
          style={{ top: `${line.top}px`, height: `${line.height}px` }}
        >
          {line.items === undefined ? (
            <div role="rowheader" class="day">
              {line.day}
            </div>
          ) : (
            line.items.map((item, index) => (
              <div
                key={item.id}
                role="gridcell"
                class={item.id === chosen ? 'cell chosen' : 'cell'}
                style={{ width: cell }}
              >
                <button
                  type="button"
                  class="thumb-button"
                  data-picture={item.id}
                  tabIndex={line.first + index === current ? 0 : -1}
                  title={`${item.prompt}\n${item.model}`}
                  draggable
                  onDragStart={(event) => drag(event, item)}
                  onFocus={() => setActive(item.id)}
                  // A second image is compared with the first one.
                  onClick={(event) =>
                    chosen !== undefined || event.ctrlKey || event.metaKey ? onCompare(item.id) : onShow(item.id)
                  }
                >
                  <Thumbnail id={item.id} alt={item.prompt} />
                </button>
              </div>
            ))
          )}
        </div>
      ))}
    </div>
  );
}

const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
/** @param dayMs when the day began */
function dayName(dayMs: number): string {
  const today = new Date();
  if (dayMs === today.setHours(0, 0, 0, 0)) return t('Today');
  return dayMs === today.setDate(today.getDate() - 1) ? t('Yesterday') : days.format(dayMs);
}
