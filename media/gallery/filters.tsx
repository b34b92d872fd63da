import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { Choice, GalleryState } from '../../src/protocol';
import type { Filter } from './useFilter';

interface FiltersProps {
  readonly state: GalleryState;
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
}

/** What the gallery is searched and filtered by. */
export function Filters({ state, filter, onChange }: FiltersProps): JSX.Element {
  const models = state.models.map((model) => ({ value: model, label: model }));
  return (
    <div class="filters">
      <input
        class="vscode-textfield"
        type="search"
        aria-label={t('Search in prompts')}
        placeholder={t('Search in prompts')}
        value={filter.text}
        onInput={({ currentTarget }) => onChange({ ...filter, text: currentTarget.value })}
      />
      <Selection
        label={t('Model')}
        all={t('All models')}
        values={models}
        value={filter.model}
        onChange={(model) => onChange({ ...filter, model })}
      />
      <Selection
        label={t('Document')}
        all={t('All documents')}
        values={state.documents}
        value={filter.document}
        onChange={(document) => onChange({ ...filter, document })}
      />
    </div>
  );
}

interface SelectionProps {
  readonly label: string;
  /** Words of the choice that leaves nothing out. */
  readonly all: string;
  readonly values: readonly Choice[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Only where there is something to choose from. */
function Selection({ label, all, values, value, onChange }: SelectionProps): JSX.Element | null {
  if (values.length < 2 && value === '') return null;
  return (
    <select
      class="select"
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      <option value="">{all}</option>
      {values.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </select>
  );
}
