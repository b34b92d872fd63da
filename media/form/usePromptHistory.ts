import { useRef } from 'preact/hooks';

type AreaEvent = KeyboardEvent & { readonly currentTarget: HTMLTextAreaElement };

interface PromptHistory {
  readonly onKeyDown: (event: AreaEvent) => void;
  /** Something else is typed. */
  readonly leave: () => void;
}

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowUp: 1, ArrowDown: -1 };

/** Up and Down beyond the first and last line of a text walk through earlier ones. @param history the newest first */
export function usePromptHistory(history: readonly string[], onChange: (text: string) => void): PromptHistory {
  /** Where in the history, and what was typed before. */
  const walk = useRef({ at: -1, typed: '' });
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
  return {
    leave: () => (walk.current = { at: -1, typed: '' }),
    onKeyDown: (event) => {
      const area = event.currentTarget;
      const by = isPlain(event) ? STEPS[event.key] : undefined;
      const before = area.selectionStart;
      if (by === undefined || before !== area.selectionEnd) return;
      // Only where the cursor has nowhere to go within the text: above its first line, or below its last one.
      requestAnimationFrame(() => {
        if (area.selectionStart === before && area.selectionEnd === before) step(area, by);
      });
    },
  };
}

function isPlain({ altKey, ctrlKey, metaKey, shiftKey, isComposing }: KeyboardEvent): boolean {
  return !altKey && !ctrlKey && !metaKey && !shiftKey && !isComposing;
}
