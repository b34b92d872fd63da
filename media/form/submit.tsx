import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { Estimate, FormState } from '../../src/protocol';
import { post } from '../host';
import { Icon } from '../icon';
import { monthText, roundedText } from '../language';
import { Notices } from './notices';

/** Where the image goes, and the button. */
export function Submit({ state, prompt }: { readonly state: FormState; readonly prompt: string }): JSX.Element {
  const { count, cost } = state;
  const label = count > 1 ? t('Generate {count}', { count }) : t('Generate');
  return (
    <div class="submit">
      <Notices notices={state.notices.filter(({ kind }) => kind !== 'repeated')} />
      <Where state={state} hasPrompt={prompt.trim() !== ''} />
      <button
        type="submit"
        class="vscode-button block generate"
        disabled={!prompt.trim()}
        title={t('Ctrl+Enter or Cmd+Enter')}
      >
        <Icon name="sparkle" />
        <span>{cost ? `${label} · ${estimateText(cost)}` : label}</span>
      </button>
      <Notices notices={state.notices.filter(({ kind }) => kind === 'repeated')} />
      {cost && <div class="hint">{basisText(cost)}</div>}
      <div class="row">
        {state.isChanged && (
          <>
            <button type="button" class="link" onClick={() => post({ type: 'saveAsDefault' })}>
              {t('Save as default')}
            </button>
            <button type="button" class="link" onClick={() => post({ type: 'reset' })}>
              {t('Reset')}
            </button>
          </>
        )}
        {state.canCopyRequest && (
          <button
            type="button"
            class="link copy-as"
            disabled={!prompt.trim()}
            onClick={() => post({ type: 'copyRequest', prompt })}
          >
            <Icon name="code" /> {t('Copy as…')}
          </button>
        )}
      </div>
    </div>
  );
}

function estimateText({ dollars, isUpTo }: Estimate): string {
  const price = roundedText(dollars);
  return isUpTo ? t('up to about {price}', { price }) : t('about {price}', { price });
}

/** Where an estimate is from. */
function basisText({ basis }: Estimate): string {
  switch (basis.kind) {
    case 'list':
      return t('Estimated from the price list of {date}; your bill is what counts.', { date: monthText(basis.asOf) });
    case 'provider':
      return t('As the provider’s own list of models says; your bill is what counts.');
    case 'own':
      return basis.count === 1
        ? t('As your one equal request has cost.')
        : t('The middle of what your {count} equal requests have cost.', { count: basis.count });
  }
}

function Where({ state, hasPrompt }: { readonly state: FormState; readonly hasPrompt: boolean }): JSX.Element {
  const { path, document: name, isSelection } = state.destination;
  const whereIn = (document: string): string =>
    isSelection
      ? t('beside the selection in {document}', { document })
      : t('at the cursor in {document}', { document });
  const where = name === undefined ? undefined : whereIn(name);
  return (
    <div class="where">
      <div class="path" title={path}>
        {whereText(state, hasPrompt)}
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={state.insert && state.canInsert}
          disabled={!state.canInsert}
          onChange={({ currentTarget }) => post({ type: 'insert', isOn: currentTarget.checked })}
        />
        <span>
          {where === undefined ? t('Insert the link into the open document') : t('Insert the link {where}', { where })}
        </span>
      </label>
      {!state.canInsert && <div class="hint">{t('The setting pictor.insert wants no links.')}</div>}
    </div>
  );
}

/** Only the first of several images has a name that is known. */
function whereText({ count, destination: { path, willAsk } }: FormState, hasPrompt: boolean): string | undefined {
  if (path === undefined) return willAsk ? t('You will be asked where to save it.') : undefined;
  if (!hasPrompt) return t('Will be saved in {path}', { path });
  return count > 1
    ? t('Will be saved as {path}, and {more} more', { path, more: count - 1 })
    : t('Will be saved as {path}', { path });
}
