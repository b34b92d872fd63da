import type { Edit } from './edits';
import type { Span } from './paragraph';

/** A link as Pictor writes it, or, where the user has changed its words, the path in it alone. */
export interface FoundLink extends Span {
  readonly isWhole: boolean;
}

/** What a chosen image is written as: its link, and the path in one. */
export interface ChosenImage {
  readonly link: string;
  readonly path: string;
}

/**
 * What may stand between two links that were inserted together: the end of the one and the beginning of the other,
 * where their words were changed.
 */
const BETWEEN = /^(?:["')\]}>/]|\s)*(?:!\[[^\]\n]*\]\()?$/;

/**
 * Edits after which a document shows the chosen one of the images of a request wherever it shows one of them. Where
 * they stand beside each other, as they were inserted, one link is left; words of the user's are not taken away.
 */
export function chosenLinks(text: string, found: readonly FoundLink[], chosen: ChosenImage): Edit[] {
  const links = [...found].sort((a, b) => a.start - b.start);
  return links.flatMap(({ start, end, isWhole }, index): Edit[] => {
    const before = links[index - 1];
    const isBeside = before !== undefined && BETWEEN.test(text.slice(before.end, start));
    if (!isBeside) return [{ start, end, text: isWhole ? chosen.link : chosen.path }];
    if (!isWhole) return [];
    // With the space that kept it from the link before it.
    return [{ start: /\s/.test(text[start - 1] ?? '') ? start - 1 : start, end, text: '' }];
  });
}

/** The links to an image in a text. @param paths where its path stands @param whole its link as Pictor writes it */
export function foundLinks(text: string, paths: readonly Span[], whole: string): FoundLink[] {
  return paths.map((path) => {
    const start = text.lastIndexOf(whole, path.start);
    const isWhole = start >= 0 && start + whole.length >= path.end;
    return isWhole ? { start, end: start + whole.length, isWhole } : { ...path, isWhole };
  });
}
