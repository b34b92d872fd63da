import { t } from '@vscode/l10n';
import type { FormState } from '../../src/protocol';

export type Option = FormState['models'][number];

/** What a list shows for what is typed. */
export interface ShownOptions {
  readonly options: readonly Option[];
  /** Whether what is typed is looked for: the chosen value, as it was opened with, is not. */
  readonly isSearching: boolean;
  /** What is chosen when the list is left: what is typed to its end counts, also without Enter. */
  readonly typedOut?: Option;
}

/** Options for what is typed, with that itself where it is none of them. @param typed undefined while it is closed */
export function shownOptions(all: readonly Option[], typed: string | undefined, value: string): ShownOptions {
  const words = (typed ?? '').trim();
  const isSearching = typed !== undefined && words !== value;
  const found = isSearching ? search(all, words.toLowerCase()) : all;
  const isOption = all.some((option) => option.value === words);
  const options =
    words && !isOption ? [...found, { value: words, label: t('Use “{model}”', { model: words }) }] : found;
  const isTypedOut = isSearching && words !== '' && (found.length === 0 || isOption);
  return {
    options,
    isSearching,
    typedOut: isTypedOut ? options.find((option) => option.value === words) : undefined,
  };
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
