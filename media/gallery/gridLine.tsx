import type { JSX } from 'preact';
import type { GalleryItem } from '../../src/protocol';
import type { Layout } from './layout';
import { Thumbnail } from './thumbnail';

interface GridLineProps {
  readonly line: Layout['lines'][number];
  /** From 1. */
  readonly number: number;
  readonly columns: number;
  /** Number of the image that Tab leads to, among all. */
  readonly current: number;
  readonly chosen: string | undefined;
  readonly onFocus: (id: string) => void;
  readonly onShow: (id: string) => void;
  readonly onCompare: (id: string) => void;
}

/** A line of the grid: images, or the day that the lines below it are of. */
export function GridLine(props: GridLineProps): JSX.Element {
  const { line, number, columns, current } = props;
  return (
    <div role="row" aria-rowindex={number} class="line" style={{ top: `${line.top}px`, height: `${line.height}px` }}>
      {line.items === undefined ? (
        <div role="rowheader" class="day">
          {line.day}
        </div>
      ) : (
        line.items.map((item, index) => (
          <Cell
            key={item.id}
            {...props}
            item={item}
            width={`${100 / columns}%`}
            isCurrent={line.first + index === current}
          />
        ))
      )}
    </div>
  );
}

interface CellProps extends Pick<GridLineProps, 'chosen' | 'onFocus' | 'onShow' | 'onCompare'> {
  readonly item: GalleryItem;
  readonly width: string;
  readonly isCurrent: boolean;
}

function Cell({ item, width, isCurrent, chosen, onFocus, onShow, onCompare }: CellProps): JSX.Element {
  const { id, prompt, model } = item;
  const open = (event: MouseEvent): void => {
    // A second image is compared with the first one.
    const isComparison = chosen !== undefined || event.ctrlKey || event.metaKey;
    (isComparison ? onCompare : onShow)(id);
  };
  return (
    <div role="gridcell" class={id === chosen ? 'cell chosen' : 'cell'} style={{ width }}>
      <button
        type="button"
        class="thumb-button"
        data-picture={id}
        tabIndex={isCurrent ? 0 : -1}
        title={`${prompt}\n${model}`}
        draggable
        onDragStart={(event) => drag(event, id)}
        onFocus={() => onFocus(id)}
        onClick={open}
      >
        <Thumbnail id={id} alt={prompt} />
      </button>
    </div>
  );
}

function drag(event: DragEvent, id: string): void {
  // Nothing else: VS Code would rather insert a plain text than the link.
  event.dataTransfer?.setData('application/vnd.pictor.pictures', JSON.stringify([id]));
}
