import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { askForThumbnail, thumbnails } from '../images';
import { Icon } from '../icon';

/** A small picture, as soon as it is there. */
export function Thumbnail({ id, alt }: { readonly id: string; readonly alt: string }): JSX.Element {
  const [url, setUrl] = useState(thumbnails.get(id));
  const [isGone, setGone] = useState(thumbnails.has(id) && !thumbnails.get(id));
  useEffect(() => {
    const stop = thumbnails.listen(id, (found) => {
      setUrl(found);
      setGone(!found);
    });
    if (!thumbnails.has(id)) askForThumbnail(id);
    else setUrl(thumbnails.get(id));
    return stop;
  }, [id]);
  if (isGone) return <span class="thumbnail gone" title={t('The file is not there any more')}><Icon name="fileMedia" /><span class="visually-hidden">{alt}</span></span>;
  return url ? <img class="thumbnail" src={url} alt={alt} draggable={false} decoding="async" /> : <span class="thumbnail" role="img" aria-label={alt} />;
}
