import type { JSX, Ref } from 'preact';
import { Icon } from '../icon';
import type { Option } from './shownOptions';

interface OptionListProps {
  readonly id: string;
  readonly label: string;
  readonly list: Ref<HTMLUListElement>;
  /** Empty while it is closed. */
  readonly options: readonly Option[];
  readonly isOpen: boolean;
  readonly active: number;
  readonly value: string;
  readonly onChoose: (option: Option) => void;
}

/** The list of a combobox. */
export function OptionList({
  id,
  label,
  list,
  options,
  isOpen,
  active,
  value,
  onChoose,
}: OptionListProps): JSX.Element {
  return (
    <ul id={`${id}-list`} ref={list} role="listbox" aria-label={label} hidden={!isOpen} class="options">
      {isOpen &&
        options.map((option, index) => (
          <li
            key={option.value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            class={option.group && option.group !== options[index - 1]?.group ? 'begins-group' : undefined}
            data-group={option.group}
            // The input must not lose the focus before the click is done.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(option)}
          >
            <span class="option-label">{option.label}</span>
            {option.value === value && <Icon name="check" />}
            <Detail option={option} />
          </li>
        ))}
    </ul>
  );
}

function Detail({ option: { group, detail } }: { readonly option: Option }): JSX.Element | null {
  const text = [group, detail].filter(Boolean).join(' · ');
  return text ? (
    <span class="detail" title={text}>
      {text}
    </span>
  ) : null;
}
