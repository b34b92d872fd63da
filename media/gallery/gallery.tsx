import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { GalleryState } from '../../src/protocol';
import { post } from '../host';
import { IconButton } from '../iconButton';
import { Filters } from './filters';
import { Grid } from './grid';
import { useFilter } from './useFilter';

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
  const [filter, setFilter] = useFilter(state);
  if (!state) return null;
  if (state.total === 0) return <Empty />;
  const compare = (id: string): void => {
    if (chosen === undefined || chosen === id) return onChoose(chosen === id ? undefined : id);
    post({ type: 'compare', ids: [chosen, id] });
    onChoose(undefined);
  };
  return (
    <section aria-label={t('Gallery')} class="gallery">
      <h2>{t('Gallery')}</h2>
      <Filters state={state} filter={filter} onChange={setFilter} />
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

function Empty(): JSX.Element {
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
