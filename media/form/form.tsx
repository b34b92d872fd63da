import { t } from '@vscode/l10n';
import type { JSX, Ref } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { FieldName, FormState } from '../../src/protocol';
import { asked, keep, kept, post } from '../host';
import { Icon } from '../icon';
import { monthText, priceText } from '../language';
import { IconButton } from '../iconButton';
import { Combobox } from './combobox';
import { Field } from './fields';
import { fieldLabel, styleLabel } from './fieldWords';
import { Notices } from './notices';
import { PromptBox } from './promptBox';

/** What is told after each key would be too much. */
const TYPING_MS = 120;

/** Nobody asks for the same picture twice within that time. */
const TWICE_MS = 500;

/** Fields that everybody looks at; the others fold away. */
const ALWAYS: ReadonlySet<FieldName> = new Set<FieldName>(['size', 'quality', 'n']);

interface FormProps {
  /** Absent until the host has told it. */
  readonly state?: FormState;
  readonly prompt: string;
  readonly promptBox: Ref<HTMLTextAreaElement>;
  readonly onPrompt: (text: string) => void;
}

/** What is asked for. The prompt can be typed before the rest is there. */
export function Form({ state, prompt, promptBox, onPrompt }: FormProps): JSX.Element {
  const timer = useRef(0);
  const change = (text: string): void => {
    onPrompt(text);
    keep({ prompt: text });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => post({ type: 'prompt', text }), TYPING_MS);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const form = useRef<HTMLFormElement>(null);
  const last = useRef({ prompt: '', atMs: 0 });
  const generate = (): void => {
    // A key that is held, or a double click, is one wish.
    const nowMs = performance.now();
    const isAgain = prompt === last.current.prompt && nowMs - last.current.atMs < TWICE_MS;
    if (isAgain) last.current.atMs = nowMs;
    if (!prompt.trim() || !state || isAgain) return;
    // A field that cannot be right would be left out unseen.
    const wrong = form.current?.querySelector(':invalid');
    wrong?.closest('details')?.setAttribute('open', '');
    if (!form.current?.reportValidity()) return;
    last.current = { prompt, atMs: nowMs };
    clearTimeout(timer.current);
    asked();
    post({ type: 'generate', prompt });
  };
  return (
    <form
      ref={form}
      class="form"
      noValidate
      aria-label={t('Generate an image')}
      onSubmit={(event) => {
        event.preventDefault();
        generate();
      }}
      onKeyDown={(event) => {
        const { target } = event;
        if (event.key !== 'Enter') return;
        const isWithModifier = event.ctrlKey || event.metaKey;
        if (target instanceof HTMLButtonElement && !isWithModifier) {
          // The button itself would be pressed again and again.
          if (event.repeat) event.preventDefault();
          return;
        }
        if (!isWithModifier) {
          // In a field, Enter is about its value.
          if (target instanceof HTMLInputElement) event.preventDefault();
          return;
        }
        event.preventDefault();
        if (event.repeat) return;
        // A value that is being typed counts too.
        if (target instanceof HTMLInputElement) {
          target.blur();
          target.focus();
        }
        generate();
      }}
    >
      <PromptBox value={prompt} maxCharacters={state?.maxPromptCharacters} styleCharacters={state?.styleCharacters} history={state?.history ?? []} box={promptBox} onChange={change} />
      {state && <Selection state={state} />}
      {state && <Values state={state} />}
      {state && <Submit state={state} prompt={prompt} />}
    </form>
  );
}

/** The editor's selection as the prompt, once or for as long as the link is kept. */
function Selection({ state }: { readonly state: FormState }): JSX.Element {
  return (
    <div class="row">
      <button type="button" class="link" disabled={!state.hasSelection} onClick={() => post({ type: 'useSelection' })}>
        <Icon name="selection" /> {t('Use selection')}
      </button>
      <label class="check">
        <input type="checkbox" checked={state.isLinkedToSelection} onChange={({ currentTarget }) => post({ type: 'linkSelection', isOn: currentTarget.checked })} />
        <span>{t('Follow the selection')}</span>
      </label>
    </div>
  );
}

function Values({ state }: { readonly state: FormState }): JSX.Element {
  const main = state.fields.filter(({ name }) => ALWAYS.has(name));
  const more = state.fields.filter(({ name }) => !ALWAYS.has(name));
  const set = (name: string, value: string): void => post({ type: 'set', name, value: value || null });
  return (
    <div class="values">
      <div class="field">
        <label class="vscode-label" for="provider">{t('Provider')}</label>
        <select id="provider" class="select" value={state.provider} onChange={({ currentTarget }) => set('provider', currentTarget.value)}>
          {state.providers.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
        </select>
      </div>
      <div class="field">
        <label class="vscode-label" for="prompt-style">{t('Prompt style')}</label>
        <select id="prompt-style" class="select" value={state.style} onChange={({ currentTarget }) => set('promptStyle', currentTarget.value)}>
          <option value="">{t('None')}</option>
          {state.styles.map(({ value, label }) => <option key={value} value={value}>{styleLabel(label)}</option>)}
        </select>
      </div>
      {(state.models.length > 1 || state.canListModels) && (
        <div class="field model">
          <label class="vscode-label" for="model">{t('Model')}</label>
          <div class="beside">
            <Combobox id="model" label={t('Model')} value={state.model} options={state.models} onChange={(value) => set('model', value)} onOpen={() => state.canListModels && post({ type: 'listModels', isUnasked: true })} />
            {state.canListModels && <IconButton icon="refresh" label={t('Ask the service for its models')} spins={state.isListingModels} disabled={state.isListingModels} onClick={() => post({ type: 'listModels', isUnasked: false })} />}
          </div>
        </div>
      )}
      {main.map((field) => <Field key={`${state.provider}/${state.model}/${field.name}`} field={field} />)}
      {state.aside.length > 0 && <div class="hint wide">{t('Kept aside for other models: {fields}', { fields: state.aside.map(fieldLabel).join(', ') })}</div>}
      {state.sentPrompt !== undefined && (
        <details class="wide">
          <summary>{t('What will be sent')}</summary>
          <p class="sent">{state.sentPrompt}</p>
        </details>
      )}
      {more.length > 0 && (
        <details class="wide more" open={kept().isMoreOpen} onToggle={({ currentTarget }) => keep({ isMoreOpen: currentTarget.open })}>
          <summary>{t('More options')}</summary>
          <div class="values">{more.map((field) => <Field key={`${state.provider}/${state.model}/${field.name}`} field={field} />)}</div>
        </details>
      )}
    </div>
  );
}

/** Where the picture goes, and the button. */
function Submit({ state, prompt }: { readonly state: FormState; readonly prompt: string }): JSX.Element {
  const { count, cost } = state;
  const label = count > 1 ? t('Generate {count}', { count }) : t('Generate');
  return (
    <div class="submit">
      <Notices notices={state.notices.filter(({ kind }) => kind !== 'repeated')} />
      <Where state={state} hasPrompt={prompt.trim() !== ''} />
      <button type="submit" class="vscode-button block generate" disabled={!prompt.trim()} title={t('Ctrl+Enter or Cmd+Enter')}>
        <Icon name="sparkle" />
        <span>{label}</span>
        {cost && <span class="cost">{t('· about {price}', { price: priceText(cost.dollars) })}</span>}
      </button>
      <Notices notices={state.notices.filter(({ kind }) => kind === 'repeated')} />
      {cost && <div class="hint">{t('Estimated from the price list of {date}; your bill is what counts.', { date: monthText(cost.asOf) })}</div>}
      <div class="row">
        {state.isChanged && (
          <>
            <button type="button" class="link" onClick={() => post({ type: 'saveAsDefault' })}>{t('Save as default')}</button>
            <button type="button" class="link" onClick={() => post({ type: 'reset' })}>{t('Reset')}</button>
          </>
        )}
        {state.canCopyRequest && (
          <button type="button" class="link copy-as" disabled={!prompt.trim()} onClick={() => post({ type: 'copyRequest', prompt })}>
            <Icon name="code" /> {t('Copy as…')}
          </button>
        )}
      </div>
    </div>
  );
}

function Where({ state, hasPrompt }: { readonly state: FormState; readonly hasPrompt: boolean }): JSX.Element {
  const { path, document: name, isSelection } = state.destination;
  const where = name === undefined ? undefined : isSelection ? t('beside the selection in {document}', { document: name }) : t('at the cursor in {document}', { document: name });
  return (
    <div class="where">
      <div class="path" title={path}>{whereText(state, hasPrompt)}</div>
      <label class="check">
        <input type="checkbox" checked={state.insert && state.canInsert} disabled={!state.canInsert} onChange={({ currentTarget }) => post({ type: 'insert', isOn: currentTarget.checked })} />
        <span>{where === undefined ? t('Insert the link into the open document') : t('Insert the link {where}', { where })}</span>
      </label>
      {!state.canInsert && <div class="hint">{t('The setting pictor.insert wants no links.')}</div>}
    </div>
  );
}

/** Only the first of several pictures has a name that is known. */
function whereText({ count, destination: { path, willAsk } }: FormState, hasPrompt: boolean): string | undefined {
  if (path === undefined) return willAsk ? t('You will be asked where to save it.') : undefined;
  if (!hasPrompt) return t('Will be saved in {path}', { path });
  return count > 1 ? t('Will be saved as {path}, and {more} more', { path, more: count - 1 }) : t('Will be saved as {path}', { path });
}
