import { t } from '@vscode/l10n';
import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../icon';

interface PageProps {
  readonly label: string;
  /** What is looked at: something else begins at its top. */
  readonly id: string;
  readonly onBack: () => void;
  readonly children: ComponentChildren;
}

/** What takes the place of the form while it is looked at; Escape leads back. */
export function Page({ label, id, onBack, children }: PageProps): JSX.Element {
  const back = useRef<HTMLButtonElement>(null);
  // Before it is painted: a key that is pressed at once is meant for it.
  useLayoutEffect(() => {
    window.scrollTo(0, 0);
    back.current?.focus();
  }, [id]);
  useLayoutEffect(() => {
    const leave = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onBack();
    };
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, [onBack]);
  return (
    <main class="page picture" aria-label={label}>
      <div class="card-head">
        <button ref={back} type="button" class="link" onClick={onBack}>
          <Icon name="arrow-left" /> {t('Back')}
        </button>
      </div>
      {children}
    </main>
  );
}
