import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { Choice, FieldName, FormState } from '../../src/protocol';
import { keep, kept, post } from '../host';
import { IconButton } from '../iconButton';
import { Combobox } from './combobox';
import { Field } from './fields';
import { fieldLabel, styleLabel } from './fieldWords';
import { Refusals } from './refusals';

/** Fields that everybody looks at; the others fold away. */
const ALWAYS: ReadonlySet<FieldName> = new Set<FieldName>(['size', 'quality', 'n']);

interface Part {
  readonly state: FormState;
}

const set = (name: string, value: string): void => post({ type: 'set', name, value: value || null });

/** What the image is made with. */
export function Values({ state }: Part): JSX.Element {
  const main = state.fields.filter(({ name }) => ALWAYS.has(name));
  const more = state.fields.filter(({ name }) => !ALWAYS.has(name));
  return (
    <div class="values">
      <Select
        id="provider"
        label={t('Provider')}
        value={state.provider}
        options={state.providers}
        onChange={(value) => set('provider', value)}
      />
      <Select
        id="prompt-style"
        label={t('Prompt style')}
        value={state.style}
        options={[
          { value: '', label: t('None') },
          ...state.styles.map(({ value, label }) => ({ value, label: styleLabel(label) })),
        ]}
        onChange={(value) => set('promptStyle', value)}
      />
      {(state.models.length > 1 || state.canListModels) && <Models state={state} />}
      <Fields state={state} fields={main} />
      <Refusals refusals={state.refusals.filter(({ name }) => !state.fields.some((field) => field.name === name))} />
      {state.unsupported.length > 0 && (
        <div class="hint wide">
          {t('Kept aside for other models: {fields}', { fields: state.unsupported.map(fieldLabel).join(', ') })}
        </div>
      )}
      {state.sentPrompt !== undefined && (
        <details class="wide">
          <summary>{t('What will be sent')}</summary>
          <p class="sent">{state.sentPrompt}</p>
        </details>
      )}
      {more.length > 0 && (
        <details
          class="wide more"
          open={kept().isMoreOpen}
          onToggle={({ currentTarget }) => keep({ isMoreOpen: currentTarget.open })}
        >
          <summary>{t('More options')}</summary>
          <div class="values">
            <Fields state={state} fields={more} />
          </div>
        </details>
      )}
    </div>
  );
}

interface SelectProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly Choice[];
  readonly onChange: (value: string) => void;
}

function Select({ id, label, value, options, onChange }: SelectProps): JSX.Element {
  return (
    <div class="field">
      <label class="vscode-label" for={id}>
        {label}
      </label>
      <select id={id} class="select" value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Models({ state }: Part): JSX.Element {
  return (
    <div class="field model">
      <label class="vscode-label" for="model">
        {t('Model')}
      </label>
      <div class="beside">
        <Combobox
          id="model"
          label={t('Model')}
          value={state.model}
          options={state.models}
          onChange={(value) => set('model', value)}
          onOpen={() => state.canListModels && post({ type: 'listModels', isUnasked: true })}
        />
        {state.canListModels && (
          <IconButton
            icon="refresh"
            label={t('Ask the service for its models')}
            spins={state.isListingModels}
            disabled={state.isListingModels}
            onClick={() => post({ type: 'listModels', isUnasked: false })}
          />
        )}
      </div>
    </div>
  );
}

function Fields({ state, fields }: Part & { readonly fields: FormState['fields'] }): JSX.Element {
  return (
    <>
      {fields.map((field) => (
        <Field
          key={`${state.provider}/${state.model}/${field.name}`}
          field={field}
          refusals={state.refusals.filter(({ name }) => name === field.name)}
        />
      ))}
    </>
  );
}
