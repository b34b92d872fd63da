import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../icon';
import { OptionList } from './optionList';
import { shownOptions, type Option } from './shownOptions';
import { useVersion } from './useVersion';

interface ComboboxProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
  readonly onOpen: () => void;
}

/**
 * A list that is searched by typing; what is not in it can be typed too (ARIA authoring practices, combobox with list
 * autocomplete).
 */
export function Combobox({ id, label, value, options, onChange, onOpen }: ComboboxProps): JSX.Element {
  const { typed, setTyped, close } = useDraft(value);
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const isOpen = typed !== undefined;
  const shown = shownOptions(options, typed, value);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, isOpen]);

  const open = (): void => {
    onOpen();
    setTyped(value);
    const chosen = options.findIndex((option) => option.value === value);
    setActive(Math.max(0, chosen));
  };
  const choose = (option: Option | undefined): void => {
    close();
    if (option && option.value !== value) onChange(option.value);
  };
  const move = (by: number): void => {
    const { length } = shown.options;
    if (isOpen) setActive((active + by + length) % Math.max(1, length));
    else open();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isPlain = !event.ctrlKey && !event.metaKey;
    const actions: Readonly<Record<string, (() => void) | false>> = {
      Escape: isOpen && close,
      Enter: isOpen && isPlain && (() => choose(shown.options[active])),
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
    };
    const action = Object.hasOwn(actions, event.key) && actions[event.key];
    if (!action) return;
    action();
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="combobox">
      <input
        id={id}
        class="vscode-textfield"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && shown.options[active] ? `${id}-${active}` : undefined}
        value={typed ?? value}
        onClick={({ currentTarget }) => {
          if (isOpen) return;
          open();
          // Whoever types next searches anew.
          currentTarget.select();
        }}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => choose(shown.typedOut)}
      />
      <Icon name="chevron-down" />
      <OptionList
        id={id}
        label={label}
        list={list}
        options={shown.options}
        isOpen={isOpen}
        active={active}
        value={value}
        onChoose={choose}
      />
    </div>
  );
}

interface Draft {
  /** Undefined while the list is closed. */
  readonly typed: string | undefined;
  readonly setTyped: (text: string) => void;
  readonly close: () => void;
}

/** What is typed, and for which value: when that is another one meanwhile, nothing is searched any more. */
function useDraft(value: string): Draft {
  const version = useVersion(value);
  const [draft, setDraft] = useState<{ readonly text: string; readonly version: number } | undefined>(undefined);
  return {
    typed: draft?.version === version ? draft.text : undefined,
    setTyped: (text) => setDraft({ text, version }),
    close: () => setDraft(undefined),
  };
}
