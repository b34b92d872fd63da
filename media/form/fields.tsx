import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FieldRefusal, FormField } from '../../src/protocol';
import { post } from '../host';
import { DraftInput } from './draftInput';
import { fieldLabel, optionLabel, reasonText } from './fieldWords';
import { Refusals } from './refusals';
import { useVersion } from './useVersion';

const OTHER = 'other';

function set(name: string, value: string | number | null): void {
  post({ type: 'set', name, value });
}

interface FieldProps {
  readonly field: FormField;
  /** What the provider did not take of it. */
  readonly refusals: readonly FieldRefusal[];
}

/** One field of a request, with only the values that the model takes. */
export function Field({ field, refusals }: FieldProps): JSX.Element {
  const id = `field-${field.name}`;
  const reason = field.reason && reasonText(field.reason);
  return (
    <div class={`field ${field.name}`}>
      <label class="vscode-label" for={id}>
        {fieldLabel(field.name)}
      </label>
      <Control id={id} field={field} />
      {reason && (
        <div id={`${id}-reason`} class="hint">
          {reason}
        </div>
      )}
      {field.kind === 'size' && field.isExperimental && (
        <div class="hint">{t('Images of that many pixels are experimental, and slow.')}</div>
      )}
      <Refusals refusals={refusals} />
    </div>
  );
}

function Control({ id, field }: { readonly id: string; readonly field: FormField }): JSX.Element {
  const describedBy = field.reason ? `${id}-reason` : undefined;
  const disabled = field.reason !== undefined;
  switch (field.kind) {
    case 'choice':
      return <Choice id={id} field={field} />;
    case 'size':
      return field.rule === undefined ? (
        <Choice id={id} field={field} />
      ) : (
        <FreeSize id={id} field={field} rule={field.rule} />
      );
    case 'integer':
      return (
        <DraftInput
          id={id}
          type="number"
          min={field.min}
          max={field.max}
          disabled={disabled}
          describedBy={describedBy}
          value={String(field.value ?? (field.name === 'n' ? 1 : ''))}
          placeholder={field.name === 'partialImages' ? t('none') : t('default')}
          onCommit={(value) => set(field.name, value === '' ? null : Number(value))}
        />
      );
    case 'text':
      return (
        <DraftInput
          id={id}
          type="text"
          value={field.value}
          placeholder={t('default')}
          onCommit={(value) => set(field.name, value.trim() || null)}
        />
      );
  }
}

function Choice({
  id,
  field,
}: {
  readonly id: string;
  readonly field: Extract<FormField, { kind: 'choice' | 'size' }>;
}): JSX.Element {
  return (
    <select
      id={id}
      class="select"
      value={field.value}
      onChange={({ currentTarget }) => set(field.name, currentTarget.value || null)}
    >
      <option value="">{t('Default')}</option>
      {field.options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.reason !== undefined}>
          {optionLabel(option)}
        </option>
      ))}
    </select>
  );
}

/** A size by its shape, or any other within the model's rules. */
function FreeSize({
  id,
  field,
  rule,
}: {
  readonly id: string;
  readonly field: Extract<FormField, { kind: 'size' }>;
  readonly rule: string;
}): JSX.Element {
  const { value, refused } = field;
  const isNamed = value === '' || field.options.some((option) => option.value === value);
  const version = useVersion(value);
  /** The value instead of which another one is wanted: once that is changed, by whomever, nothing more is. */
  const [otherThan, setOtherThan] = useState<number | undefined>(undefined);
  const isOther = otherThan === version || !isNamed || refused !== undefined;
  return (
    <>
      <select
        id={id}
        class="select"
        value={isOther ? OTHER : value}
        onChange={({ currentTarget }) => {
          setOtherThan(currentTarget.value === OTHER ? version : undefined);
          if (currentTarget.value !== OTHER) set('size', currentTarget.value || null);
        }}
      >
        <option value="">{t('Default')}</option>
        {field.options.map((option) => (
          <option key={option.value} value={option.value}>
            {optionLabel(option)}
          </option>
        ))}
        <option value={OTHER}>{t('Another size…')}</option>
      </select>
      {isOther && (
        <>
          <DraftInput
            id={`${id}-other`}
            type="text"
            label={t('Width × height in pixels')}
            describedBy={`${id}-rule`}
            isInvalid={refused !== undefined}
            placeholder="1024x768"
            value={refused ?? (isNamed ? '' : value)}
            onCommit={(text) =>
              set(
                'size',
                text
                  .toLowerCase()
                  .replace(/\s*[x×*]\s*/, 'x')
                  .trim() || null,
              )
            }
          />
          <div id={`${id}-rule`} class={refused === undefined ? 'hint' : 'hint error'}>
            {refused === undefined ? rule : t('{size} is not sent. It must be: {rule}', { size: refused, rule })}
          </div>
        </>
      )}
    </>
  );
}
