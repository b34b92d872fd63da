import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { FormState } from '../../src/protocol';
import { post } from '../host';
import { Icon } from '../icon';

/** The editor's selection as the prompt, once or for as long as the link is kept. */
export function Selection({ state }: { readonly state: FormState }): JSX.Element {
  return (
    <div class="row">
      <button type="button" class="link" disabled={!state.hasSelection} onClick={() => post({ type: 'useSelection' })}>
        <Icon name="list-selection" /> {t('Use selection')}
      </button>
      <label class="check">
        <input
          type="checkbox"
          checked={state.isLinkedToSelection}
          onChange={({ currentTarget }) => post({ type: 'linkSelection', isOn: currentTarget.checked })}
        />
        <span>{t('Follow the selection')}</span>
      </label>
    </div>
  );
}
