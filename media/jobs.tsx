import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CardButton, JobCard, PictureAction } from '../src/protocol';
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
  /** The job that the user has just asked for, until they look elsewhere. */
  const followed = useRef<string | undefined>(undefined);
  const { state, preview } = cards.find(({ id }) => id === followed.current) ?? {};
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
  useEffect(showFollowed, [state, preview === undefined]);
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
  const { id, prompt, service, state, text, buttons } = card;
  const isRunning = state === 'running';
  return (
    <article class={`card ${state}`} aria-label={prompt} data-job={id}>
      <p class="card-prompt" dir="auto" title={prompt}>
        {prompt}
      </p>
      <p class="detail">{service}</p>
      <p class={state === 'failed' ? 'card-text error' : 'card-text'}>
        {state === 'failed' && <Icon name="error" />}
        <span>{isRunning ? <Progress card={card} /> : text}</span>
      </p>
      {isRunning && <progress aria-label={t('Progress of {prompt}', { prompt })} max={100} value={card.percent} />}
      {card.pictures.length > 0 && <Strip card={card} onShow={onShow} />}
      <div class="row">
        {buttons.map((button) => (
          <CardAction key={button.label} id={id} button={button} />
        ))}
      </div>
      {isRunning && <Preview card={card} />}
    </article>
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

/** A picture on its way: each preview is clearer than the one before. It has its room from the first one on. */
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

/** Several pictures of one request, to pick one from. */
function Strip({ card, onShow }: { readonly card: JobCard; readonly onShow: (id: string) => void }): JSX.Element {
  const { pictures } = card;
  return (
    <ul class="strip" aria-label={t('Pictures of this request')}>
      {pictures.map(({ id, isLinked }, index) => {
        const name = t('Picture {number} of {count}', { number: index + 1, count: pictures.length });
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
            <Pick card={card} id={id} name={name} />
          </li>
        );
      })}
    </ul>
  );
}

interface PickProps {
  readonly card: JobCard;
  /** Of the picture, and what it is called among the others. */
  readonly id: string;
  readonly name: string;
}

/** What can be done with one of several pictures, by what the document shows. */
function Pick({ card, id, name }: PickProps): JSX.Element {
  const { pictures, picked } = card;
  const linked = pictures.filter(({ isLinked }) => isLinked);
  const action = (label: string, act: PictureAction): JSX.Element => (
    <button
      type="button"
      class="link"
      aria-label={`${label}: ${name}`}
      onClick={() => post({ type: 'act', id, action: act })}
    >
      {label}
    </button>
  );
  if (id === picked) return action(t('Delete the others'), 'deleteOthers');
  if (linked.length === 0) return action(t('Insert'), 'replaceInDocument');
  if (linked.length === pictures.length) return action(t('Keep only this one'), 'replaceInDocument');
  if (linked.some((picture) => picture.id === id)) return <span class="detail">{t('In the document')}</span>;
  return action(t('Replace in document'), 'replaceInDocument');
}
