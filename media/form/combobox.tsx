import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FormState } from '../../src/protocol';
import { Icon } from '../icon';
import { useVersion } from './useVersion';

type Option = FormState['models'][number];

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
  const version = useVersion(value);
  /** With what it was opened for: when the value is another one meanwhile, nothing is searched any more. */
  const [draft, setDraft] = useState<{ readonly text: string; readonly overridesOf: number } | undefined>(undefined);
  const typed = draft?.overridesOf === version ? draft.text : undefined;
  const setTyped = (text: string): void => setDraft({ text, overridesOf: version });
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const isOpen = typed !== undefined;
  const words = (typed ?? '').trim();
  const isSearching = isOpen && words !== value;
  const found = isSearching ? search(options, words.toLowerCase()) : options;
  const shown: readonly Option[] =
    words && !options.some((option) => option.value === words)
      ? [...found, { value: words, label: t('Use “{model}”', { model: words }) }]
      : found;

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, isOpen]);

  const open = (): void => {
    onOpen();
    setTyped(value);
    setActive(
      Math.max(
        0,
        options.findIndex((option) => option.value === value),
      ),
    );
  };
  const close = (): void => setDraft(undefined);
  /** What is typed to its end counts, also without Enter. */
  const leave = (): void => {
    const typedOut = shown.find((option) => option.value === words);
    if (isSearching && words && (found.length === 0 || options.some((option) => option.value === words)))
      choose(typedOut);
    else close();
  };
  const choose = (option: Option | undefined): void => {
    close();
    if (option && option.value !== value) onChange(option.value);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && isOpen) close();
    else if (event.key === 'Enter' && isOpen && !event.ctrlKey && !event.metaKey) choose(shown[active]);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!isOpen) open();
      else setActive((active + (event.key === 'ArrowDown' ? 1 : shown.length - 1)) % Math.max(1, shown.length));
    } else return;
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
        aria-activedescendant={isOpen && shown[active] ? `${id}-${active}` : undefined}
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
        onBlur={leave}
      />
      <Icon name="chevronDown" />
      <ul id={`${id}-list`} ref={list} role="listbox" aria-label={label} hidden={!isOpen} class="options">
        {isOpen &&
          shown.map((option, index) => (
            <li
              key={option.value}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              class={option.group && option.group !== shown[index - 1]?.group ? 'begins-group' : undefined}
              data-group={option.group}
              // The input must not lose the focus before the click is done.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
            >
              <span class="option-label">{option.label}</span>
              {option.value === value && <Icon name="check" />}
              {option.group ? (
                <span class="detail">{option.group}</span>
              ) : (
                option.detail && <span class="detail">{option.detail}</span>
              )}
            </li>
          ))}
      </ul>
    </div>
  );
}

/** What begins with the words comes first, the very word before all. */
function search(options: readonly Option[], words: string): Option[] {
  const rank = ({ value }: Option): number => {
    const lower = value.toLowerCase();
    if (lower === words) return 0;
    return lower.startsWith(words) ? 1 : 2;
  };
  return options.filter(({ value }) => value.toLowerCase().includes(words)).sort((a, b) => rank(a) - rank(b));
}
