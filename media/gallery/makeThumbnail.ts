/** The longer side of a thumbnail, in pixels: two for each of a cell. */
const SIDE = 256;

/** A small version of an image, as WebP. @throws where the image cannot be read */
export async function makeThumbnail(image: Blob): Promise<Blob> {
  const source = image.type === 'image/svg+xml' ? await readSvg(image) : await createImageBitmap(image);
  const scale = Math.min(1, SIDE / Math.max(source.width, source.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(source.width * scale)),
    Math.max(1, Math.round(source.height * scale)),
  );
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  if (source instanceof ImageBitmap) source.close();
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
}

/** An SVG has no pixels before it is drawn. */
async function readSvg(image: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(image);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}
