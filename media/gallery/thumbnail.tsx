import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { askForThumbnail, thumbnails } from '../images';
import { Icon } from '../icon';

/** So long an image must be seen before it is fetched. */
const SEEN_MS = 60;

/** A small image, as soon as it is there. */
export function Thumbnail({ id, alt }: { readonly id: string; readonly alt: string }): JSX.Element {
  const [url, setUrl] = useState(thumbnails.get(id));
  const [isGone, setGone] = useState(false);
  useEffect(() => {
    const stop = thumbnails.listen(id, (found) => {
      setUrl(found);
      setGone(!found);
    });
    setUrl(thumbnails.get(id));
    // What only flies by is not asked for.
    const timer = thumbnails.get(id) ? undefined : setTimeout(() => askForThumbnail(id), SEEN_MS);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [id]);
  if (isGone)
    return (
      <span class="thumbnail gone" title={t('The file is not there any more')}>
        <Icon name="file-media" />
        <span class="visually-hidden">{alt}</span>
      </span>
    );
  return url ? (
    <img class="thumbnail" src={url} alt={alt} draggable={false} decoding="async" />
  ) : (
    <span class="thumbnail" role="img" aria-label={alt} />
  );
}
