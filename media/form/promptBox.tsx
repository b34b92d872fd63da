import { t } from '@vscode/l10n';
import type { JSX, Ref } from 'preact';
import { useRef } from 'preact/hooks';
import { language } from '../language';

interface PromptBoxProps {
  readonly value: string;
  readonly maxCharacters?: number;
  /** So many more are sent with it. */
  readonly styleCharacters?: number;
  /** The newest first. */
  readonly history: readonly string[];
  readonly box: Ref<HTMLTextAreaElement>;
  readonly onChange: (text: string) => void;
}

/**
 * The prompt: it grows with its text, and Up and Down beyond its first and last line walk through what was asked
 * before.
 */
export function PromptBox({
  value,
  maxCharacters,
  styleCharacters = 0,
  history,
  box,
  onChange,
}: PromptBoxProps): JSX.Element {
  /** Where in the history, and what was typed before. */
  const walk = useRef({ at: -1, typed: '' });
  const words = value.trim();
  const length = words ? Array.from(words).length + styleCharacters : 0;
  const isTooLong = maxCharacters !== undefined && length > maxCharacters;

  const step = (area: HTMLTextAreaElement, by: 1 | -1): void => {
    const { at, typed } = walk.current;
    const next = at + by;
    if (next < -1 || next >= history.length) return;
    walk.current = { at: next, typed: at === -1 ? area.value : typed };
    // At once, so that the next key finds the cursor where it belongs.
    area.value = next === -1 ? walk.current.typed : (history[next] ?? '');
    const to = by > 0 ? 0 : area.value.length;
    area.setSelectionRange(to, to);
    onChange(area.value);
  };
  /** Only where the cursor has nowhere to go within the text: above its first line, or below its last one. */
  const onKeyDown = (event: KeyboardEvent & { readonly currentTarget: HTMLTextAreaElement }): void => {
    const { key, currentTarget: area } = event;
    if (
      (key !== 'ArrowUp' && key !== 'ArrowDown') ||
      event.altKey ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      event.isComposing
    )
      return;
    const before = area.selectionStart;
    if (before !== area.selectionEnd) return;
    requestAnimationFrame(() => {
      if (area.selectionStart === before && area.selectionEnd === before) step(area, key === 'ArrowUp' ? 1 : -1);
    });
  };

  return (
    <div class="field">
      <label class="vscode-label" for="prompt">
        {t('Prompt')}
      </label>
      <textarea
        id="prompt"
        ref={box}
        dir="auto"
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
        onKeyDown={onKeyDown}
      />
      <div id="prompt-count" class={isTooLong ? 'count error' : 'count'}>
        {lengthText(length, maxCharacters)}
      </div>
    </div>
  );
}

/** How long the prompt is, beside what the model takes where that is known. */
function lengthText(length: number, max: number | undefined): string {
  const values = { length: length.toLocaleString(language), max: max?.toLocaleString(language) ?? '' };
  if (max === undefined) return t('{length} characters', values);
  if (length > max) return t('{length} characters; the model takes at most {max}', values);
  return `${values.length} / ${values.max}`;
}
