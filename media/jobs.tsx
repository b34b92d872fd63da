import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { CardButton, JobCard } from '../src/protocol';
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

/** The jobs that run, have failed, or have pictures to pick from. */
export function Jobs({ cards, onShow }: JobsProps): JSX.Element | null {
  const newest = cards.find(({ state }) => state === 'running')?.id;
  useEffect(() => {
    if (newest === undefined || !wasAsked()) return;
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
    document.querySelector(`[data-job="${newest}"]`)?.scrollIntoView({ block: 'nearest', behavior });
  }, [newest]);
  if (cards.length === 0) return null;
  return (
    <section aria-label={t('Jobs')} class="jobs">
      {cards.map((card) => <Card key={card.id} card={card} onShow={onShow} />)}
    </section>
  );
}

function Card({ card, onShow }: { readonly card: JobCard; readonly onShow: (id: string) => void }): JSX.Element {
  const { id, prompt, service, state, text, buttons } = card;
  const isRunning = state === 'running';
  return (
    <article class={`card ${state}`} aria-label={prompt} data-job={id}>
      {isRunning && <Preview card={card} />}
      <p class="card-prompt" title={prompt}>{prompt}</p>
      <p class="detail">{service}</p>
      <p class={state === 'failed' ? 'card-text error' : 'card-text'}>
        {state === 'failed' && <Icon name="error" />}
        <span>{isRunning ? <Progress card={card} /> : text}</span>
      </p>
      {isRunning && <progress aria-label={t('Progress of {prompt}', { prompt })} max={100} value={card.percent} />}
      {card.pictures.length > 0 && <Strip card={card} onShow={onShow} />}
      <div class="row">
        {buttons.map((button) => <CardAction key={button.label} id={id} button={button} />)}
      </div>
    </article>
  );
}

function CardAction({ id, button }: { readonly id: string; readonly button: CardButton }): JSX.Element {
  const { label, action, model, isPrimary } = button;
  return <button type="button" class={isPrimary ? 'vscode-button' : 'vscode-button secondary'} onClick={() => post({ type: 'card', id, action, model })}>{label}</button>;
}

/** The step and the time, which goes on without the host. */
function Progress({ card }: { readonly card: JobCard }): JSX.Element {
  const [nowMs, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const step = card.untilMs === undefined ? card.text : t('{step} in {time}', { step: card.text, time: duration(Math.max(0, card.untilMs - nowMs) + 999) });
  return <>{`${step} · ${duration(Math.max(0, nowMs - card.startedMs))}`}</>;
}

/** A picture on its way: each preview is clearer than the one before. It has its room from the first one on. */
function Preview({ card: { id, preview, aspectRatio } }: { readonly card: JobCard }): JSX.Element | null {
  const [url, setUrl] = useState(previews.get(id));
  useEffect(() => {
    setUrl(previews.get(id));
    return previews.listen(id, setUrl);
  }, [id]);
  if (preview === undefined || !url) return null;
  return <img class="preview" src={url} alt={t('Preview')} data-number={preview} style={{ aspectRatio: String(aspectRatio ?? 1), filter: `blur(${Math.max(0, BLUR_PX - preview)}px)` }} />;
}

/** Several pictures of one request, to pick one from. */
function Strip({ card, onShow }: { readonly card: JobCard; readonly onShow: (id: string) => void }): JSX.Element {
  const { pictures, picked } = card;
  const isLinked = pictures.some((picture) => picture.isLinked);
  return (
    <ul class="strip" aria-label={t('Pictures of this request')}>
      {pictures.map((picture, index) => (
        <li key={picture.id} class={picture.isLinked ? 'linked' : undefined}>
          <button type="button" class="thumb-button" data-picture={picture.id} onClick={() => onShow(picture.id)}>
            <Thumbnail id={picture.id} alt={t('Picture {number} of {count}', { number: index + 1, count: pictures.length })} />
          </button>
          {picture.id === picked ? (
            <button type="button" class="link" onClick={() => post({ type: 'act', id: picture.id, action: 'deleteOthers' })}>{t('Delete the others')}</button>
          ) : (
            <button type="button" class="link" onClick={() => post({ type: 'act', id: picture.id, action: 'replaceInDocument' })}>{isLinked ? t('Replace in document') : t('Insert')}</button>
          )}
        </li>
      ))}
    </ul>
  );
}
