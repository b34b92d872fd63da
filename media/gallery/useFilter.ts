import { useEffect, useRef, useState } from 'preact/hooks';
import type { GalleryState } from '../../src/protocol';
import { keep, kept, post } from '../host';

const TYPING_MS = 150;

/** What is searched for; empty where it does not matter. */
export interface Filter {
  readonly text: string;
  readonly model: string;
  readonly document: string;
}

/** The filter of the gallery, which the host is told a moment after it has changed. */
export function useFilter(state: GalleryState | undefined): readonly [Filter, (filter: Filter) => void] {
  const [filter, setFilter] = useState<Filter>({ text: kept().search, model: '', document: '' });
  const isFirst = useRef(true);
  useEffect(() => {
    // The host shows everything unasked.
    const isUnasked = isFirst.current && !filter.text;
    isFirst.current = false;
    if (isUnasked) return undefined;
    keep({ search: filter.text });
    const { text, model, document } = filter;
    const message = { type: 'search', text, model: model || undefined, document: document || undefined } as const;
    const timer = setTimeout(() => post(message), TYPING_MS);
    return () => clearTimeout(timer);
  }, [filter]);
  useEffect(() => {
    if (!state) return;
    // With the last image of a model or document, there is nothing to filter by.
    const model = state.models.includes(filter.model) ? filter.model : '';
    const document = state.documents.some(({ value }) => value === filter.document) ? filter.document : '';
    if (model !== filter.model || document !== filter.document) setFilter({ ...filter, model, document });
  }, [state]);
  return [filter, setFilter];
}
