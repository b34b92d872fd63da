import type { DroppedRecipe } from '../told';
import { t } from '@vscode/l10n';
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../host';
import { valuesText } from './fieldWords';
import { IconButton } from '../iconButton';

/** A recipe stands at the beginning of an image. */
const READ_BYTES = 1024 * 1024;

/** Takes images and sidecar files, from VS Code's explorer or from the system, to read their recipes. */
export function DropTarget({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const [isOver, setOver] = useState(false);
  const takes = (event: DragEvent): boolean => {
    const types = event.dataTransfer?.types ?? [];
    // One of our own images is on its way out.
    return (
      !types.includes('application/vnd.pictor.pictures') && (types.includes('Files') || types.includes('text/uri-list'))
    );
  };
  const drop = async (data: DataTransfer): Promise<void> => {
    const [file] = data.files;
    const uri = data
      .getData('text/uri-list')
      .split(/\r?\n/)
      .find((line) => line && !line.startsWith('#'));
    if (file)
      post({
        type: 'dropped',
        name: file.name,
        size: file.size,
        bytes: new Uint8Array(await file.slice(0, READ_BYTES).arrayBuffer()),
      });
    else if (uri) post({ type: 'dropped', name: uri.split('/').at(-1) ?? uri, uri });
  };
  return (
    <div
      class={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        if (!takes(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget))
          setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!takes(event) || !event.dataTransfer) return;
        event.preventDefault();
        void drop(event.dataTransfer);
      }}
    >
      {children}
    </div>
  );
}

/** The recipe of a dropped file. */
export function RecipePanel({ name, recipe, onClose }: DroppedRecipe & { readonly onClose: () => void }): JSX.Element {
  return (
    <section class="card" role="status" aria-label={t('Recipe of {name}', { name })}>
      <div class="card-head">
        <strong>{t('Recipe of {name}', { name })}</strong>
        <IconButton icon="close" label={t('Close')} onClick={onClose} />
      </div>
      {recipe === undefined ? (
        <p>{t('There is no recipe of Pictor’s in it or beside it.')}</p>
      ) : (
        <>
          <p class="card-prompt">{recipe.prompt}</p>
          <p class="detail">
            {[
              recipe.service,
              recipe.model,
              valuesText(Object.entries(recipe.values).map(([value, label]) => ({ value, label: String(label) }))),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <div class="row">
            <button
              type="button"
              class="vscode-button"
              onClick={() => {
                post({ type: 'useRecipe', recipe });
                onClose();
              }}
            >
              {t('Use everything')}
            </button>
          </div>
        </>
      )}
    </section>
  );
}
