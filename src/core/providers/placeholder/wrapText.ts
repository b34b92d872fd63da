/**
 * Widths of kinds of characters in a sans-serif face, in em; measured on common faces and rounded up, so that a line
 * never overflows.
 */
const WIDTHS_EM = [
  [
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u,
    1.05,
  ],
  [/[\sijlIt.,:;'!|()[\]]/, 0.35],
  [/[A-ZMW%@]/, 0.8],
] as const;
const USUAL_EM = 0.6;

/** Characters that a line may be broken before. */
const [[WIDE]] = WIDTHS_EM;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The width of a text in em. */
export function textWidthEm(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += WIDTHS_EM.find(([kind]) => kind.test(segment))?.[1] ?? USUAL_EM;
  }
  return width;
}

/**
 * Breaks a text into lines of at most `maxEm`, between words of any script; a word that is longer than a line is cut.
 * Text beyond `maxLines` is left out with an ellipsis.
 */
export function wrapText(text: string, maxEm: number, maxLines: number): { lines: string[]; complete: boolean } {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text, maxEm)) {
    if (textWidthEm((line + piece).trimEnd()) <= maxEm) {
      line += piece;
      continue;
    }
    lines.push(line.trim());
    line = piece.trimStart();
    if (lines.length === maxLines) break;
  }
  const complete = lines.length < maxLines;
  if (complete) lines.push(line.trim());
  else lines[maxLines - 1] = withEllipsis(lines[maxLines - 1] ?? '', maxEm);
  return { lines: lines.filter(Boolean), complete };
}

/** Words with the punctuation and space that follow them; those that are wider than a line, in graphemes. */
function* pieces(text: string, maxEm: number): Generator<string> {
  let piece = '';
  for (const { segment, isWordLike } of words.segment(text.replace(/\s+/g, ' ').trim())) {
    if (isWordLike && piece && (/\s$/.test(piece) || WIDE.test(segment))) {
      yield piece;
      piece = '';
    }
    piece += segment;
    if (textWidthEm(piece) > maxEm) {
      for (const { segment: grapheme } of graphemes.segment(piece)) yield grapheme;
      piece = '';
    }
  }
  if (piece) yield piece;
}

function withEllipsis(line: string, maxEm: number): string {
  const kept = [...graphemes.segment(line)].map(({ segment }) => segment);
  while (kept.length > 0 && textWidthEm(`${kept.join('')}…`) > maxEm) kept.pop();
  return `${kept.join('').trimEnd()}…`;
}
