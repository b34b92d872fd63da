import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface StillProps {
  /** Of an animation. */
  readonly url: string;
  readonly alt: string;
}

/** Whether the user wants nothing to move by itself. */
export function wantsStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** The first frame of an animation, which moves once it is told to. */
export function Still({ url, alt }: StillProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isMoving, setMoving] = useState(false);
  useEffect(() => {
    let isGone = false;
    const image = new Image();
    image.src = url;
    void image
      .decode()
      .then(() => {
        const shown = canvas.current;
        if (isGone || !shown) return;
        shown.width = image.naturalWidth;
        shown.height = image.naturalHeight;
        shown.getContext('2d')?.drawImage(image, 0, 0);
      })
      .catch(() => undefined);
    return () => {
      isGone = true;
    };
  }, [url, isMoving]);
  return (
    <>
      {isMoving ? (
        <img class="whole" src={url} alt={alt} />
      ) : (
        <canvas ref={canvas} class="whole" role="img" aria-label={alt} />
      )}
      <button type="button" class="link" aria-pressed={isMoving} onClick={() => setMoving(!isMoving)}>
        {isMoving ? t('Stop the animation') : t('Play the animation')}
      </button>
    </>
  );
}
