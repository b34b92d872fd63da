import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { FieldRefusal } from '../../src/protocol';
import { post } from '../host';
import { fieldLabel, refusalText } from './fieldWords';

/** What the provider did not take for this model, each to be tried again. */
export function Refusals({ refusals }: { readonly refusals: readonly FieldRefusal[] }): JSX.Element {
  return (
    <>
      {refusals.map((refusal) => (
        <div key={`${refusal.name}/${refusal.value}`} class="hint wide refusal">
          {refusalText(refusal)}{' '}
          <button
            type="button"
            class="link"
            aria-label={t('Try {field} again', { field: fieldLabel(refusal.name) })}
            onClick={() => post({ type: 'forgetRefusal', name: refusal.name })}
          >
            {t('Try it again')}
          </button>
        </div>
      ))}
    </>
  );
}
