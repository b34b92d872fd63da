import { createHash } from 'node:crypto';
import sharp from 'sharp';

export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'svg';

export interface RenderOptions {
  readonly prompt: string;
  /** 0 for the first of several. */
  readonly index: number;
  readonly width: number;
  readonly height: number;
  readonly format: ImageFormat;
  readonly transparent?: boolean;
  /** 0-100, for jpeg and webp. */
  readonly quality?: number;
  /** Of an animation. */
  readonly frames?: number;
}

/** A preview: smaller, and with noise that no compression takes away, so that it is as long as a real one. */
export function renderPreview(prompt: string, index: number, preview: number): Promise<Buffer> {
  const seed = createHash('sha256').update(`${prompt}\n${index}\n${preview}`).digest();
  const pixels = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, at) => ((seed[at % 32] ?? 0) * (at + 7)) % 251));
  return sharp(pixels, { raw: { width: 64, height: 64, channels: 3 } })
    .png()
    .toBuffer();
}

/** A real image of exactly the asked size, in colours that no other prompt has. */
export async function renderImage({
  prompt,
  index,
  width,
  height,
  format,
  transparent,
  quality,
  frames = 2,
}: RenderOptions): Promise<Buffer> {
  const digest = createHash('sha256').update(`${prompt}\n${index}`).digest('hex');
  const [from, to, dot] = [digest.slice(0, 6), digest.slice(6, 12), digest.slice(12, 18)];
  const backdrop = transparent ? '' : '<rect width="100%" height="100%" fill="url(#sky)"/>';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <linearGradient id="sky" x2="1" y2="1"><stop stop-color="#${from}"/><stop offset="1" stop-color="#${to}"/></linearGradient>
    ${backdrop}<circle cx="50%" cy="50%" r="25%" fill="#${dot}"/></svg>`;
  if (format === 'svg') return Buffer.from(svg);
  if (format === 'gif') return renderAnimation(svg, width, height, frames);
  const image = sharp(Buffer.from(svg));
  return format === 'png' ? image.png().toBuffer() : image[format]({ quality: Math.max(1, quality ?? 90) }).toBuffer();
}

/** The same image, darker with each frame. */
async function renderAnimation(svg: string, width: number, height: number, frames: number): Promise<Buffer> {
  const pages = await Promise.all(
    Array.from({ length: frames }, (_, at) =>
      sharp(Buffer.from(svg))
        .removeAlpha()
        .modulate({ brightness: 1 - at / (2 * frames) })
        .raw()
        .toBuffer(),
    ),
  );
  const raw = { width, height: height * frames, channels: 3 as const, pageHeight: height };
  return sharp(Buffer.concat(pages), { raw })
    .gif({ delay: Array.from({ length: frames }, () => 200), loop: 0 })
    .toBuffer();
}
