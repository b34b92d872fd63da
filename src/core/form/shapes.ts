import { parseSize } from '../catalog/sizes';

export type Shape = 'square' | 'landscape' | 'portrait';

/** The shape of a size; undefined for `auto`. */
export function shapeOf(size: string): Shape | undefined {
  const pixels = parseSize(size);
  if (!pixels) return undefined;
  const { width, height } = pixels;
  if (width === height) return 'square';
  return width > height ? 'landscape' : 'portrait';
}
