import { t } from '@vscode/l10n';
import type { JSX, Ref } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { FormState } from '../../src/protocol';
import { asked, keep, post } from '../host';
import { PromptBox } from './promptBox';
import { Selection } from './selection';
import { Submit } from './submit';
import { Values } from './values';

/** What is told after each key would be too much. */
const TYPING_MS = 120;

/** Nobody asks for the same image twice within that time. */
const TWICE_MS = 500;

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
      onKeyDown={(event) => onEnter(event, generate)}
    >
      <PromptBox
        value={prompt}
        maxCharacters={state?.maxPromptCharacters}
        styleCharacters={state?.styleCharacters}
        history={state?.history ?? []}
        box={promptBox}
        onChange={change}
      />
      {state && <Selection state={state} />}
      {state && <Values state={state} />}
      {state && <Submit state={state} prompt={prompt} />}
    </form>
  );
}

/** Enter with Ctrl or Cmd generates from anywhere; alone it never does. */
function onEnter(event: KeyboardEvent, generate: () => void): void {
  const { target } = event;
  if (event.key !== 'Enter') return;
  if (!event.ctrlKey && !event.metaKey) {
    // A button that is held would be pressed again and again; in a field, Enter is about its value.
    const isHeld = target instanceof HTMLButtonElement && event.repeat;
    if (isHeld || target instanceof HTMLInputElement) event.preventDefault();
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
}
