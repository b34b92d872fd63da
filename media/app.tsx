import { t } from '@vscode/l10n';
import type { JSX, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ToWebview } from '../src/protocol';
import { DropTarget, RecipePanel } from './form/dropTarget';
import { Form } from './form/form';
import { Gallery } from './gallery/gallery';
import { Comparison } from './gallery/comparison';
import { Image } from './gallery/imageView';
import { keep, kept, listen, post } from './host';
import { Jobs } from './jobs';
import { receiveImage, receivePreview, receiveThumbnail } from './images';
import { told, type Told } from './told';

/** Each pixel is not worth keeping. */
const SCROLL_MS = 200;

/** What a message does besides what it tells. */
interface Surroundings {
  readonly promptBox: RefObject<HTMLTextAreaElement | null>;
  readonly setPrompt: (text: string) => void;
  readonly setSaid: (text: string) => void;
}

type Effects = {
  readonly [T in ToWebview['type']]?: (message: Extract<ToWebview, { type: T }>, around: Surroundings) => void;
};

const EFFECTS: Effects = {
  imageGone: (_message, { promptBox }) =>
    void requestAnimationFrame(() =>
      (document.querySelector<HTMLElement>('.grid [tabindex="0"]') ?? promptBox.current)?.focus(),
    ),
  prompt: ({ text, focus }, { promptBox, setPrompt }) => {
    setPrompt(text);
    keep({ prompt: text });
    if (focus) requestAnimationFrame(() => promptBox.current?.focus());
  },
  announce: ({ text }, { setSaid }) => {
    // The same words again are news too.
    setSaid('');
    requestAnimationFrame(() => setSaid(text));
  },
  chooseModel: () =>
    void requestAnimationFrame(() => {
      const model = document.getElementById('model');
      model?.focus();
      model?.click();
    }),
  preview: ({ id, bytes }) => receivePreview(id, bytes),
  thumbnail: (message) => receiveThumbnail(message),
  image: (message) => receiveImage(message),
};

/** Messages after which nothing that was asked for before is opened. */
const LEAVES: ReadonlySet<ToWebview['type']> = new Set<ToWebview['type']>(['imageGone', 'recipe', 'prompt']);

/** The whole view: the form, the jobs below it, the gallery; in their place an image, while one is looked at. */
export function App(): JSX.Element {
  const [seen, setSeen] = useState<Told>({ cards: [] });
  const [prompt, setPrompt] = useState(kept().prompt);
  const [said, setSaid] = useState('');
  /** The first one of two images to compare. */
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const promptBox = useRef<HTMLTextAreaElement>(null);
  /** Where the focus was before an image was looked at. */
  const opener = useRef<string | undefined>(undefined);

  const receive = (message: ToWebview): void => {
    const opened = opener.current;
    if (LEAVES.has(message.type)) opener.current = undefined;
    setSeen((before) => told(before, message, opened));
    EFFECTS[message.type]?.(message as never, { promptBox, setPrompt, setSaid });
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
    post({ type: 'details', id });
  };
  const back = (): void => {
    opener.current = undefined;
    setSeen((before) => ({ ...before, details: undefined }));
    leave(seen.details?.id);
  };
  // Where it was, as soon as there is something to scroll.
  const isLong = seen.gallery !== undefined && seen.form !== undefined;
  useEffect(() => {
    if (isLong) requestAnimationFrame(() => window.scrollTo(0, kept().scroll));
  }, [isLong]);

  const leave = (id: string | undefined): void => {
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`main:not([hidden]) [data-picture="${id}"]`)?.focus(),
    );
  };
  const { form, cards, gallery, details, recipe, comparison } = seen;
  const isCovered = details !== undefined || comparison !== undefined;
  return (
    <DropTarget>
      <div class="visually-hidden" role="status" aria-live="polite">
        {said}
      </div>
      {comparison ? (
        <Comparison
          images={comparison}
          onBack={() => {
            setSeen((before) => ({ ...before, comparison: undefined }));
            leave(comparison[0].id);
          }}
        />
      ) : (
        details && (
          <Image
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
        {recipe && <RecipePanel {...recipe} onClose={() => setSeen((before) => ({ ...before, recipe: undefined }))} />}
        <Jobs cards={cards} onShow={show} />
        <Gallery state={gallery} onShow={show} chosen={chosen} onChoose={setChosen} isHidden={isCovered} />
      </main>
    </DropTarget>
  );
}
