import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface DraftInputProps {
  readonly id?: string;
  readonly type: 'text' | 'number';
  readonly value: string;
  readonly label?: string;
  readonly placeholder?: string;
  readonly describedBy?: string;
  readonly disabled?: boolean;
  readonly isInvalid?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** Told a value that is complete: with Enter, or when the input is left. What a number may not be is not told. */
  readonly onCommit: (value: string) => void;
}

/** An input whose text is the user's while they type, whatever else is shown anew meanwhile. */
export function DraftInput({ value, label, describedBy, isInvalid, onCommit, ...others }: DraftInputProps): JSX.Element {
  const [draft, setDraft] = useState<string | undefined>(undefined);
  useEffect(() => setDraft(undefined), [value]);
  return (
    <input
      {...others}
      list={undefined}
      class={isInvalid ? 'vscode-textfield invalid' : 'vscode-textfield'}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={isInvalid}
      value={draft ?? value}
      onInput={({ currentTarget }) => setDraft(currentTarget.value)}
      onChange={({ currentTarget }) => {
        if (currentTarget.validity.valid && currentTarget.value !== value) onCommit(currentTarget.value);
      }}
    />
  );
}
