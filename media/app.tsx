import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FormState, GalleryState, JobCard, PictureDetails, ToWebview } from '../src/protocol';
import { DropTarget, RecipePanel, type DroppedRecipe } from './form/dropTarget';
import { Form } from './form/form';
import { Gallery } from './gallery/gallery';
import { Comparison } from './gallery/comparison';
import { Picture } from './gallery/picture';
import { keep, kept, listen, post } from './host';
import { Jobs } from './jobs';
import { receiveImage, receivePreview, receiveThumbnail } from './images';

/** Each pixel is not worth keeping. */
const SCROLL_MS = 200;

/** Everything that the host told. */
interface Told {
  readonly form?: FormState;
  readonly cards: readonly JobCard[];
  readonly gallery?: GalleryState;
  readonly details?: PictureDetails;
  readonly recipe?: DroppedRecipe;
  readonly comparison?: readonly [PictureDetails, PictureDetails];
}

/** The whole view: the form, the jobs below it, the gallery; in their place a picture, while one is looked at. */
export function App(): JSX.Element {
  const [told, setTold] = useState<Told>({ cards: [] });
  const [prompt, setPrompt] = useState(kept().prompt);
  const [said, setSaid] = useState('');
  /** The first one of two pictures to compare. */
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const promptBox = useRef<HTMLTextAreaElement>(null);
  /** Where the focus was before a picture was looked at. */
  const opener = useRef<string | undefined>(undefined);

  const receive = (message: ToWebview): void => {
    const change = (changes: Partial<Told>): void => setTold((before) => ({ ...before, ...changes }));
    switch (message.type) {
      case 'form':
        return change({ form: message.state });
      case 'jobs':
        return change({ cards: message.cards });
      case 'gallery':
        return change({ gallery: message.state });
      case 'picture':
        // The answer to an earlier click must not take the place of a later one.
        return setTold((before) =>
          opener.current === message.details.id || before.details?.id === message.details.id
            ? { ...before, details: message.details }
            : before,
        );
      case 'pictureGone':
        opener.current = undefined;
        setTold((before) => (before.details?.id === message.id ? { ...before, details: undefined } : before));
        requestAnimationFrame(() =>
          (document.querySelector<HTMLElement>('.grid [tabindex="0"]') ?? promptBox.current)?.focus(),
        );
        return;
      case 'comparison':
        return change({ comparison: message.pictures });
      case 'recipe':
        opener.current = undefined;
        return change({
          recipe: { name: message.name, recipe: message.recipe },
          details: undefined,
          comparison: undefined,
        });
      case 'prompt':
        opener.current = undefined;
        setPrompt(message.text);
        keep({ prompt: message.text });
        change({ details: undefined, comparison: undefined });
        if (message.focus) requestAnimationFrame(() => promptBox.current?.focus());
        return;
      case 'announce':
        // The same words again are news too.
        setSaid('');
        requestAnimationFrame(() => setSaid(message.text));
        return;
      case 'chooseModel':
        change({ details: undefined, comparison: undefined });
        requestAnimationFrame(() => {
          const model = document.getElementById('model');
          model?.focus();
          model?.click();
        });
        return;
      case 'preview':
        return receivePreview(message.id, message.bytes);
      case 'thumbnail':
        return receiveThumbnail(message);
      case 'image':
        return receiveImage(message);
    }
  };

  useEffect(() => {
    const stop = listen(receive);
    const tellOnline = (): void => post({ type: 'online', isOnline: navigator.onLine });
    let timer = 0;
    const keepScroll = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => keep({ scroll: window.scrollY }), SCROLL_MS);
    };
    window.addEventListener('scroll', keepScroll, { passive: true });
    window.addEventListener('online', tellOnline);
    window.addEventListener('offline', tellOnline);
    if (prompt) post({ type: 'prompt', text: prompt });
    tellOnline();
    post({ type: 'ready' });
    return () => {
      stop();
      window.removeEventListener('online', tellOnline);
      window.removeEventListener('offline', tellOnline);
      window.removeEventListener('scroll', keepScroll);
      clearTimeout(timer);
    };
  }, []);

  const show = (id: string): void => {
    opener.current = id;
    post({ type: 'picture', id });
  };
  const back = (): void => {
    opener.current = undefined;
    setTold((before) => ({ ...before, details: undefined }));
    leave(told.details?.id);
  };
  // Where it was, as soon as there is something to scroll.
  const isLong = told.gallery !== undefined && told.form !== undefined;
  useEffect(() => {
    if (isLong) requestAnimationFrame(() => window.scrollTo(0, kept().scroll));
  }, [isLong]);

  const leave = (id: string | undefined): void => {
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`main:not([hidden]) [data-picture="${id}"]`)?.focus(),
    );
  };
  const { form, cards, gallery, details, recipe, comparison } = told;
  const isCovered = details !== undefined || comparison !== undefined;
  return (
    <DropTarget>
      <div class="visually-hidden" role="status" aria-live="polite">
        {said}
      </div>
      {comparison ? (
        <Comparison
          pictures={comparison}
          onBack={() => {
            setTold((before) => ({ ...before, comparison: undefined }));
            leave(comparison[0].id);
          }}
        />
      ) : (
        details && (
          <Picture
            details={details}
            onBack={back}
            onShow={show}
            onCompare={(id) => {
              setChosen(id);
              back();
            }}
          />
        )
      )}
      <main class="page" hidden={isCovered}>
        <h1 class="visually-hidden">{t('Pictor')}</h1>
        <Form state={form} prompt={prompt} onPrompt={setPrompt} promptBox={promptBox} />
        {recipe && <RecipePanel {...recipe} onClose={() => setTold((before) => ({ ...before, recipe: undefined }))} />}
        <Jobs cards={cards} onShow={show} />
        <Gallery state={gallery} onShow={show} chosen={chosen} onChoose={setChosen} isHidden={isCovered} />
      </main>
    </DropTarget>
  );
}
