import { t } from '@vscode/l10n';
import type { JSX, Ref } from 'preact';
import { language } from '../language';
import { usePromptHistory } from './usePromptHistory';

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
  const walk = usePromptHistory(history, onChange);
  const words = value.trim();
  const length = words ? Array.from(words).length + styleCharacters : 0;
  const isTooLong = maxCharacters !== undefined && length > maxCharacters;

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
          walk.leave();
          onChange(currentTarget.value);
        }}
        onKeyDown={walk.onKeyDown}
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
