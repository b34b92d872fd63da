import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CardButton, CardFailure, CardImage, JobCard } from '../src/protocol';
import { Thumbnail } from './gallery/thumbnail';
import { post, wasAsked } from './host';
import { Icon } from './icon';
import { previews } from './images';
import { duration } from './language';

const TICK_MS = 1000;

/** Of the first preview; each later one is a pixel clearer. */
const BLUR_PX = 3;

interface JobsProps {
  readonly cards: readonly JobCard[];
  readonly onShow: (id: string) => void;
}

/** The jobs that run, have failed, or have images to pick from. */
export function Jobs({ cards, onShow }: JobsProps): JSX.Element | null {
  const newest = cards.find(isLive)?.id;
  /** The job that the user has just asked for, until they look elsewhere. */
  const followed = useRef<string | undefined>(undefined);
  const { phase, preview } = cards.find(({ id }) => id === followed.current) ?? {};
  const showFollowed = (): void => {
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
    if (followed.current)
      document.querySelector(`[data-job="${followed.current}"]`)?.scrollIntoView({ block: 'nearest', behavior });
  };
  useEffect(() => {
    if (newest === undefined || !wasAsked()) return;
    followed.current = newest;
    showFollowed();
  }, [newest]);
  useEffect(showFollowed, [phase, preview === undefined]);
  useEffect(() => {
    const leave = (): void => (followed.current = undefined);
    window.addEventListener('wheel', leave, { passive: true });
    window.addEventListener('keydown', leave);
    window.addEventListener('pointerdown', leave);
    return () => {
      window.removeEventListener('wheel', leave);
      window.removeEventListener('keydown', leave);
      window.removeEventListener('pointerdown', leave);
    };
  }, []);
  if (cards.length === 0) return null;
  return (
    <section aria-label={t('Jobs')} class="jobs">
      {cards.map((card) => (
        <Card key={card.id} card={card} onShow={onShow} />
      ))}
    </section>
  );
}

function Card({ card, onShow }: { readonly card: JobCard; readonly onShow: (id: string) => void }): JSX.Element {
  const { id, prompt, source, phase, text, buttons, failures } = card;
  const isRunning = isLive(card);
  const isError = phase === 'failed' || phase === 'undecided';
  return (
    <article class={`card ${phase}`} aria-label={prompt} data-job={id}>
      <p class="card-prompt" dir="auto" title={prompt}>
        {prompt}
      </p>
      <p class="detail">{source}</p>
      <p class={isError ? 'card-text error' : 'card-text'}>
        {isError && <Icon name="error" />}
        <span>{isRunning ? <Progress card={card} /> : text}</span>
      </p>
      {isRunning && <progress aria-label={t('Progress of {prompt}', { prompt })} max={100} value={card.percent} />}
      {card.images.length > 0 && <Strip card={card} onShow={onShow} />}
      {failures.map((failure) => (
        <Failure key={failure.id} failure={failure} />
      ))}
      <Buttons id={id} buttons={buttons} />
      {isRunning && <Preview card={card} />}
    </article>
  );
}

/** Whether this window works on it: its card says since when, and can cancel it. */
function isLive({ buttons }: JobCard): boolean {
  return buttons.some(({ action }) => action === 'cancel' || action === 'cancelAll');
}

/** What failed of a batch for one reason, and what helps with all of it. */
function Failure({ failure }: { readonly failure: CardFailure }): JSX.Element {
  const { id, text, count, prompts, buttons } = failure;
  const more = count > prompts.length ? '…' : '';
  return (
    <div class="failure" role="group" aria-label={text}>
      <p class="card-text error">
        <Icon name="error" />
        <span>{t('{count} failed: {reason}', { count, reason: text })}</span>
      </p>
      <p class="detail" dir="auto">
        {prompts.join(' · ') + more}
      </p>
      <Buttons id={id} buttons={buttons} />
    </div>
  );
}

function Buttons({ id, buttons }: { readonly id: string; readonly buttons: readonly CardButton[] }): JSX.Element {
  return (
    <div class="row">
      {buttons.map((button) => (
        <CardAction key={button.label} id={id} button={button} />
      ))}
    </div>
  );
}

function CardAction({ id, button }: { readonly id: string; readonly button: CardButton }): JSX.Element {
  const { label, action, model, isPrimary } = button;
  return (
    <button
      type="button"
      class={isPrimary ? 'vscode-button' : 'vscode-button secondary'}
      onClick={() => post({ type: 'card', id, action, model })}
    >
      {label}
    </button>
  );
}

/** The step and the time, which goes on without the host. */
function Progress({ card }: { readonly card: JobCard }): JSX.Element {
  const [nowMs, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  if (card.untilMs !== undefined)
    return <>{t('{step} in {time}', { step: card.text, time: duration(Math.max(0, card.untilMs - nowMs) + 999) })}</>;
  return <>{`${card.text} · ${duration(Math.max(0, nowMs - card.startedMs))}`}</>;
}

/** An image on its way: each preview is clearer than the one before. It has its room from the first one on. */
function Preview({ card: { id, preview, aspectRatio } }: { readonly card: JobCard }): JSX.Element | null {
  const [url, setUrl] = useState(previews.get(id));
  useEffect(() => {
    setUrl(previews.get(id));
    return previews.listen(id, setUrl);
  }, [id]);
  if (preview === undefined || !url) return null;
  return (
    <img
      class="preview"
      src={url}
      alt={t('Preview')}
      data-number={preview}
      style={{ aspectRatio: String(aspectRatio ?? 1), filter: `blur(${Math.max(0, BLUR_PX - preview)}px)` }}
    />
  );
}

/** Several images of one request, to pick one from. */
function Strip({ card, onShow }: { readonly card: JobCard; readonly onShow: (id: string) => void }): JSX.Element {
  const { images } = card;
  return (
    <ul class="strip" aria-label={t('Pictures of this request')}>
      {images.map((image, index) => {
        const { id, isLinked } = image;
        const name = t('Picture {number} of {count}', { number: index + 1, count: images.length });
        return (
          <li key={id}>
            <button type="button" class="thumb-button" data-picture={id} onClick={() => onShow(id)}>
              <Thumbnail id={id} alt={isLinked ? t('{picture}, in the document', { picture: name }) : name} />
              {isLinked && (
                <span class="badge">
                  <Icon name="check" />
                </span>
              )}
            </button>
            <Pick image={image} name={name} />
          </li>
        );
      })}
    </ul>
  );
}

interface PickProps {
  readonly image: CardImage;
  /** What it is called among the others. */
  readonly name: string;
}

/** What can be done with one of several images. */
function Pick({ image: { id, button }, name }: PickProps): JSX.Element {
  if (!button) return <span class="detail">{t('In the document')}</span>;
  const { label, action } = button;
  return (
    <button
      type="button"
      class="link"
      aria-label={`${label}: ${name}`}
      onClick={() => post({ type: 'act', id, action })}
    >
      {label}
    </button>
  );
}
