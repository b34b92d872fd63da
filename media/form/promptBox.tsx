import { t } from '@vscode/l10n';
import type { JSX, Ref } from 'preact';
import { useRef } from 'preact/hooks';

interface PromptBoxProps {
  readonly value: string;
  readonly maxCharacters?: number;
  /** The newest first. */
  readonly history: readonly string[];
  readonly box: Ref<HTMLTextAreaElement>;
  readonly onChange: (text: string) => void;
}

/** The prompt: it grows with its text, and Up and Down at its ends walk through what was asked before. */
export function PromptBox({ value, maxCharacters, history, box, onChange }: PromptBoxProps): JSX.Element {
  /** Where in the history, and what was typed before. */
  const walk = useRef({ at: -1, typed: '' });
  const length = Array.from(value.trim()).length;
  const isTooLong = maxCharacters !== undefined && length > maxCharacters;

  const step = (event: KeyboardEvent & { readonly currentTarget: HTMLTextAreaElement }): void => {
    const { selectionStart, selectionEnd, value: text } = event.currentTarget;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || selectionStart !== selectionEnd) return;
    const by = event.key === 'ArrowUp' && selectionStart === 0 ? 1 : event.key === 'ArrowDown' && selectionEnd === text.length ? -1 : 0;
    if (by === 0) return;
    const { at, typed } = walk.current;
    const next = at + by;
    if (next < -1 || next >= history.length) return;
    event.preventDefault();
    walk.current = { at: next, typed: at === -1 ? text : typed };
    onChange(next === -1 ? walk.current.typed : (history[next] ?? ''));
    const area = event.currentTarget;
    const to = by > 0 ? 0 : Number.MAX_SAFE_INTEGER;
    requestAnimationFrame(() => area.setSelectionRange(to, to));
  };

  return (
    <div class="field">
      <label class="vscode-label" for="prompt">{t('Prompt')}</label>
      <textarea
        id="prompt"
        ref={box}
        class={isTooLong ? 'textarea prompt invalid' : 'textarea prompt'}
        placeholder={t('A paper boat on calm water at sunrise')}
        rows={3}
        value={value}
        aria-describedby="prompt-count"
        aria-invalid={isTooLong}
        onInput={({ currentTarget }) => {
          walk.current = { at: -1, typed: '' };
          onChange(currentTarget.value);
        }}
        onKeyDown={step}
      />
      <div id="prompt-count" class={isTooLong ? 'count error' : 'count'}>
        {isTooLong
          ? t('{length} characters; the model takes at most {max}', { length: length.toLocaleString(), max: maxCharacters.toLocaleString() })
          : maxCharacters === undefined ? t('{length} characters', { length: length.toLocaleString() }) : `${length.toLocaleString()} / ${maxCharacters.toLocaleString()}`}
      </div>
    </div>
  );
}
