import type { PixelSize } from '../../catalog/sizes';
import { wrapText } from './wrapText';

/** Where the request stands in the file: `<metadata>` holds one element of this namespace with JSON as its text. */
export const METADATA_NAMESPACE = 'urn:pictor:placeholder:1';

export interface PlaceholderRequest extends PixelSize {
  readonly prompt: string;
  /** 1 for the first of several images of one request. */
  readonly index: number;
}

/** Share of the image that the text may fill. */
const TEXT_AREA = 0.8;
const LINE_HEIGHT_EM = 1.3;
/** Below this the prompt could not be read; it is shortened instead. */
const MIN_FONT_PX = 11;

/**
 * An SVG of the asked size that shows its prompt, and carries the request so that the real image can replace it
 * later.
 */
export function drawPlaceholder({ prompt, width, height, index }: PlaceholderRequest): string {
  const hue = hueOf(`${prompt}#${index}`);
  const { lines, fontPx } = fitText(prompt, width * TEXT_AREA, height * TEXT_AREA * 0.85);
  const caption = `${width} × ${height}`;
  const captionPx = clamp(Math.min(width, height) / 24, 8, 40);
  const firstLineY = height / 2 - ((lines.length - 1) * LINE_HEIGHT_EM * fontPx) / 2 + fontPx * 0.35;
  const text = lines
    .map(
      (line, row) =>
        `<tspan x="${width / 2}" y="${round(firstLineY + row * LINE_HEIGHT_EM * fontPx)}">${escapeXml(line)}</tspan>`,
    )
    .join('');
  const request = JSON.stringify({ prompt, size: `${width}x${height}`, index });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escapeXml(prompt)}</title>
<metadata><request xmlns="${METADATA_NAMESPACE}">${escapeXml(request)}</request></metadata>
<rect width="100%" height="100%" fill="hsl(${hue} 45% 24%)"/>
<rect x="${round(captionPx / 2)}" y="${round(captionPx / 2)}" width="${round(width - captionPx)}" height="${round(height - captionPx)}" fill="none" stroke="hsl(${hue} 60% 70%)" stroke-width="${round(captionPx / 8)}" stroke-dasharray="${round(captionPx / 2)}"/>
<text fill="#fff" font-family="system-ui, sans-serif" font-size="${round(fontPx)}" text-anchor="middle">${text}</text>
<text fill="hsl(${hue} 60% 85%)" font-family="system-ui, sans-serif" font-size="${round(captionPx)}" text-anchor="middle" x="${width / 2}" y="${round(height - captionPx * 1.2)}">${caption}</text>
</svg>
`;
}

/** The largest type in which the whole prompt fits; in the smallest one it is shortened. */
function fitText(prompt: string, width: number, height: number): { lines: string[]; fontPx: number } {
  const linesAt = (fontPx: number): number => Math.max(1, Math.floor(height / (fontPx * LINE_HEIGHT_EM)));
  for (let fontPx = Math.min(width, height) / 8; fontPx > MIN_FONT_PX; fontPx *= 0.9) {
    const { lines, complete } = wrapText(prompt, width / fontPx, linesAt(fontPx));
    if (complete) return { lines, fontPx };
  }
  return { lines: wrapText(prompt, width / MIN_FONT_PX, linesAt(MIN_FONT_PX)).lines, fontPx: MIN_FONT_PX };
}

/** A hue of 0-359 that differs between prompts and stays the same for one (FNV-1a). */
function hueOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash % 360;
}

/** Also drops what XML 1.0 cannot hold at all: control characters and lone surrogates. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
