import type { AnsweredImage } from './answer';

/** Images whose addresses are whole: one without a scheme or host belongs to the service that answered. */
export function resolveAddresses(images: readonly AnsweredImage[], baseUrl: URL): readonly AnsweredImage[] {
  return images.map((image) => {
    const { source } = image;
    if (source.kind !== 'url' || URL.canParse(source.url) || !URL.canParse(source.url, baseUrl.href)) return image;
    return { ...image, source: { kind: 'url', url: new URL(source.url, baseUrl).href } };
  });
}
