import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import type { ImageDetails } from '../../src/protocol';
import { post } from '../host';
import { Icon } from '../icon';
import { images } from '../images';
import { Still, wantsStill } from './still';

/** An image as a whole, as soon as it is there. */
export function WholeImage({ details }: { readonly details: ImageDetails }): JSX.Element {
  const { id, isMissing, path, prompt, size } = details;
  const [url, setUrl] = useState(images.get(id));
  useLayoutEffect(() => {
    setUrl(images.get(id));
    const stop = images.listen(id, setUrl);
    // Also where it is there already: its file may be another one by now.
    if (!isMissing) post({ type: 'image', id });
    return stop;
  }, [id, isMissing]);
  if (isMissing)
    return (
      <p class="notice">
        <Icon name="warning" />
        <span class="notice-text">{t('The file is not there any more: {path}', { path })}</span>
      </p>
    );
  if (url && details.mediaType === 'image/gif' && wantsStill()) return <Still url={url} alt={prompt} />;
  // Its room is there before it is, so that nothing below it moves.
  const style = size && { aspectRatio: size.replace('x', ' / ') };
  return url ? <img class="whole" src={url} alt={prompt} style={style} /> : <div class="whole" style={style} />;
}
