import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useVersion } from './useVersion';

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
export function DraftInput({
  value,
  label,
  describedBy,
  isInvalid,
  onCommit,
  ...others
}: DraftInputProps): JSX.Element {
  const version = useVersion(value);
  /** What is typed, and instead of which value: a new one takes its place. */
  const [draft, setDraft] = useState<{ readonly text: string; readonly version: number } | undefined>(undefined);
  const commit = (input: HTMLInputElement): void => {
    if (input.validity.valid && input.value !== value) onCommit(input.value);
  };
  return (
    <input
      {...others}
      list={undefined}
      class={isInvalid ? 'vscode-textfield invalid' : 'vscode-textfield'}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={isInvalid}
      value={draft?.version === version ? draft.text : value}
      onInput={({ currentTarget }) => setDraft({ text: currentTarget.value, version })}
      onChange={({ currentTarget }) => commit(currentTarget)}
      onKeyDown={(event) => event.key === 'Enter' && commit(event.currentTarget)}
    />
  );
}
