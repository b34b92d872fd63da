const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/**
 * The beginning of a text, up to a whole word of its script (Chinese and Thai have words without spaces too).
 * A first word that is longer than `maxLength` is cut between graphemes.
 * @param maxLength in UTF-16 units
 */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = lastBoundary(words, text, maxLength);
  const end = cut > 0 ? cut : lastBoundary(new Intl.Segmenter(undefined, { granularity: 'grapheme' }), text, maxLength);
  return text.slice(0, end).replace(/[\s\p{Pd}\p{Ps},;:]+$/u, '');
}

function lastBoundary(segmenter: Intl.Segmenter, text: string, maxLength: number): number {
  let end = 0;
  for (const { index, segment } of segmenter.segment(text)) {
    if (index + segment.length > maxLength) break;
    end = index + segment.length;
  }
  return end;
}
